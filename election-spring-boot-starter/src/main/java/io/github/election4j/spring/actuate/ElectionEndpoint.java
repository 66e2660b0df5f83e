package io.github.election4j.spring.actuate;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.OperationOutcome;
import io.github.election4j.spring.actuate.ElectionDescriptors.All;
import io.github.election4j.spring.actuate.ElectionDescriptors.One;
import io.github.election4j.spring.actuate.ElectionDescriptors.Outcome;
import io.github.election4j.spring.actuate.ElectionDescriptors.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
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
    private static final List<String> OPERATIONS = List.of("evict", "cancel-evict", "resign", "clear");
    private static final int CONFLICT = 409;
    private static final int GATEWAY_TIMEOUT = 504;

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
     * @param operation evict, cancel-evict, resign or clear
     * @param election the name of the election; needed where there are several
     * @param id the candidate to clear
     * @return what it did
     */
    public OperationResponseBody operate(String operation, @Nullable String election, @Nullable String id) {
        if (election == null && elections.size() > 1) {
            throw bad("Name the election: {\"election\":\"...\"}. There are " + elections.keySet() + ".");
        }
        String name = election == null ? elections.keySet().iterator().next() : election;
        Election target = elections.get(name);
        if (target == null) {
            throw bad(unknownElection(name));
        }
        if (!OPERATIONS.contains(operation)) {
            throw bad("Unknown operation '" + operation + "'. There are " + OPERATIONS + ".");
        }
        if ("clear".equals(operation) && (id == null || id.isBlank())) {
            throw bad("To clear, name the dead candidate: {\"id\":\"...\"}. Candidates of election '" + target.name()
                    + "': " + ids(target) + ".");
        }
        return perform(operation, target, String.valueOf(id));
    }

    private static OperationResponseBody perform(String operation, Election target, String id) {
        try {
            // Every future of an election completes in time, so this wait is bounded.
            OperationOutcome outcome = start(operation, target, id).get();
            return new Outcome(target.name(), operation, outcome.name(), Successor.await(target));
        } catch (ExecutionException failed) {
            throw failed(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedException(GATEWAY_TIMEOUT, "Interrupted; the operation goes on");
        }
    }

    private static CompletableFuture<OperationOutcome> start(String operation, Election target, String id) {
        return switch (operation) {
            case "evict" -> target.evict();
            case "cancel-evict" -> target.cancelEvict();
            case "resign" -> target.resign();
            default -> target.clear(id);
        };
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

    private static List<String> ids(Election election) {
        return election.candidates().stream().map(Candidate::id).toList();
    }
}
