package io.github.election4j.embedded;

import java.time.Duration;

/**
 * The time of an embedded etcd, which leases live by; the members have clocks of their own. It runs with the machine's
 * until it is frozen. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ServerClock {
    /** Stops it: no lease ends any more. Harmless if it stands already. */
    void freeze();

    /** Lets it run on from where it stands. Harmless if it runs. */
    void resume();

    /**
     * Moves it forward, whether it runs or stands. Leases that end by that are gone, and their keys with them, when
     * this returns.
     *
     * @param step how far
     * @throws IllegalArgumentException if the step goes back
     */
    void advance(Duration step);
}
