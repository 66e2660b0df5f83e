package io.github.election4j.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;

/**
 * The operations of the {@link ElectionEndpoint} over JMX.
 *
 * @since 0.1.0
 */
@EndpointJmxExtension(endpoint = ElectionEndpoint.class)
public class ElectionEndpointJmxExtension {
    private final ElectionEndpoint endpoint;

    /**
     * Creates an extension.
     *
     * @param endpoint what answers
     */
    public ElectionEndpointJmxExtension(ElectionEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Operates an election.
     *
     * @param operation evict, cancel-evict, resign, transfer or clear
     * @param election the name of the election; needed where there are several
     * @param id whom it concerns: the candidate to clear or to hand over to, or to evict; null for this member
     * @param duration how long an eviction lasts; null until it is cancelled
     * @param reason why somebody is evicted
     * @return what it did
     */
    @WriteOperation
    public OperationResponseBody operate(
            String operation,
            @Nullable String election,
            @Nullable String id,
            @Nullable String duration,
            @Nullable String reason) {
        return endpoint.operate(operation, election, id, duration, reason, "");
    }
}
