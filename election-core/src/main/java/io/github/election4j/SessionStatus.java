package io.github.election4j;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The session as it was when asked: one lease, shared by all elections of a process (P1).
 *
 * @param state whether the lease can be renewed
 * @param leaseId the lease; 0 if there is none
 * @param grantedTtl what etcd granted, which may be more than was asked for; zero if there is no lease
 * @param validFor how long the lease lives if no renewal succeeds any more, by the monotonic clock of this process,
 *     counted from before the last successful renewal was sent; never negative. Informative: leadership does not rest
 *     on it
 * @param lastError the last failure since the session was last renewed, null if there is none
 * @since 0.1.0
 */
public record SessionStatus(
        State state,
        long leaseId,
        Duration grantedTtl,
        Duration validFor,
        @Nullable String lastError) {

    /** Whether the lease can be renewed. */
    public enum State {
        /** No lease has been granted yet. */
        CONNECTING,
        /** The lease is held, and its last renewal succeeded or is not overdue. */
        ACTIVE,
        /** Renewals or grants fail; retried for ever (L2). */
        DISCONNECTED,
        /** Closed for good. */
        CLOSED
    }
}
