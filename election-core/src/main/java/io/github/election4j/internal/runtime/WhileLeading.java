package io.github.election4j.internal.runtime;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import io.github.election4j.LeadershipListener;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task for each term. It is a listener of the election, since a step-down waits for those (S4): it returns from
 * a revocation when the task has. The lock guards which run there is, which whoever closes asks for too.
 */
public final class WhileLeading implements LeadershipListener, LeaderWork {
    private static final Logger log = LoggerFactory.getLogger(WhileLeading.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int LARGEST_SHIFT = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Election election;
    private final LeaderTask task;
    private final Outcome outcome;
    private final Duration firstPause;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private @Nullable TaskRun run;
    private boolean closing;
    private int failures;

    private WhileLeading(Election election, LeaderTask task, Outcome outcome, Duration firstPause) {
        this.election = election;
        this.task = Objects.requireNonNull(task, "task");
        this.outcome = outcome;
        this.firstPause = firstPause;
    }

    /** Hears whether the task does its work. Any thread. */
    public interface Outcome {
        /**
         * It threw.
         *
         * @param message what
         * @param attempt which failure in a row this is
         */
        void failed(String message, int attempt);

        /** It did its work after it had failed. */
        void recovered();
    }

    /**
     * Begins.
     *
     * @param election whose terms
     * @param task run for each
     * @param outcome hears of it
     * @return ends it
     */
    public static LeaderWork begin(Election election, LeaderTask task, Outcome outcome) {
        return begin(election, task, outcome, FIRST_PAUSE);
    }

    /** The same, with a pause after the first failure. */
    static LeaderWork begin(Election election, LeaderTask task, Outcome outcome, Duration firstPause) {
        WhileLeading work = new WhileLeading(election, task, outcome, firstPause);
        election.addListener(work);
        return work;
    }

    @Override
    public void onGranted(LeaderChanged change) {
        election.leadership()
                .filter(term -> Objects.equals(term.fencingToken(), change.fencingToken()))
                .ifPresent(term -> start(new TaskRun(election.name(), term, task, pause(failures, firstPause))));
    }

    @Override
    public void onRevoked(LeaderChanged change) {
        TaskRun ended = present();
        if (ended != null) {
            ended.interrupt();
            ended.await();
        }
    }

    @Override
    public boolean isRunning() {
        return present() != null;
    }

    @Override
    public void close() {
        TaskRun last;
        lock.lock();
        try {
            closing = true;
            last = run;
        } finally {
            lock.unlock();
        }
        if (last == null) {
            forget();
        } else {
            last.interrupt();
        }
    }

    @Override
    public CompletableFuture<Void> closed() {
        return closed.copy();
    }

    private void start(TaskRun next) {
        lock.lock();
        try {
            if (closing) {
                return;
            }
            run = next;
        } finally {
            lock.unlock();
        }
        try {
            next.start(this::ended);
        } catch (Error noThread) {
            ended(next, noThread);
            throw noThread;
        }
    }

    /** On the thread of the task, before whoever waits for it goes on. */
    private void ended(TaskRun over, @Nullable Throwable failure) {
        if (failure != null) {
            failed(failure);
        } else if (over.worked() && failures > 0) {
            failures = 0;
            outcome.recovered();
        }
        boolean last;
        lock.lock();
        try {
            run = null;
            last = closing;
        } finally {
            lock.unlock();
        }
        if (last) {
            forget();
        }
    }

    private void failed(Throwable failure) {
        failures++;
        log.error("Election '{}': the task of the leader failed; this member resigns", election.name(), failure);
        outcome.failed("the task of the leader failed: " + failure, failures);
        var unused = election.resign();
    }

    private void forget() {
        election.removeListener(this);
        closed.complete(null);
    }

    static Duration pause(int failures, Duration first) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration pause = first.multipliedBy(1L << Math.min(failures - 1, LARGEST_SHIFT));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private @Nullable TaskRun present() {
        lock.lock();
        try {
            return run;
        } finally {
            lock.unlock();
        }
    }
}
