package io.github.election4j.spi;

import java.util.concurrent.Executor;

/**
 * Runs tasks one at a time, in order, on the thread that owns the state of a session.
 *
 * @since 0.1.0
 */
public interface SerialExecutor extends Executor {
    /**
     * Runs a task once after a delay, unless cancelled.
     *
     * @param task what to run
     * @param delayNanos nanoseconds from now; zero or less means as soon as possible
     * @return cancels the task; harmless if it has run
     */
    Runnable schedule(Runnable task, long delayNanos);

    /** Takes no more tasks; those that it has, delayed ones included, still run, so that nobody waits for ever. */
    void shutdown();
}
