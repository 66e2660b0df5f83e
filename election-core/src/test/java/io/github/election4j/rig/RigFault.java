package io.github.election4j.rig;

import io.github.election4j.testing.Evidence;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What the rig does to its members and to etcd. The tokens of its users expire every 3 s without being asked to. */
enum RigFault {
    PAUSE_LEADER(scene -> new MemberBlows.Pause(scene.leader(), scene.beyondTheLease())),
    PAUSE_MEMBER(scene -> new MemberBlows.Pause(scene.anyMember(), scene.upTo(3))),
    KILL_LEADER(scene -> new MemberBlows.Kill(scene.rig(), scene.leader(), scene.upTo(6))),
    KILL_MEMBER(scene -> new MemberBlows.Kill(scene.rig(), scene.anyMember(), scene.upTo(6))),
    STEP_CLOCK_FORWARD(scene -> MemberBlows.ClockStep.of(scene, Duration.ofHours(1))),
    STEP_CLOCK_BACK(scene -> MemberBlows.ClockStep.of(scene, Duration.ofHours(-1))),

    PAUSE_ETCD(scene -> new EtcdBlows.Pause(scene.anyEtcd(), scene.upTo(6))),
    KILL_ETCD(scene -> new EtcdBlows.Kill(scene.anyEtcd(), scene.upTo(4))),
    RESTART_ETCD(scene -> new EtcdBlows.Restart(scene.rig().etcds())),
    FREEZE_RAFT_LEADER(scene -> EtcdBlows.Deposed.by(
            scene, leader -> new EtcdBlows.Pause(leader, scene.beyondTheLease().plusSeconds(2)))),
    KILL_RAFT_LEADER(scene -> EtcdBlows.Deposed.by(scene, leader -> new EtcdBlows.Kill(leader, scene.upTo(4)))),
    /** For so long that the next raft leader ends a lease that it believes to be unattended. */
    FREEZE_DISK(scene -> EtcdBlows.Deposed.by(
            scene,
            leader -> new EtcdBlows.FrozenDisk(leader, scene.rig().lease().plus(scene.beyondTheLease())))),
    MOVE_RAFT_LEADER(scene -> EtcdBlows.Deposed.by(
            scene, leader -> new OperatorBlows.MovedRaftLeader(leader, scene.raftFollower(leader)))),
    PARTITION_RAFT_LEADER(scene -> EtcdBlows.Deposed.by(
            scene, leader -> new NetworkBlows.Partition(scene.rig(), leader, scene.beyondTheLease()))),

    PARTITION_LEADER(scene -> NetworkBlows.CutMember.of(scene, true, true)),
    CUT_LEADER_TO_ETCD(scene -> NetworkBlows.CutMember.of(scene, true, false)),
    CUT_ETCD_TO_LEADER(scene -> NetworkBlows.CutMember.of(scene, false, true)),
    DELAY_BY_PROXY(NetworkBlows.Delay::of),

    DELETE_LEADER_KEY(scene -> OperatorBlows.DeletedKey.of(scene.rig())),
    REVOKE_LEADER_LEASE(scene -> OperatorBlows.RevokedLease.of(scene.rig())),
    REVOKE_LEASE_OF_CUT_LEADER(scene ->
            new Blow.Both(NetworkBlows.CutMember.of(scene, true, true), OperatorBlows.RevokedLease.of(scene.rig()))),
    COMPACT(scene -> OperatorBlows.Compaction.of(scene.rig()));

    private static final Set<RigFault> END_A_TERM = EnumSet.of(
            PAUSE_LEADER,
            KILL_LEADER,
            PARTITION_LEADER,
            CUT_LEADER_TO_ETCD,
            CUT_ETCD_TO_LEADER,
            DELETE_LEADER_KEY,
            REVOKE_LEADER_LEASE,
            REVOKE_LEASE_OF_CUT_LEADER);

    @SuppressWarnings("ImmutableEnumChecker") // None of these functions has a state.
    private final Function<Scene, Blow> blow;

    RigFault(Function<Scene, Blow> blow) {
        this.blow = blow;
    }

    /** Prepared, but not struck yet. */
    Blow blow(Scene scene) {
        return blow.apply(scene);
    }

    /** Whether the term of whoever leads cannot outlast it. */
    boolean endsTerm() {
        return END_A_TERM.contains(this);
    }

    /** All that can be done on this machine; what cannot is told, or fails: see {@link Evidence}. */
    static List<RigFault> possible() {
        Set<RigFault> possible = EnumSet.allOf(RigFault.class);
        if (FalseClock.library().isEmpty()) {
            var unused = Evidence.missing("faketime", "The rig steps no wall clock: apt-get install faketime.");
            possible.removeAll(EnumSet.of(STEP_CLOCK_FORWARD, STEP_CLOCK_BACK));
        }
        return List.copyOf(possible);
    }
}
