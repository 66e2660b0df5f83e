package io.github.election4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One term of this member: valid from its grant until it is lost, and never again after that. All methods are callable
 * from any thread and never block.
 *
 * @since 0.1.0
 */
public interface Leadership {
    /** {@return the leader of this term, which is this member} */
    Candidate leader();

    /** {@return the fencing token of this term: the create revision of the leader's key; unique and rising (S2)} */
    long fencingToken();

    /**
     * Tells whether this term lasts, by the monotonic clock of this process at the instant of the call.
     *
     * @return true while it lasts; a true answer may be stale by the time the caller acts on it
     */
    boolean isValid();

    /** {@return how long this term lasts if no further heartbeat is committed; zero once it is lost} */
    Duration remaining();

    /**
     * Fails unless this term lasts.
     *
     * @throws ElectionException of kind NOT_LEADER once the term is lost
     */
    void requireValid();

    /**
     * {@return a future that completes with the reason when this term has ended} It completes on a thread of the
     * listener pool, after {@link #isValid()} has become false. Completing or cancelling it has no effect on the term.
     */
    CompletableFuture<ChangeReason> lost();
}
