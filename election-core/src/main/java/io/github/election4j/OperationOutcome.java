package io.github.election4j;

/**
 * What an operation on an election really did.
 *
 * @since 0.1.0
 */
public enum OperationOutcome {
    /** The member led, its revoke listeners returned or ran out of time, and its key is released. */
    RELEASED,
    /** As RELEASED, and the named member is the first in the queue. */
    TRANSFERRED,
    /** The member waited in the queue and has left its place. */
    LEFT_QUEUE,
    /** The member held no place in the queue. */
    NOT_IN_QUEUE,
    /** The member was evicted already; nothing changed, but what an eviction that lasts says. */
    ALREADY_EVICTED,
    /** The eviction is gone; the member enters the queue if it is there, and no other one keeps it out. */
    EVICTION_CANCELLED,
    /** The eviction is cancelled and this member is in the queue again. */
    REJOINED,
    /** The member was not evicted; nothing changed. */
    NOT_EVICTED,
    /** The candidacy of the named member was removed. */
    CLEARED,
    /** No candidacy of the named member was found. */
    NOT_FOUND
}
