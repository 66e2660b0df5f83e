package io.github.election4j.internal.runtime;

import io.github.election4j.spi.SerialExecutor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that owns a session and its elections. */
final class LoopThread implements SerialExecutor {
    private final ScheduledThreadPoolExecutor executor;

    LoopThread() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "election4j-loop");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(true); // L3: pending commands have a limit
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public Runnable schedule(Runnable task, long delayNanos) {
        try {
            Future<?> scheduled = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException ended) {
            return () -> {}; // Nobody waits for an alarm of a session that has ended.
        }
    }

    @Override
    public void shutdown() {
        executor.shutdown();
    }
}
