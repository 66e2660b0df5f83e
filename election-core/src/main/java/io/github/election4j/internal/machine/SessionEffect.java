package io.github.election4j.internal.machine;

/** What a session machine wants done. */
public sealed interface SessionEffect {
    /**
     * Ask for a lease.
     *
     * @param generation answer with it
     */
    record Grant(long generation) implements SessionEffect {}

    /**
     * Renew the lease.
     *
     * @param generation answer with it
     * @param leaseId the lease
     * @param timeoutNanos when to give up
     */
    record Renew(long generation, long leaseId, long timeoutNanos) implements SessionEffect {}

    /**
     * Revoke a lease.
     *
     * @param leaseId the lease
     */
    record Revoke(long leaseId) implements SessionEffect {}

    /** Replace the connections (P11). */
    record Reconnect() implements SessionEffect {}

    /**
     * Give every election an input.
     *
     * @param input the input
     */
    record TellElections(Input input) implements SessionEffect {}

    /**
     * Tell of a failure that is retried.
     *
     * @param message what was found
     * @param attempt how often in a row
     */
    record Report(String message, int attempt) implements SessionEffect {}

    /** Renewals succeed again. */
    record Recovered() implements SessionEffect {}

    /** The session has ended. */
    record Closed() implements SessionEffect {}
}
