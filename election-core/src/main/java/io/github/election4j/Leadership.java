package io.github.election4j;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /**
     * Adds a hook that is called once when this term ends, on a thread of the listener pool, after {@link #isValid()}
     * has become false. The step-down waits for it as for a listener, up to the step-down timeout (S4); what it throws
     * is logged.
     *
     * @param hook called with the reason; may block and call any method of the election
     * @throws ElectionException of kind NOT_LEADER if the term is over already
     */
    void onEnd(Consumer<ChangeReason> hook);

    /**
     * Does some work as part of this term: meanwhile it is the {@linkplain #current() current} one for the calling
     * thread. Nothing waits for it, and nothing interrupts it.
     *
     * @param work the work
     * @param <T> what comes of it
     * @return what the work returns
     * @throws Exception what the work throws
     */
    default <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return TermScope.call(this, work);
    }

    /**
     * {@return the term that the calling thread does the work of} It may be over by now; {@link #requireValid()} fails
     * then.
     *
     * @throws IllegalStateException if the thread does no such work: not within {@link Election#whileLeading}, a hook
     *     of {@link #onEnd} or {@link #call}
     */
    static Leadership current() {
        return TermScope.current();
    }
}
