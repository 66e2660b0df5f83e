package io.github.election4j.spring.actuate;

import io.github.election4j.spring.actuate.ElectionDescriptors.Problem;
import java.security.Principal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The {@link ElectionEndpoint} over the web: what is refused is answered with its status, and a {@code POST} needs no
 * body. Its operations block, and so WebFlux keeps them off its event loop.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = ElectionEndpoint.class)
public class ElectionEndpointWebExtension {
    private final ElectionEndpoint endpoint;
    private final ElectionPage page;

    /**
     * Creates an extension.
     *
     * @param endpoint what answers
     * @param access what the endpoint is open for; its page has buttons only where that is everything
     */
    public ElectionEndpointWebExtension(ElectionEndpoint endpoint, Access access) {
        this.endpoint = endpoint;
        this.page = new ElectionPage(access == Access.UNRESTRICTED);
    }

    /** {@return the session and every election} */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> elections() {
        return answer(endpoint::elections);
    }

    /**
     * {@return the page for operators, in HTML} Who accepts everything, or says nothing of it, gets
     * {@link #elections()}: of types that would do equally, Spring takes the one that comes first in the alphabet.
     */
    @ReadOperation(produces = "text/html")
    public byte[] page() {
        return page.content();
    }

    /**
     * {@return one election}
     *
     * @param name its name
     */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> election(@Selector String name) {
        return answer(() -> endpoint.election(name));
    }

    /**
     * Operates the only election, by a request without a body.
     *
     * @param operation what follows in the path: evict, cancel-evict or resign
     * @return what it did
     */
    @WriteOperation
    public WebEndpointResponse<OperationResponseBody> operateDefault(
            @Selector(match = Match.ALL_REMAINING) String[] operation) {
        return operate(operation, null, null, null, null, SecurityContext.NONE);
    }

    /**
     * Operates an election.
     *
     * @param operation what follows in the path: evict, cancel-evict, resign, transfer or clear
     * @param election the name of the election; needed where there are several
     * @param id whom it concerns: the candidate to clear or to hand over to, or to evict; null for this member
     * @param duration how long an eviction lasts, in a body {@code for}; null until it is cancelled
     * @param reason why somebody is evicted
     * @param caller who asks
     * @return what it did
     */
    @WriteOperation
    public WebEndpointResponse<OperationResponseBody> operate(
            @Selector(match = Match.ALL_REMAINING) String[] operation,
            @Nullable String election,
            @Nullable String id,
            @Nullable String duration,
            @Nullable String reason,
            SecurityContext caller) {
        Principal principal = caller.getPrincipal();
        String by = principal == null ? "" : principal.getName();
        return answer(() -> endpoint.operate(String.join("/", operation), election, id, duration, reason, by));
    }

    private static WebEndpointResponse<OperationResponseBody> answer(Supplier<OperationResponseBody> operation) {
        try {
            return new WebEndpointResponse<>(operation.get());
        } catch (RefusedException refused) {
            return Problem.response(refused.status(), String.valueOf(refused.getMessage()));
        }
    }
}
