package io.github.election4j.internal.machine;

import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.List;

/** What an election machine is told. */
public sealed interface Input {
    /**
     * The session has a lease.
     *
     * @param leaseId the lease
     * @param timing its timing
     */
    record SessionUp(long leaseId, Timing timing) implements Input {}

    /**
     * The session has lost its lease.
     *
     * @param loss how
     */
    record SessionDown(Loss loss) implements Input {}

    /** How a session loses its lease. */
    enum Loss {
        /** The store says that it is gone (P1), or it was given up. */
        LEASE_GONE,
        /** Another process uses it too: this one was cloned, and its twin may hold the places on (P4). */
        CLONED,
        /** The store has another history (P13). */
        HISTORY_LOST
    }

    /**
     * Whether the session can be renewed.
     *
     * @param reachable whether it can
     */
    record SessionHealth(boolean reachable) implements Input {}

    /** P4: news of the beats of this process, or of the one that is followed. */
    sealed interface OfBeats extends Input {}

    /** P3, P6: news of the watch. */
    sealed interface OfWatch extends Input {}

    /**
     * P4: a beat that covers a place is known to be committed.
     *
     * @param createRevision the place
     * @param sentAt when it was sent
     */
    record Proven(long createRevision, long sentAt) implements OfBeats {}

    /**
     * P4: a beat found that a place is gone.
     *
     * @param createRevision the place
     */
    record PlaceGone(long createRevision) implements OfBeats {}

    /**
     * P7: how far the beat that is followed has come.
     *
     * @param beat its key
     * @param revision the revision in which it was put, 0 if it is not known to exist
     * @param receivedAt when this process first knew of it
     */
    record BeatHeard(String beat, long revision, long receivedAt) implements OfBeats {}

    /**
     * P6: what a linearizable read found, some time after it was asked for.
     *
     * @param question what was asked
     * @param agrees whether the store has what the question shows
     */
    record Audited(AuditQuestion question, boolean agrees) implements OfWatch {}

    /** A moment that the machine named has come. */
    record Alarm() implements Input {}

    /** What became of a transaction. */
    sealed interface OfRequests extends Input {
        /** {@return which} */
        RequestId request();

        /**
         * {@return the same of another request}
         *
         * @param other which
         */
        OfRequests as(RequestId other);
    }

    /**
     * A transaction was committed.
     *
     * @param request which
     * @param result what it did
     */
    record Committed(RequestId request, TxnResult result) implements OfRequests {
        @Override
        public OfRequests as(RequestId other) {
            return new Committed(other, result);
        }
    }

    /**
     * A transaction failed, or its outcome is unknown.
     *
     * @param request which
     * @param cause why
     */
    record Failed(RequestId request, StoreException cause) implements OfRequests {
        @Override
        public OfRequests as(RequestId other) {
            return new Failed(other, cause);
        }
    }

    /**
     * The store has created the watch.
     *
     * @param generation which watch
     */
    record WatchCreated(long generation) implements OfWatch {}

    /**
     * The watch goes on over other connections, and is created there anew.
     *
     * @param generation which watch
     */
    record WatchMoved(long generation) implements OfWatch {}

    /**
     * The watch delivered.
     *
     * @param generation which watch
     * @param events the events in order
     */
    record WatchDelivered(long generation, List<WatchEvent> events) implements OfWatch {}

    /**
     * The watch ended.
     *
     * @param generation which watch
     * @param cause why
     */
    record WatchEnded(long generation, StoreException cause) implements OfWatch {}

    /** Something that became known of a term of this member outside the machine. */
    sealed interface OfTerm extends Input {
        /** {@return the term} */
        long token();
    }

    /**
     * Every listener has returned from the revocation of a term.
     *
     * @param token the term
     */
    record ListenersReturned(long token) implements OfTerm {}

    /**
     * Some thread has found a term lapsed before its heartbeat was taken in, and has answered so (P5).
     *
     * @param token the term
     */
    record TermLapsed(long token) implements OfTerm {}

    /**
     * The user asked for something.
     *
     * @param type what
     * @param command names the future to complete
     * @param target whom it concerns, empty where that is this member
     */
    record Command(Type type, long command, String target) implements Input {
        /**
         * Concerns this member.
         *
         * @param type what
         * @param command names the future to complete
         */
        public Command(Type type, long command) {
            this(type, command, "");
        }

        /** What the user can ask for. */
        public enum Type {
            /** Give up the place, enter again. */
            RESIGN,
            /** Give up the place, stay out. */
            EVICT,
            /** Enter again after an eviction. */
            CANCEL_EVICT,
            /** Give up the leadership to a named member, enter again. */
            TRANSFER,
            /** Give up the place for good. */
            CLOSE
        }
    }
}
