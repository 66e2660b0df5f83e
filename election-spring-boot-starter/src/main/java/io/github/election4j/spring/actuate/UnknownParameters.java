package io.github.election4j.spring.actuate;

import io.github.election4j.spring.actuate.ElectionDescriptors.Problem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Refuses operations of the {@link ElectionEndpoint} with parameters that it does not know. Actuator ignores them, and
 * so a misspelt {@code election} would have another one operated.
 *
 * @since 0.1.0
 */
public class UnknownParameters implements OperationInvokerAdvisor {
    private static final EndpointId ELECTION = EndpointId.of("election");

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        if (!ELECTION.equals(endpoint) || type != OperationType.WRITE) {
            return invoker;
        }
        List<String> known =
                parameters.stream().map(OperationParameter::getName).toList();
        return context -> {
            Set<String> unknown = unknown(context, known);
            return unknown.isEmpty() ? invoker.invoke(context) : refusal(unknown);
        };
    }

    private static Set<String> unknown(InvocationContext context, List<String> known) {
        Set<String> unknown = new TreeSet<>(context.getArguments().keySet());
        known.forEach(unknown::remove);
        return unknown;
    }

    private static WebEndpointResponse<OperationResponseBody> refusal(Set<String> unknown) {
        return Problem.response(
                WebEndpointResponse.STATUS_BAD_REQUEST,
                "Unknown parameters " + unknown
                        + ". Send a body of type application/json with the fields [election, id], or none.");
    }
}
