package io.github.election4j.spring.actuate;

import io.github.election4j.Election;
import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.wire.ForeignText;
import io.github.election4j.spring.actuate.ElectionDescriptors.All;
import io.github.election4j.spring.actuate.ElectionDescriptors.Member;
import io.github.election4j.spring.actuate.ElectionDescriptors.One;
import io.github.election4j.spring.actuate.ElectionDescriptors.Outcome;
import io.github.election4j.spring.actuate.ElectionDescriptors.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Actuator endpoint that shows elections and operates them. Reads are local and do not wait; writes are closed unless
 * {@code management.endpoint.election.access=unrestricted}, and answer when the operation has taken effect. They block
 * the caller meanwhile, for as long as the step-down and request timeouts say.
 *
 * <p>What is refused throws an exception whose message says what there is. How an operation is called is said by
 * {@link ElectionEndpointWebExtension}, which makes statuses of refusals, and {@link ElectionEndpointJmxExtension}.
 *
 * @since 0.1.0
 */
@Endpoint(id = "election", defaultAccess = Access.READ_ONLY)
public class ElectionEndpoint {
    private static final Logger log = LoggerFactory.getLogger(ElectionEndpoint.class);
    private static final int CONFLICT = 409;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int LONGEST_LOGGED = 256;

    private final Elections session;
    private final @Nullable String notice;
    private final Map<String, Election> elections = new LinkedHashMap<>();

    /**
     * Creates an endpoint.
     *
     * @param session the session
     * @param elections the elections to show
     * @param notice what people should know of this etcd; null for nothing
     */
    public ElectionEndpoint(Elections session, List<Election> elections, @Nullable String notice) {
        this.session = session;
        this.notice = notice;
        elections.forEach(election -> this.elections.put(election.name(), election));
    }

    /** {@return the session and every election} */
    @ReadOperation
    public OperationResponseBody elections() {
        Map<String, One> described = new LinkedHashMap<>();
        elections.forEach((name, election) -> described.put(name, One.of(election)));
        return new All(Session.of(session.session(), notice), described);
    }

    /**
     * {@return one election}
     *
     * @param name its name
     */
    @ReadOperation
    public OperationResponseBody election(@Selector String name) {
        Election found = elections.get(name);
        if (found == null) {
            throw new RefusedException(WebEndpointResponse.STATUS_NOT_FOUND, unknownElection(name));
        }
        return One.of(found);
    }

    /**
     * Operates an election.
     *
     * @param operation evict, cancel-evict, resign, transfer or clear
     * @param election the name of the election; needed where there are several
     * @param id whom it concerns: the candidate to clear or to hand over to, or to evict; null for this member
     * @param duration how long an eviction lasts; null until it is cancelled
     * @param reason why; of an eviction that lasts it is kept, and of all it is logged
     * @param by who asks; empty if that is not known
     * @return what it did
     */
    public OperationResponseBody operate(
            String operation,
            @Nullable String election,
            @Nullable String id,
            @Nullable String duration,
            @Nullable String reason,
            String by) {
        if (election == null && elections.size() > 1) {
            throw bad("Name the election: {\"election\":\"...\"}. There are " + elections.keySet() + ".");
        }
        String name = election == null ? elections.keySet().iterator().next() : election;
        Election target = elections.get(name);
        if (target == null) {
            throw bad(unknownElection(name));
        }
        return perform(Operation.of(operation), target, new Operation.Details(id, duration, reason, by));
    }

    private static OperationResponseBody perform(Operation operation, Election target, Operation.Details details) {
        try {
            log.info(
                    "Election '{}': {} {} asked by '{}', reason '{}'",
                    target.name(),
                    operation.path(),
                    legible(details.id() == null ? target.id() : details.id()),
                    legible(details.by()),
                    legible(details.reason() == null ? "" : details.reason()));
            // Every future of an election completes in time, so this wait is bounded.
            OperationOutcome outcome = operation.start(target, details).get();
            return new Outcome(target.name(), operation.path(), outcome.name(), Member.of(Successor.await(target)));
        } catch (ExecutionException failed) {
            throw failed(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedException(GATEWAY_TIMEOUT, "Interrupted; the operation goes on");
        }
    }

    private static String legible(String text) {
        return ForeignText.legible(text, LONGEST_LOGGED);
    }

    private static RefusedException failed(@Nullable Throwable cause) {
        String message = String.valueOf(cause == null ? null : cause.getMessage());
        boolean late = cause instanceof ElectionException failure
                && (failure.kind() == ElectionException.Kind.TIMEOUT || failure.kind() == ElectionException.Kind.STORE);
        return new RefusedException(late ? GATEWAY_TIMEOUT : CONFLICT, message);
    }

    private static RefusedException bad(String message) {
        return new RefusedException(WebEndpointResponse.STATUS_BAD_REQUEST, message);
    }

    private String unknownElection(String name) {
        return "Unknown election '" + name + "'. There are " + elections.keySet() + ".";
    }
}
