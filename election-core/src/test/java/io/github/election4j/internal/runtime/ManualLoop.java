package io.github.election4j.internal.runtime;

import io.github.election4j.spi.SerialExecutor;
import io.github.election4j.spi.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A loop whose tasks run, and whose time passes, when a test says so. The clock overflows soon after the start. */
final class ManualLoop implements SerialExecutor, Ticker {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Delayed> delayed = new ArrayList<>();
    private long now = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();
    private boolean ended;

    /** Known by its identity. */
    private static final class Delayed {
        private final long moment;
        private final Runnable task;

        private Delayed(long moment, Runnable task) {
            this.moment = moment;
            this.task = task;
        }
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        if (ended) {
            throw new RejectedExecutionException();
        }
        tasks.add(task);
    }

    @Override
    public Runnable schedule(Runnable task, long delayNanos) {
        Delayed each = new Delayed(now + Math.max(0, delayNanos), task);
        delayed.add(each);
        return () -> delayed.remove(each);
    }

    @Override
    public void shutdown() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** How many alarms are set. */
    int alarms() {
        return delayed.size();
    }

    /** Runs what waits; returns whether there was anything. */
    boolean run() {
        boolean any = !tasks.isEmpty();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return any;
    }

    /** What is to be done a moment later is done, and that moment passes; returns whether there was anything. */
    boolean runSoon() {
        Delayed next = next(now + 1);
        if (next != null) {
            fire(next);
        }
        return next != null;
    }

    /** Lets time pass in which nothing runs, as when the process is paused. */
    void skip(Duration time) {
        now += time.toNanos();
    }

    /** Lets time pass, to each alarm on the way, and settles whenever it stands still. */
    void pass(Duration time, Runnable settle) {
        long end = now + time.toNanos();
        settle.run();
        for (Delayed next = next(end); next != null; next = next(end)) {
            fire(next);
            settle.run();
        }
        now = end - now > 0 ? end : now;
    }

    private void fire(Delayed due) {
        delayed.remove(due);
        now = due.moment - now > 0 ? due.moment : now;
        due.task.run();
    }

    private @Nullable Delayed next(long end) {
        return delayed.stream()
                .filter(each -> each.moment - end <= 0)
                .min(Comparator.comparingLong(each -> each.moment - end))
                .orElse(null);
    }
}
