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

    /** The lease is gone (P1). */
    record SessionDown() implements Input {}

    /**
     * Whether the session can be renewed.
     *
     * @param reachable whether it can
     */
    record SessionHealth(boolean reachable) implements Input {}

    /** It is time for a heartbeat, in the same tick as the renewal of the lease (P4). */
    record Tick() implements Input {}

    /** A moment that the machine named has come. */
    record Alarm() implements Input {}

    /**
     * A transaction was committed.
     *
     * @param tag the request
     * @param result what it did
     */
    record Committed(Tag tag, TxnResult result) implements Input {}

    /**
     * A transaction failed, or its outcome is unknown.
     *
     * @param tag the request
     * @param cause why
     */
    record Failed(Tag tag, StoreException cause) implements Input {}

    /**
     * The watch delivered.
     *
     * @param generation which watch
     * @param events the events in order
     */
    record WatchDelivered(long generation, List<WatchEvent> events) implements Input {}

    /**
     * The watch ended.
     *
     * @param generation which watch
     * @param cause why
     */
    record WatchEnded(long generation, StoreException cause) implements Input {}

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
     */
    record Command(Type type, long command) implements Input {
        /** What the user can ask for. */
        public enum Type {
            /** Give up the place, enter again. */
            RESIGN,
            /** Give up the place, stay out. */
            EVICT,
            /** Enter again after an eviction. */
            CANCEL_EVICT,
            /** Give up the place for good. */
            CLOSE
        }
    }
}
