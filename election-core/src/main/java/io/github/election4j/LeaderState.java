package io.github.election4j;

/**
 * What a change of leader means for the member that reports it; the constants of the Go package.
 *
 * @since 0.1.0
 */
public enum LeaderState {
    /** This member has just become the leader. */
    IS_LEADER,
    /** This member was the leader and is no longer. */
    RETIRE_FROM_LEADER,
    /** Another member leads, or nobody does. */
    IS_NOT_LEADER
}
