package io.github.election4j.internal.machine;

import java.time.Duration;

/**
 * The lease of a session.
 *
 * @param id its id
 * @param timing its arithmetic
 */
public record HeldLease(long id, Timing timing) {
    /** {@return the time to live that was granted} */
    public Duration ttl() {
        return Duration.ofNanos(timing.leaseNanos());
    }
}
