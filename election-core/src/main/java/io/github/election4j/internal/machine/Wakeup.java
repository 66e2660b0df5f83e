package io.github.election4j.internal.machine;

import java.util.OptionalLong;

/** Collects the earliest of several moments. What is past has been looked at already, and wakes nobody. */
final class Wakeup {
    private final long now;
    private long delay = Long.MAX_VALUE;

    Wakeup(long now) {
        this.now = now;
    }

    void at(long moment) {
        if (!Timing.reached(moment, now)) {
            delay = Math.min(delay, moment - now);
        }
    }

    /** Whether a request could go out now. */
    boolean ready(Retry retry) {
        return retry.ready(now);
    }

    /** As soon as whoever keeps the time comes to it. */
    void soon() {
        delay = Math.min(delay, 1);
    }

    /** The earliest moment, empty if there is none. */
    OptionalLong earliest() {
        return delay == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(now + delay);
    }
}
