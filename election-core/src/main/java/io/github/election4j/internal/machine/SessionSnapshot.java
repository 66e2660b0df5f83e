package io.github.election4j.internal.machine;

import io.github.election4j.SessionStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a session machine shows of itself.
 *
 * @param state whether the lease can be renewed
 * @param lease the lease, null if there is none
 * @param renewedAt when the last successful renewal was sent, in nanoseconds
 * @param lastError the last failure since the session was last renewed
 */
public record SessionSnapshot(
        SessionStatus.State state,
        @Nullable HeldLease lease,
        long renewedAt,
        @Nullable String lastError) {
    /**
     * {@return the session at a moment}
     *
     * @param now the time in nanoseconds
     */
    public SessionStatus at(long now) {
        if (lease == null) {
            return new SessionStatus(state, 0, Duration.ZERO, Duration.ZERO, lastError);
        }
        long left = renewedAt + lease.ttl().toNanos() - now;
        return new SessionStatus(state, lease.id(), lease.ttl(), Duration.ofNanos(Math.max(0, left)), lastError);
    }
}
