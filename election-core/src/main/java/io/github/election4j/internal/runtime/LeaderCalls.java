package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls in flight that only a leader may make. The step-down of a term waits for those that began in it (S4): its
 * hook is added before the first of them begins. Any thread.
 */
public final class LeaderCalls {
    private static final Logger log = LoggerFactory.getLogger(LeaderCalls.class);

    private final Supplier<Optional<Leadership>> terms;
    /** Guards the adding of hooks: one for a term. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable OfTerm present;

    /**
     * None are in flight.
     *
     * @param terms the term of this member at the moment, if it leads
     */
    public LeaderCalls(Supplier<Optional<Leadership>> terms) {
        this.terms = terms;
    }

    /**
     * Begins a call, if this member leads. A call is added first and looks at the term then: either it finds that the
     * term has ended, or the end finds the call.
     *
     * @return to be ended; null if this member does not lead
     */
    public @Nullable LeaderCall begin() {
        Leadership term = terms.get().orElse(null);
        OfTerm calls = term == null ? null : of(term);
        if (calls == null) {
            return null;
        }
        LeaderCall call = calls.begin();
        if (calls.term.isValid()) {
            return call;
        }
        call.end();
        return null;
    }

    private @Nullable OfTerm of(Leadership term) {
        OfTerm known = present;
        return known != null && known.term.equals(term) ? known : hooked(term);
    }

    private @Nullable OfTerm hooked(Leadership term) {
        lock.lock();
        try {
            OfTerm known = present;
            if (known == null || !known.term.equals(term)) {
                known = new OfTerm(term);
                OfTerm next = known;
                term.onEnd(reason -> next.end());
                present = known;
            }
            return known;
        } catch (ElectionException over) {
            return null;
        } finally {
            lock.unlock();
        }
    }

    private static final class OfTerm {
        private final Leadership term;
        private final Set<LeaderCall> inFlight = ConcurrentHashMap.newKeySet();

        OfTerm(Leadership term) {
            this.term = term;
        }

        LeaderCall begin() {
            LeaderCall call = new LeaderCall(term, inFlight::remove);
            inFlight.add(call);
            return call;
        }

        /** Whatever one does about its loss, the others hear of theirs, and all are waited for. */
        private static void lose(LeaderCall call) {
            try {
                call.lose();
            } catch (RuntimeException | Error thrown) {
                log.error("A call of the leader failed as it was told of the end of its term", thrown);
            }
        }

        /** The hook of the term; its thread is one of the pool of listeners. */
        void end() {
            inFlight.forEach(OfTerm::lose);
            try {
                for (LeaderCall each : inFlight) {
                    each.awaitEnd();
                }
            } catch (InterruptedException noLonger) { // The pool of listeners is shut down.
                Thread.currentThread().interrupt();
            }
        }
    }
}
