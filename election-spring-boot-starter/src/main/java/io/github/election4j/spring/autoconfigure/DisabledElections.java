package io.github.election4j.spring.autoconfigure;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** No session: what joins it takes part in nothing. */
class DisabledElections implements Elections {
    @Override
    public Election join(ElectionConfig config) {
        return new DisabledElection(config.name(), () -> config);
    }

    @Override
    public List<Election> elections() {
        return List.of();
    }

    @Override
    public Optional<Election> find(String name) {
        return Optional.empty();
    }

    @Override
    public SessionStatus session() {
        return new SessionStatus(SessionStatus.State.CLOSED, 0, Duration.ZERO, Duration.ZERO, DisabledElection.WHY);
    }

    @Override
    public CompletableFuture<Void> reconnect() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
