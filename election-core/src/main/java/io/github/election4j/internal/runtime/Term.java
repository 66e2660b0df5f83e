package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import io.github.election4j.spi.Ticker;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * P9: one term, as every thread sees it. The loop extends and ends it; whoever asks looks at the clock himself, so a
 * process that was paused answers false in its first call, whatever its loop has not done yet.
 */
final class Term implements Leadership {
    private static final Logger log = LoggerFactory.getLogger(Term.class);

    private static final AtomicReferenceFieldUpdater<Term, Validity> VALIDITY =
            AtomicReferenceFieldUpdater.newUpdater(Term.class, Validity.class, "validity");

    private final String election;
    private final Candidate leader;
    private final Ticker ticker;
    private final CompletableFuture<ChangeReason> lost = new CompletableFuture<>();
    /** Guarded by itself. */
    private final List<Consumer<ChangeReason>> hooks = new ArrayList<>();

    private volatile Validity validity;

    /** Known by its identity; nothing replaces the last one. */
    private static final class Validity {
        private static final Validity OVER = new Validity(0);

        private final long untilNanos;

        private Validity(long untilNanos) {
            this.untilNanos = untilNanos;
        }
    }

    Term(String election, Candidate leader, long validUntilNanos, Ticker ticker) {
        this.election = election;
        this.leader = leader;
        this.validity = new Validity(validUntilNanos);
        this.ticker = ticker;
    }

    /** Called by the loop only; returns false if the term was found to be over meanwhile. */
    boolean extend(long newValidUntilNanos) {
        Validity last = validity;
        return last != Validity.OVER && VALIDITY.compareAndSet(this, last, new Validity(newValidUntilNanos));
    }

    /**
     * Called by the loop only. No true answer follows, since every one is checked after its clock was read.
     *
     * @return completes when every hook has returned
     */
    CompletableFuture<Void> end(ChangeReason reason, Executor pool) {
        validity = Validity.OVER;
        pool.execute(() -> lost.complete(reason));
        synchronized (hooks) {
            return CompletableFuture.allOf(
                    hooks.stream().map(hook -> start(hook, reason, pool)).toArray(CompletableFuture[]::new));
        }
    }

    private CompletableFuture<Void> start(Consumer<ChangeReason> hook, ChangeReason reason, Executor pool) {
        CompletableFuture<Void> returned = new CompletableFuture<>();
        pool.execute(() -> {
            ListenerPool.enterListener();
            try {
                call(() -> {
                    hook.accept(reason);
                    return reason;
                });
            } catch (Throwable thrown) {
                log.error("Election '{}': a hook failed at the end of term {}", election, fencingToken(), thrown);
            } finally {
                ListenerPool.leaveListener();
                returned.complete(null);
            }
        });
        return returned;
    }

    /** The lock keeps a hook from being added between the end of the validity and the look at the hooks. */
    @Override
    public void onEnd(Consumer<ChangeReason> hook) {
        Objects.requireNonNull(hook, "hook");
        synchronized (hooks) {
            requireValid();
            hooks.add(hook);
        }
    }

    @Override
    public boolean isValid() {
        return present() != Validity.OVER;
    }

    private Validity present() {
        while (true) {
            Validity seen = validity;
            if (seen == Validity.OVER) {
                return seen;
            }
            long now = ticker.nanos();
            // The second look must come after the clock was read, or a thread that is descheduled in between answers
            // for a moment in which somebody else leads. Reading the clock orders nothing for the compiler; the
            // processor may reorder a few instructions, but not across the interrupt that deschedules a thread.
            VarHandle.acquireFence();
            if (now - seen.untilNanos < 0) {
                return validity == Validity.OVER ? Validity.OVER : seen;
            }
            // Whoever finds it lapsed ends it: a heartbeat that the loop takes in late must not revive it.
            if (VALIDITY.compareAndSet(this, seen, Validity.OVER)) {
                return Validity.OVER;
            }
        }
    }

    @Override
    public Candidate leader() {
        return leader;
    }

    @Override
    public long fencingToken() {
        return leader.fencingToken();
    }

    @Override
    public Duration remaining() {
        Validity present = present();
        Duration left = Duration.ofNanos(Math.max(0, present.untilNanos - ticker.nanos()));
        return validity == Validity.OVER ? Duration.ZERO : left;
    }

    @Override
    public void requireValid() {
        if (!isValid()) {
            throw new ElectionException(
                    ElectionException.Kind.NOT_LEADER,
                    "Election '" + election + "': term " + fencingToken() + " of '" + leader.id()
                            + "' is over; stop the work that belongs to it",
                    null);
        }
    }

    @Override
    public CompletableFuture<ChangeReason> lost() {
        return lost.copy();
    }

    /** The term that lasts, if any. */
    static boolean lasts(@Nullable Term term) {
        return term != null && term.isValid();
    }
}
