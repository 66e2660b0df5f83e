package io.github.election4j.rig;

/** What the rig does to its members and to etcd. The tokens of its users expire every 3 s without being asked to. */
enum RigFault {
    PAUSE_LEADER,
    PAUSE_MEMBER,
    KILL_LEADER,
    KILL_MEMBER,
    PAUSE_ETCD,
    KILL_ETCD,
    FREEZE_RAFT_LEADER,
    KILL_RAFT_LEADER,
    RESTART_ETCD,
    MOVE_RAFT_LEADER,
    COMPACT,
    PARTITION_LEADER,
    PARTITION_RAFT_LEADER,
    CUT_LEADER_TO_ETCD,
    CUT_ETCD_TO_LEADER,
    DELAY_BY_PROXY,
    DELETE_LEADER_KEY,
    REVOKE_LEADER_LEASE,
    REVOKE_LEASE_OF_CUT_LEADER,
    FREEZE_DISK,
    STEP_CLOCK_FORWARD,
    STEP_CLOCK_BACK
}
