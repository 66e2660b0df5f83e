package io.github.election4j;

/**
 * What an operation on an election really did.
 *
 * @since 0.1.0
 */
public enum OperationOutcome {
    /** This member led, its revoke listeners returned or ran out of time, and its key is released. */
    RELEASED,
    /** This member waited in the queue and has left its place. */
    LEFT_QUEUE,
    /** This member held no place in the queue. */
    NOT_IN_QUEUE,
    /** This member was evicted already; nothing changed. */
    ALREADY_EVICTED,
    /** The eviction is cancelled and this member is in the queue again. */
    REJOINED,
    /** This member was not evicted; nothing changed. */
    NOT_EVICTED,
    /** The candidacy of the named member was removed. */
    CLEARED,
    /** No candidacy of the named member was found. */
    NOT_FOUND
}
