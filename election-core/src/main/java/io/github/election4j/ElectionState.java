package io.github.election4j;

/**
 * Where a member stands in an election.
 *
 * @since 0.1.0
 */
public enum ElectionState {
    /** Not yet in the queue for the first time. */
    STARTING,
    /** In the queue, or on the way back into it, and not leading. */
    WAITING,
    /** Leading. */
    LEADING,
    /** No longer leading; revoke listeners run, or the release is not yet committed (P8). */
    STEPPING_DOWN,
    /** Evicted: follows the election and stays out of the queue. */
    EVICTED,
    /** Out of touch with etcd; retries for ever (L2). */
    DISCONNECTED,
    /** Closed for good. */
    CLOSED
}
