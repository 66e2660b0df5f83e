package io.github.election4j.spring;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import java.time.Instant;
import java.util.List;

/** The status of an election that has not been joined: it knows of nobody. */
final class StatusWhileOut {
    private StatusWhileOut() {}

    static ElectionStatus of(
            String name, ElectionConfig config, ElectionState state, EvictionMemory eviction, Instant since) {
        return new ElectionStatus(
                name,
                config.key(),
                config.id(),
                config.address(),
                state,
                null,
                eviction.staysOut(config),
                List.of(),
                List.of(),
                null,
                since,
                null,
                List.of(),
                List.of());
    }
}
