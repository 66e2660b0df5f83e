package io.github.election4j.internal.runtime;

import io.github.election4j.Leadership;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call that belongs to a term, from its beginning until its {@link #end()}. Any thread. */
public final class LeaderCall {
    /** Of the calls that a thread is within, the last that it has begun. */
    private static final ThreadLocal<@Nullable LeaderCall> INNERMOST = new ThreadLocal<>();

    private final Leadership term;
    private final Consumer<LeaderCall> whenEnded;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    /** These five are guarded by the lock. */
    private boolean lost;

    private boolean endsItsTerm;

    private boolean interrupted;
    private @Nullable Thread toInterrupt;
    private @Nullable Runnable onLoss;

    /** Touched by the thread that is within the call only. */
    private @Nullable LeaderCall outer;

    LeaderCall(Leadership term, Consumer<LeaderCall> whenEnded) {
        this.term = term;
        this.whenEnded = whenEnded;
    }

    /** {@return the term that it belongs to} */
    public Leadership term() {
        return term;
    }

    /**
     * Does some work of this call, with its term as the current one.
     *
     * @param interruptOnLoss whether to interrupt the thread when the term ends; it leaves with its flag as it was
     * @param work the work
     * @param <T> what comes of it
     * @return what the work returns
     * @throws Exception what the work throws
     */
    public <T extends @Nullable Object> T run(boolean interruptOnLoss, Callable<T> work) throws Exception {
        outer = INNERMOST.get();
        INNERMOST.set(this);
        if (interruptOnLoss) {
            beginInterruptible();
        }
        try {
            return term.call(work);
        } finally {
            if (interruptOnLoss) {
                endInterruptible();
            }
            leave();
        }
    }

    /**
     * Sets what to do when the term ends, at once if it has ended.
     *
     * @param action called once, on any thread
     */
    public void onLoss(Runnable action) {
        lock.lock();
        try {
            onLoss = action;
            if (!lost) {
                return;
            }
        } finally {
            lock.unlock();
        }
        action.run();
    }

    /** It is not in flight any more. Idempotent. */
    public void end() {
        whenEnded.accept(this);
        over.countDown();
    }

    /**
     * Whoever ends his own term from within a call is not waited for: he may wait for the end himself.
     *
     * @param term the term that the calling thread is about to end; null for none
     * @return takes it back, where the term goes on after all; on any thread
     */
    public static Runnable callerEnds(@Nullable Leadership term) {
        List<LeaderCall> ending = new ArrayList<>();
        for (LeaderCall call = INNERMOST.get(); call != null; call = call.outer) {
            if (call.term.equals(term)) {
                call.endsItsTerm(true);
                ending.add(call);
            }
        }
        return () -> ending.forEach(call -> call.endsItsTerm(false));
    }

    private void endsItsTerm(boolean does) {
        boolean late;
        lock.lock();
        try {
            endsItsTerm = does;
            late = does && lost;
        } finally {
            lock.unlock();
        }
        if (late) {
            end();
        }
    }

    void lose() {
        Runnable action;
        lock.lock();
        try {
            action = endsItsTerm ? this::end : lost();
        } finally {
            lock.unlock();
        }
        action.run();
    }

    /** Under the lock. */
    private Runnable lost() {
        lost = true;
        if (toInterrupt != null) {
            interrupted = true;
            toInterrupt.interrupt();
        }
        Runnable action = onLoss;
        return action == null ? () -> {} : action;
    }

    void awaitEnd() throws InterruptedException {
        over.await();
    }

    private void beginInterruptible() {
        lock.lock();
        try {
            toInterrupt = Thread.currentThread();
            if (lost) {
                interrupted = true;
                toInterrupt.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The thread may go back to a pool, whose next work must not find its flag set. */
    private void endInterruptible() {
        lock.lock();
        try {
            toInterrupt = null;
            if (interrupted && !interruptedOutside()) {
                boolean unused = Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean interruptedOutside() {
        for (LeaderCall call = outer; call != null; call = call.outer) {
            call.lock.lock();
            try {
                if (call.interrupted) {
                    return true;
                }
            } finally {
                call.lock.unlock();
            }
        }
        return false;
    }

    private void leave() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }
}
