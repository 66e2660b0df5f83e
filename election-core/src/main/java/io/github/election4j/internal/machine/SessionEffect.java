package io.github.election4j.internal.machine;

import io.github.election4j.spi.Txn;

/** What a session machine wants done. */
public sealed interface SessionEffect {
    /** What the store is asked. */
    sealed interface OfStore extends SessionEffect {}

    /**
     * Ask for a lease.
     *
     * @param generation answer with it
     */
    record Grant(long generation) implements OfStore {}

    /**
     * Renew the lease.
     *
     * @param generation answer with it
     * @param leaseId the lease
     * @param timeoutNanos when to give up
     */
    record Renew(long generation, long leaseId, long timeoutNanos) implements OfStore {}

    /**
     * Revoke a lease.
     *
     * @param leaseId the lease
     */
    record Revoke(long leaseId) implements OfStore {}

    /** Replace the connections (P11). */
    record Reconnect() implements SessionEffect {}

    /**
     * P4: commit a beat.
     *
     * @param group which beat
     * @param number answer with it
     * @param txn the transaction
     * @param timeoutNanos when to give up
     */
    record Beat(int group, long number, Txn txn, long timeoutNanos) implements OfStore {}

    /**
     * P7: read a beat of another process.
     *
     * @param beat its key
     * @param number answer with it
     * @param txn the transaction
     */
    record ReadBeat(String beat, long number, Txn txn) implements OfStore {}

    /**
     * P7: watch a beat of another process.
     *
     * @param beat its key
     * @param fromRevision the first revision of interest
     */
    record WatchBeat(String beat, long fromRevision) implements OfStore {}

    /**
     * End the watch of a beat.
     *
     * @param beat its key
     */
    record CloseBeatWatch(String beat) implements OfStore {}

    /** P6: compare what some of the elections see with the store, and the keys of the lease with theirs. */
    record Audit() implements SessionEffect {}

    /**
     * Give every election an input.
     *
     * @param input the input
     */
    record TellElections(Input input) implements SessionEffect {}

    /**
     * Give one election an input.
     *
     * @param election which, as it was named in the input
     * @param input the input
     */
    record TellElection(String election, Input input) implements SessionEffect {}

    /**
     * P4: a beat was committed.
     *
     * @param least the least validity that a covered place had left by then, as a share of the whole
     */
    record Headroom(double least) implements SessionEffect {}

    /**
     * Tell of a failure that is retried.
     *
     * @param operation what failed
     * @param message what was found
     * @param attempt how often in a row
     */
    record Report(String operation, String message, int attempt) implements SessionEffect {}

    /**
     * Tell of something an operator should know.
     *
     * @param message what was found and what to do
     */
    record Warn(String message) implements SessionEffect {}

    /**
     * What had failed succeeds again.
     *
     * @param operation what
     */
    record Recovered(String operation) implements SessionEffect {}

    /** The session has ended. */
    record Closed() implements SessionEffect {}
}
