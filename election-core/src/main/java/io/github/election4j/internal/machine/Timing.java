package io.github.election4j.internal.machine;

import java.time.Duration;

/**
 * The arithmetic of safety, in nanoseconds, from the granted lease {@code L}.
 *
 * @param leaseNanos the time to live that etcd granted
 */
public record Timing(long leaseNanos) {
    /** The bound ρ: two clocks that both should advance by one second differ by at most this part of it. */
    private static final double CLOCK_DRIFT = 0.05;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SHORTEST_OUTAGE_NANOS = Duration.ofSeconds(15).toNanos();

    /**
     * {@return the timing of a lease}
     *
     * @param ttl its granted time to live
     */
    public static Timing of(Duration ttl) {
        return new Timing(ttl.toNanos());
    }

    /** {@return D: how long after sending its last committed heartbeat a leader may believe that it leads} */
    public long validityNanos() {
        return validityMillis() * NANOS_PER_MILLI;
    }

    /** {@return D in whole milliseconds, as it is told to the other members} */
    public long validityMillis() {
        return leaseNanos / NANOS_PER_MILLI * 8 / 10;
    }

    /**
     * How long another member has to wait before a leader of the given validity has stopped by its own clock.
     *
     * @param validityMillis the validity that the other member told
     * @return {@code wait(D) = D(1+2ρ)}, rounded up
     */
    static long waitNanos(long validityMillis) {
        return (long) Math.ceil(validityMillis * NANOS_PER_MILLI * (1 + 2 * CLOCK_DRIFT));
    }

    /** {@return the longest time between two heartbeats and between two renewals} */
    public long periodNanos() {
        return leaseNanos / 3;
    }

    /**
     * {@return the time to the next heartbeat and renewal, jittered so that members do not beat in step}
     *
     * @param random uniform in [0, 1)
     */
    long periodNanos(double random) {
        return (long) (periodNanos() * (0.9 + 0.1 * random));
    }

    /** {@return the deadline of a renewal or a heartbeat: two fit into a period, several into the validity} */
    public long attemptNanos() {
        return leaseNanos / 6;
    }

    /** {@return P11: how long an outage lasts before the connections are replaced, and again for each later attempt} */
    public long outageNanos() {
        return Math.max(2 * leaseNanos, SHORTEST_OUTAGE_NANOS);
    }

    /**
     * Tells whether a moment has come; moments may have overflowed.
     *
     * @param moment the moment
     * @param now the time
     * @return whether it is not before the moment
     */
    static boolean reached(long moment, long now) {
        return now - moment >= 0;
    }
}
