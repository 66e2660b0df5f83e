package io.github.election4j.etcd;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A term that believes in itself, as one does until it hears that its key is gone. */
record StaleLeadership(String key, long fencingToken) implements Leadership {
    @Override
    public Candidate leader() {
        return new Candidate("stale", "", key, fencingToken);
    }

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public Duration remaining() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void requireValid() {}

    @Override
    public void onEnd(Consumer<ChangeReason> hook) {}

    @Override
    public CompletableFuture<ChangeReason> lost() {
        return new CompletableFuture<>();
    }
}
