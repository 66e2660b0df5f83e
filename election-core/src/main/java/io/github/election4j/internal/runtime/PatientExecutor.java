package io.github.election4j.internal.runtime;

import io.github.election4j.spi.SerialExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes every task, and runs it once the pool has a thread for it: what the pool refuses is offered again until it is
 * taken. A listener that was not called would hear nothing from then on (S3), and whoever waits for a future that was
 * not completed would wait for ever (L3).
 */
final class PatientExecutor implements Executor {
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int LARGEST_SHIFT = 3;

    private final Executor pool;
    private final SerialExecutor loop;
    private final Outcome outcome;
    private final Queue<Runnable> refused = new ConcurrentLinkedQueue<>();
    /** Whether somebody has seen to it that what was refused is offered again. */
    private final AtomicBoolean trying = new AtomicBoolean();
    /** In a row; touched by whoever has set {@link #trying}. */
    private int failures;

    PatientExecutor(Executor pool, SerialExecutor loop, Outcome outcome) {
        this.pool = pool;
        this.loop = loop;
        this.outcome = outcome;
    }

    /** Hears whether the pool has threads. */
    interface Outcome {
        /** It has none; returns whether the loop will hear of it, which it will not once it has ended. */
        boolean failed(String message, int attempt);

        /** It has again. */
        void recovered();
    }

    @Override
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (RuntimeException | Error noThread) {
            refused.add(task);
            if (trying.compareAndSet(false, true)) {
                tryLater(noThread);
            }
        }
    }

    private void tryLater(Throwable noThread) {
        long pause = SHORTEST_PAUSE_NANOS << Math.min(failures, LARGEST_SHIFT);
        failures++;
        loop.schedule(this::offerAgain, pause);
        // A loop that has ended takes no alarm, and does not say so; but then it takes no news either.
        if (!outcome.failed("no thread for listeners and futures: " + noThread, failures)) {
            handOver(SessionLoop::guarded); // Nobody else is left to do it.
        }
    }

    private void offerAgain() {
        try {
            handOver(this::offer);
        } catch (RuntimeException | Error noThread) {
            tryLater(noThread);
        }
    }

    private void offer(Runnable task) {
        try {
            pool.execute(task);
        } catch (RuntimeException | Error noThread) {
            refused.add(task);
            throw noThread;
        }
    }

    /** Until nothing is left, also of what is refused meanwhile by who has seen that somebody is trying. */
    private void handOver(Executor taker) {
        do {
            for (Runnable task = refused.poll(); task != null; task = refused.poll()) {
                taker.execute(task);
            }
            failures = 0;
            outcome.recovered();
            trying.set(false);
        } while (!refused.isEmpty() && trying.compareAndSet(false, true));
    }
}
