package io.github.election4j.spring.actuate;

import io.github.election4j.spring.actuate.ElectionDescriptors.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Refuses operations of the {@link ElectionEndpoint} with parameters that it does not know. Actuator ignores them, and
 * so a misspelt {@code election} would have another one operated; and it lets them override parts of the path, and so
 * {@code operation} would have another thing done than the path says. What a body calls {@code for} is given to the
 * parameter {@code duration}: no parameter can have that name.
 *
 * @since 0.1.0
 */
public class UnknownParameters implements OperationInvokerAdvisor {
    private static final EndpointId ELECTION = EndpointId.of("election");
    private static final String FOR = "for";
    private static final String DURATION = "duration";

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        if (!ELECTION.equals(endpoint) || type != OperationType.WRITE) {
            return invoker;
        }
        boolean overWeb =
                parameters.stream().anyMatch(parameter -> parameter.getType().isArray());
        return context -> {
            Set<String> unknown = unknown(context, parameters, overWeb);
            return unknown.isEmpty() ? invoker.invoke(overWeb ? withDuration(context) : context) : refusal(unknown);
        };
    }

    private static InvocationContext withDuration(InvocationContext context) {
        Map<String, Object> arguments = new HashMap<>(context.getArguments());
        Object duration = arguments.remove(FOR);
        if (duration != null) {
            arguments.put(DURATION, duration);
        }
        SecurityContext caller = context.resolveArgument(SecurityContext.class);
        return new InvocationContext(caller == null ? SecurityContext.NONE : caller, arguments);
    }

    private static Set<String> unknown(InvocationContext context, OperationParameters parameters, boolean overWeb) {
        Set<String> unknown = new TreeSet<>(context.getArguments().keySet());
        parameters.stream()
                .filter(parameter -> isKnown(parameter, context))
                .map(parameter -> overWeb && parameter.getName().equals(DURATION) ? FOR : parameter.getName())
                .forEach(unknown::remove);
        return unknown;
    }

    /**
     * Only the path makes arrays. What is sent under the name of its part has taken its place, and is a string or list.
     */
    private static boolean isKnown(OperationParameter parameter, InvocationContext context) {
        return parameter.getType().isArray()
                ? context.getArguments().get(parameter.getName()) instanceof String[]
                : parameter.getType() != SecurityContext.class;
    }

    private static WebEndpointResponse<OperationResponseBody> refusal(Set<String> unknown) {
        return Problem.response(
                WebEndpointResponse.STATUS_BAD_REQUEST,
                "Unknown parameters " + unknown + ". Send a body of type application/json with the fields"
                        + " [election, id, for, reason], or none.");
    }
}
