package io.github.election4j.simulation;

/** What can happen to a run beside what the network does all the time. */
enum Fault {
    PAUSE_MEMBER,
    CUT_OFF_MEMBER,
    PAUSE_ETCD,
    RESTART_ETCD,
    DELETE_KEY,
    DELETE_LEADER_KEY,
    REVOKE_LEASE,
    DELETE_BEAT,
    DELETE_MARK,
    WIPE_QUEUE,
    CLONE,
    LOSE_EVERYTHING,
    COMPACT,
    CRASH_OR_START,
    CLOSE,
    RESIGN,
    EVICT,
    CANCEL_EVICT,
    TRANSFER,
    EVICT_FOR_LONG,
    CANCEL_LONG_EVICTION,
    CLEAR_DEAD,
    FOREIGN_MEMBER,
    REFUSE_WRITES
}
