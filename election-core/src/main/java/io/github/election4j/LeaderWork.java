package io.github.election4j;

import java.util.concurrent.CompletableFuture;

/**
 * A {@linkplain Election#whileLeading task} that is run for each term. Any thread.
 *
 * @since 0.1.0
 */
public interface LeaderWork extends AutoCloseable {
    /** {@return whether the task is running at this moment} */
    boolean isRunning();

    /**
     * Ends it: interrupts the task if it is running, and runs it for no further term. The member stays in the election,
     * and if it leads, it leads on. Returns at once; a step-down still waits for the task. Idempotent.
     */
    @Override
    void close();

    /**
     * {@return a future that completes once this was closed and the task has returned} It completes on the thread of
     * the task, or of whoever closes. Completing or cancelling it has no effect.
     */
    CompletableFuture<Void> closed();
}
