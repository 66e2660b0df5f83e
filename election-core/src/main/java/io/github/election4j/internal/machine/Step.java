package io.github.election4j.internal.machine;

import io.github.election4j.spi.Txn;
import java.util.ArrayList;
import java.util.List;

/** One step of a machine: when it happens, and what it wants done. */
final class Step {
    private final long now;
    private final double random;
    private final List<Effect> effects = new ArrayList<>();

    Step(long now, double random) {
        this.now = now;
        this.random = random;
    }

    long now() {
        return now;
    }

    double random() {
        return random;
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    void commit(Tag.Purpose purpose, Retry retry, Txn txn, long timeoutNanos) {
        emit(new Effect.Commit(new Tag(purpose, retry.begin()), txn, timeoutNanos));
    }

    /** Records a failure, to be retried and told of. */
    void failed(Tag.Purpose purpose, Retry retry, String message) {
        retry.failed(now, random);
        emit(new Effect.Report(purpose.operation(), message, retry.failures()));
    }

    /** Records an answer, and tells of it like a success; whether it ends a series of failures is yet to be seen. */
    void answered(Tag.Purpose purpose, Retry retry) {
        if (retry.failures() > 0) {
            emit(new Effect.Recovered(purpose.operation()));
        }
        retry.answered();
    }

    /** Records a success, and tells of it if it ends a series of failures. */
    void succeeded(Tag.Purpose purpose, Retry retry) {
        if (retry.failures() > 0) {
            emit(new Effect.Recovered(purpose.operation()));
        }
        retry.succeeded();
    }

    /** Forgets a request that has lost its purpose, and with it that it failed: it will never succeed. */
    void dropped(Tag.Purpose purpose, Retry retry) {
        if (retry.failures() > 0) {
            emit(new Effect.Recovered(purpose.operation()));
        }
        retry.reset();
    }

    List<Effect> effects() {
        return effects;
    }
}
