package io.github.election4j.spring.work;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.Leadership;
import io.github.election4j.LeadershipListener;
import io.github.election4j.spring.EssentialListener;
import io.github.election4j.spring.ManagedElection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lifecycle beans of one election that run while this member leads. All are stopped when the listener of the
 * revocation returns, for which an ordered step-down waits (S4). Any thread.
 */
final class LeaderOnlyGroup implements LeadershipListener, EssentialListener {
    private static final Logger log = LoggerFactory.getLogger(LeaderOnlyGroup.class);
    /** That of an election whose settings are unknown: the default. */
    private static final Duration STEP_DOWN_TIMEOUT = Duration.ofSeconds(5);

    private final Election election;
    /** In the order in which they start. Those of one list stop at the same time. */
    private final List<List<LeaderOnlyBean>> phases;
    /** Of two threads, one that starts beans and one that stops them, the second waits. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile boolean open;

    LeaderOnlyGroup(Election election, List<List<LeaderOnlyBean>> phases) {
        this.election = election;
        this.phases = phases;
    }

    /** From now on its beans run while this member leads; at once if it does. */
    void open() {
        lock.lock();
        try {
            open = true;
            election.addListener(this);
        } finally {
            lock.unlock();
        }
    }

    /** Stops its beans, and starts none from now on. */
    void close() {
        open = false;
        lock.lock();
        try {
            stopAll();
            if (!open) {
                election.removeListener(this); // Not earlier: a step-down that is under way waits for it.
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onGranted(LeaderChanged change) {
        lock.lock();
        try {
            startAll(Objects.requireNonNull(change.fencingToken()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onRevoked(LeaderChanged change) {
        lock.lock();
        try {
            stopAll();
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing once the term is over: what has begun is stopped by whoever hears of that next. */
    private void startAll(long token) {
        for (List<LeaderOnlyBean> phase : phases) {
            for (LeaderOnlyBean bean : phase) {
                Leadership term = term(token).filter(each -> open).orElse(null);
                if (term == null) {
                    return;
                }
                start(bean, term);
            }
        }
    }

    /** A leader without its work would keep everybody else from doing it. */
    private void start(LeaderOnlyBean bean, Leadership term) {
        try {
            bean.start(term);
        } catch (Exception | Error failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            stopAll();
            if (!(election instanceof ManagedElection) && term.isValid()) {
                var unused = election.resign();
            }
            throw new IllegalStateException(
                    "Bean '" + bean.name() + "', which is for the leader of election '" + election.name()
                            + "' only, failed to start",
                    failure);
        }
    }

    private Optional<Leadership> term(long token) {
        return election.leadership().filter(term -> term.fencingToken() == token && term.isValid());
    }

    /** In reverse order, each phase when the one before has stopped, as long as the step-down waits. */
    private void stopAll() {
        long deadline = System.nanoTime() + stepDownTimeout().toNanos();
        for (int i = phases.size() - 1; i >= 0; i--) {
            List<LeaderOnlyBean> phase = phases.get(i);
            CompletableFuture<?>[] stopped =
                    phase.stream().map(LeaderOnlyBean::stop).toArray(CompletableFuture<?>[]::new);
            if (!await(CompletableFuture.allOf(stopped), deadline)) {
                log.warn(
                        "Election '{}': of {}, which are for the leader only, not all have stopped within the step-down"
                                + " timeout: work may overlap with the successor's",
                        election.name(),
                        phase.stream().map(LeaderOnlyBean::name).toList());
            }
        }
    }

    private Duration stepDownTimeout() {
        return election instanceof ManagedElection managed ? managed.config().stepDownTimeout() : STEP_DOWN_TIMEOUT;
    }

    private static boolean await(CompletableFuture<Void> stopped, long deadline) {
        try {
            stopped.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) { // A stop that failed is done.
            throw new IllegalStateException(impossible);
        } catch (InterruptedException noLonger) { // The pool of listeners is shut down.
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
