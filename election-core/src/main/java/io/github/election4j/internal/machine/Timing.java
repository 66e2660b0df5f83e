package io.github.election4j.internal.machine;

import java.time.Duration;

/**
 * The arithmetic of safety, in nanoseconds, from the granted lease {@code L} and, where it is set, how soon a silent
 * leader is to be replaced.
 *
 * @param leaseNanos the time to live that etcd granted
 * @param failOverNanos how soon a silent leader is replaced; 0: as the lease suggests
 */
public record Timing(long leaseNanos, long failOverNanos) {
    /** The bound ρ: two clocks that both should advance by one second differ by at most this part of it. */
    private static final double CLOCK_DRIFT = 0.05;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SHORTEST_OUTAGE_NANOS = Duration.ofSeconds(15).toNanos();

    /**
     * {@return the timing of a lease alone}
     *
     * @param ttl its granted time to live
     */
    public static Timing of(Duration ttl) {
        return new Timing(ttl.toNanos(), 0);
    }

    /**
     * {@return the same with another lease}
     *
     * @param ttl its granted time to live
     */
    public Timing withLease(Duration ttl) {
        return new Timing(ttl.toNanos(), failOverNanos);
    }

    /** {@return D: how long after sending its last committed beat a leader may believe that it leads} */
    public long validityNanos() {
        return validityMillis() * NANOS_PER_MILLI;
    }

    /** {@return D in whole milliseconds, as it is told to the other members} */
    public long validityMillis() {
        long byLease = leaseNanos / NANOS_PER_MILLI * 8 / 10;
        long chosen = (long) (failOverNanos / (NANOS_PER_MILLI * (1 + 2 * CLOCK_DRIFT)));
        return failOverNanos == 0 ? byLease : Math.min(byLease, chosen);
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

    /** {@return milliseconds in nanoseconds} */
    static long millis(long millis) {
        return millis * NANOS_PER_MILLI;
    }

    /** {@return the longest time between two renewals} */
    public long periodNanos() {
        return leaseNanos / 3;
    }

    /**
     * {@return the time to the next renewal, jittered so that members do not act in step}
     *
     * @param random uniform in [0, 1)
     */
    long periodNanos(double random) {
        return (long) (periodNanos() * (0.9 + 0.1 * random));
    }

    /** {@return whether beats go out more often than renewals} */
    boolean beatsApart() {
        return failOverNanos != 0;
    }

    /**
     * {@return the time to the next beat where beats go out more often than renewals}
     *
     * @param random uniform in [0, 1)
     */
    long beatNanos(double random) {
        return (long) (validityNanos() / 4.0 * (0.9 + 0.1 * random));
    }

    /** {@return the deadline of a renewal: two fit into a period} */
    public long attemptNanos() {
        return leaseNanos / 6;
    }

    /** {@return the deadline of a beat: several fit into the validity} */
    public long beatAttemptNanos() {
        return Math.min(attemptNanos(), validityNanos() / 4);
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

    /** {@return the later of two moments, which may have overflowed} */
    static long later(long one, long other) {
        return reached(other, one) ? one : other;
    }
}
