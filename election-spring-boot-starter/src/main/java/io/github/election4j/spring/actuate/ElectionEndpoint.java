package io.github.election4j.spring.actuate;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.OperationOutcome;
import io.github.election4j.spring.actuate.ElectionDescriptors.All;
import io.github.election4j.spring.actuate.ElectionDescriptors.One;
import io.github.election4j.spring.actuate.ElectionDescriptors.Outcome;
import io.github.election4j.spring.actuate.ElectionDescriptors.Problem;
import io.github.election4j.spring.actuate.ElectionDescriptors.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Actuator endpoint that shows elections and operates them. Reads are local and do not wait; writes are closed unless
 * {@code management.endpoint.election.access=unrestricted}, and answer when the operation has taken effect.
 *
 * @since 0.1.0
 */
@WebEndpoint(id = "election", defaultAccess = Access.READ_ONLY)
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
    public WebEndpointResponse<?> elections() {
        Map<String, One> described = new LinkedHashMap<>();
        elections.forEach((name, election) -> described.put(name, One.of(election)));
        return new WebEndpointResponse<>(new All(Session.of(session.session(), notice), described));
    }

    /**
     * {@return one election}
     *
     * @param name its name
     */
    @ReadOperation
    public WebEndpointResponse<?> election(@Selector String name) {
        Election found = elections.get(name);
        return found == null
                ? Problem.response(WebEndpointResponse.STATUS_NOT_FOUND, unknownElection(name))
                : new WebEndpointResponse<>(One.of(found));
    }

    /**
     * Operates the only election, by a request without a body.
     *
     * @param operation evict, cancel-evict or resign
     * @return what it did
     */
    @WriteOperation
    public WebEndpointResponse<?> operateDefault(@Selector String operation) {
        return operate(operation, null, null);
    }

    /**
     * Operates an election.
     *
     * @param operation evict, cancel-evict, resign or clear
     * @param election the name of the election; needed where there are several
     * @param id the candidate to clear
     * @return what it did
     */
    @WriteOperation
    public WebEndpointResponse<?> operate(@Selector String operation, @Nullable String election, @Nullable String id) {
        if (election == null && elections.size() > 1) {
            String message = "Name the election: {\"election\":\"...\"}. There are " + elections.keySet() + ".";
            return Problem.response(WebEndpointResponse.STATUS_BAD_REQUEST, message);
        }
        String name = election == null ? elections.keySet().iterator().next() : election;
        Election target = elections.get(name);
        if (target == null) {
            return Problem.response(WebEndpointResponse.STATUS_BAD_REQUEST, unknownElection(name));
        }
        if (!OPERATIONS.contains(operation)) {
            String message = "Unknown operation '" + operation + "'. There are " + OPERATIONS + ".";
            return Problem.response(WebEndpointResponse.STATUS_BAD_REQUEST, message);
        }
        if ("clear".equals(operation) && (id == null || id.isBlank())) {
            String message = "To clear, name the dead candidate: {\"id\":\"...\"}. Candidates of election '"
                    + target.name() + "': " + ids(target) + ".";
            return Problem.response(WebEndpointResponse.STATUS_BAD_REQUEST, message);
        }
        return perform(operation, target, String.valueOf(id));
    }

    private WebEndpointResponse<?> perform(String operation, Election target, String id) {
        try {
            // Every future of an election completes in time, so this wait is bounded.
            OperationOutcome outcome = start(operation, target, id).get();
            Candidate leader = Successor.await(target);
            return new WebEndpointResponse<>(new Outcome(target.name(), operation, outcome.name(), leader));
        } catch (ExecutionException failed) {
            return failed(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Problem.response(GATEWAY_TIMEOUT, "Interrupted; the operation goes on");
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

    private static WebEndpointResponse<?> failed(@Nullable Throwable cause) {
        String message = String.valueOf(cause == null ? null : cause.getMessage());
        boolean late = cause instanceof ElectionException failure
                && (failure.kind() == ElectionException.Kind.TIMEOUT || failure.kind() == ElectionException.Kind.STORE);
        return Problem.response(late ? GATEWAY_TIMEOUT : CONFLICT, message);
    }

    private String unknownElection(String name) {
        return "Unknown election '" + name + "'. There are " + elections.keySet() + ".";
    }

    private static List<String> ids(Election election) {
        return election.candidates().stream().map(Candidate::id).toList();
    }
}
