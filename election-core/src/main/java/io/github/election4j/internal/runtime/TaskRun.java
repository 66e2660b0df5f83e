package io.github.election4j.internal.runtime;

import io.github.election4j.LeaderTask;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a task, for one term, on a thread of its own. */
final class TaskRun {
    private static final Logger log = LoggerFactory.getLogger(TaskRun.class);

    private final String election;
    private final Leadership term;
    private final LeaderTask task;
    private final Duration pause;
    private final Thread thread;
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private BiConsumer<TaskRun, @Nullable Throwable> ended = (run, failure) -> {};
    /** Touched by the thread of the task only. */
    private boolean worked;

    /** Waits for a while before it begins, if the one before it has failed. */
    TaskRun(String election, Leadership term, LeaderTask task, Duration pause) {
        this.election = election;
        this.term = term;
        this.task = task;
        this.pause = pause;
        this.thread = WorkThreads.create("election4j-work-" + election, this::run);
    }

    /** The consumer is told of the end, with what it failed with, if that was before it was interrupted. */
    void start(BiConsumer<TaskRun, @Nullable Throwable> whenEnded) {
        ended = whenEnded;
        thread.start();
    }

    /** Whether the task was run at all; the term may have ended before. To be asked by who is told of the end. */
    boolean worked() {
        return worked;
    }

    void interrupt() {
        told.countDown();
        thread.interrupt();
    }

    /** Not for itself, where it is the task that ends its term, and hears of it on its own thread. */
    void await() {
        if (thread.equals(Thread.currentThread())) {
            return;
        }
        try {
            over.await();
        } catch (InterruptedException noLonger) { // The pool of listeners is shut down.
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        ListenerPool.enterListener(); // What it closes must not wait for it.
        Throwable failure = null;
        try {
            if (!told.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                worked = true;
                term.call((Callable<@Nullable Void>) () -> {
                    task.run(term);
                    return null;
                });
            }
        } catch (Throwable thrown) {
            failure = judge(thrown);
        } finally {
            try {
                ended.accept(this, failure);
            } finally {
                over.countDown();
            }
        }
    }

    /** What a task throws because it was interrupted is no failure of it. */
    private @Nullable Throwable judge(Throwable thrown) {
        if (told.getCount() > 0) {
            return thrown;
        }
        if (!(thrown instanceof InterruptedException)) {
            log.warn("Election '{}': the task of the leader threw as its term ended", election, thrown);
        }
        return null;
    }
}
