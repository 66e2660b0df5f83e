package io.github.election4j.embedded.internal.server;

import io.github.election4j.embedded.ServerClock;
import java.time.Duration;

/** The clock of the owner's thread, for everybody else. */
record OwnedClock(Owner owner) implements ServerClock {
    @Override
    public void freeze() {
        owner.run(() -> owner.clock().freeze());
    }

    @Override
    public void resume() {
        owner.run(() -> owner.clock().run());
    }

    @Override
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("A monotonic clock does not go back by " + step.negated());
        }
        owner.run(() -> owner.clock().advance(step.toNanos()));
    }
}
