package io.github.election4j;

/**
 * Why a leader came or went.
 *
 * @since 0.1.0
 */
public enum ChangeReason {
    /** This member reached the head of the queue and every earlier leader is known to have stopped (P5, P7). */
    ELECTED,
    /** This member was asked to resign. */
    RESIGNED,
    /** This member was evicted: it stays out until the eviction is cancelled. */
    EVICTED,
    /** This member was asked to hand over to another one. */
    TRANSFERRED,
    /** This member closes. */
    CLOSED,
    /** No beat was committed in time (P4): etcd was out of reach, or this process was paused. */
    EXPIRED,
    /** The key of this member was deleted, by an operator or with its lease. */
    KEY_LOST,
    /** The lease of the session is gone (P1). */
    SESSION_LOST,
    /** The store has another history than before: it was restored or emptied (P13). */
    HISTORY_LOST,
    /** A defect of this library has ended the term; the log shows it. This member enters again. */
    DEFECT,
    /** Another member was seen to lead, or to lead no longer. */
    OBSERVED
}
