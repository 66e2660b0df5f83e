package io.github.election4j.rig;

import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.TcpProxy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Does one thing after the other to a rig, for random times from a seed, and mends it again. */
final class RigFaults {
    private final Rig rig;
    private final Random random;
    private final Map<RigFault, Integer> done = new EnumMap<>(RigFault.class);

    RigFaults(Rig rig, long seed) {
        this.rig = rig;
        this.random = new Random(seed);
    }

    Map<RigFault, Integer> done() {
        return done;
    }

    /** Strikes at some moment while somebody leads, and returns when everything is mended and somebody leads again. */
    void strike(RigFault fault) {
        RigMember leader = rig.awaitLeader();
        last(upTo(1));
        System.out.println("[INFO] rig: " + System.nanoTime() + " " + fault + ", leader " + leader.id());
        done.merge(fault, 1, Integer::sum);
        switch (fault) {
            case PAUSE_LEADER, PAUSE_MEMBER, KILL_LEADER, KILL_MEMBER, STEP_CLOCK_FORWARD, STEP_CLOCK_BACK ->
                strikeMember(fault, leader);
            case PARTITION_LEADER,
                    CUT_LEADER_TO_ETCD,
                    CUT_ETCD_TO_LEADER,
                    REVOKE_LEASE_OF_CUT_LEADER,
                    PARTITION_RAFT_LEADER,
                    DELAY_BY_PROXY -> strikeNetwork(fault, leader);
            case DELETE_LEADER_KEY, REVOKE_LEADER_LEASE, COMPACT, MOVE_RAFT_LEADER -> operate(fault);
            case PAUSE_ETCD, KILL_ETCD, FREEZE_RAFT_LEADER, KILL_RAFT_LEADER, RESTART_ETCD, FREEZE_DISK ->
                strikeEtcd(fault);
        }
        rig.awaitLeader();
        rig.members().forEach(RigMember::tameSpinner);
    }

    private void strikeMember(RigFault fault, RigMember leader) {
        RigMember any = rig.members().get(random.nextInt(rig.members().size()));
        switch (fault) {
            case PAUSE_LEADER -> pause(leader, beyondTheLease());
            case PAUSE_MEMBER -> pause(any, upTo(3));
            case KILL_LEADER -> kill(leader);
            case KILL_MEMBER -> kill(any);
            case STEP_CLOCK_FORWARD -> stepClock(rig.members().get(Rig.FALSE_CLOCK - 1), 3_600);
            default -> stepClock(rig.members().get(Rig.FALSE_CLOCK - 1), -3_600);
        }
    }

    private void strikeNetwork(RigFault fault, RigMember leader) {
        RigEtcd raftLeader = rig.awaitRaftLeader();
        switch (fault) {
            case PARTITION_LEADER -> cut(leader, true, true, () -> {});
            case CUT_LEADER_TO_ETCD -> cut(leader, true, false, () -> {});
            case CUT_ETCD_TO_LEADER -> cut(leader, false, true, () -> {});
            case REVOKE_LEASE_OF_CUT_LEADER -> cut(leader, true, true, this::revokeLeaderLease);
            case PARTITION_RAFT_LEADER -> partition(raftLeader);
            default -> delay();
        }
    }

    private void operate(RigFault fault) {
        switch (fault) {
            case DELETE_LEADER_KEY -> rig.etcdctl("del", rig.leaderKey());
            case REVOKE_LEADER_LEASE -> revokeLeaderLease();
            case COMPACT -> rig.etcdctl("compact", Rig.field(rig.etcdctl("get", "x", "-w", "fields"), "Revision"));
            default -> moveRaftLeader();
        }
    }

    private void revokeLeaderLease() {
        String key = rig.leaderKey();
        rig.etcdctl("lease", "revoke", key.substring(key.lastIndexOf('/') + 1));
    }

    private void moveRaftLeader() {
        RigEtcd leader = rig.awaitRaftLeader();
        RigEtcd other =
                rig.etcds().get((rig.etcds().indexOf(leader) + 1) % rig.etcds().size());
        String id = Rig.field(other.etcdctl("endpoint", "status", "-w", "fields"), "MemberID");
        leader.etcdctl("move-leader", Long.toHexString(Long.parseUnsignedLong(id)));
    }

    private void strikeEtcd(RigFault fault) {
        RigEtcd leader = rig.awaitRaftLeader();
        RigEtcd any = rig.etcds().get(random.nextInt(rig.etcds().size()));
        switch (fault) {
            case PAUSE_ETCD -> pause(any, upTo(6));
            case FREEZE_RAFT_LEADER -> pause(leader, beyondTheLease().plusSeconds(2));
            case KILL_ETCD -> kill(any);
            case KILL_RAFT_LEADER -> kill(leader);
            case RESTART_ETCD -> {
                rig.etcds().forEach(RigEtcd::terminate);
                rig.etcds().forEach(each -> each.launch(""));
            }
            default -> {
                // For so long that the next raft leader ends a lease that it believes to be unattended.
                leader.freezeDisk();
                last(rig.lease().plus(beyondTheLease()));
                leader.thawDisk();
            }
        }
        rig.etcds().forEach(RigEtcd::awaitHealthy);
    }

    private void pause(RigMember member, Duration length) {
        member.pause();
        last(length);
        member.resume();
    }

    private void pause(RigEtcd etcd, Duration length) {
        etcd.pause();
        last(length);
        etcd.resume();
    }

    private void kill(RigMember member) {
        member.kill();
        last(upTo(6));
        member.start();
        rig.awaitSpinning(member);
    }

    private void kill(RigEtcd etcd) {
        etcd.kill();
        last(upTo(4));
        etcd.launch("");
    }

    private void stepClock(RigMember member, int seconds) {
        member.stepClock(seconds);
        last(rig.lease().plus(upTo(2)));
        member.stepClock(0);
    }

    private void cut(RigMember member, boolean requests, boolean answers, Runnable meanwhile) {
        for (RigEtcd etcd : rig.etcds()) {
            if (requests) {
                rig.network().cut(member.host(), etcd.host().address());
            }
            if (answers) {
                rig.network().cut(etcd.host(), member.host().address());
            }
        }
        // The last member's answers come from the proxy, beside this process, which cannot be cut from it one way.
        List<TcpProxy> proxies = isLast(member) ? rig.proxies() : List.of();
        proxies.forEach(requests ? TcpProxy::blackHole : TcpProxy::swallowReplies);
        meanwhile.run();
        last(beyondTheLease());
        proxies.forEach(TcpProxy::heal);
        rig.network().heal();
    }

    /** From the rest of etcd; the members of the election still reach it. */
    private void partition(RigEtcd lonely) {
        for (RigEtcd other : rig.etcds()) {
            if (other != lonely) {
                rig.network().cut(lonely.host(), other.host().address());
                rig.network().cut(other.host(), lonely.host().address());
            }
        }
        last(beyondTheLease());
        rig.network().heal();
        rig.etcds().forEach(RigEtcd::awaitHealthy);
    }

    private void delay() {
        Duration length = Duration.ofMillis(200 + random.nextInt(1_500));
        rig.proxies().forEach(each -> each.delay(length));
        last(beyondTheLease());
        rig.proxies().forEach(each -> each.delay(Duration.ZERO));
    }

    private boolean isLast(RigMember member) {
        return rig.members().indexOf(member) == rig.members().size() - 1;
    }

    private Duration beyondTheLease() {
        return rig.lease().plus(upTo(4));
    }

    private Duration upTo(int seconds) {
        return Duration.ofNanos((long) (random.nextDouble() * seconds * 1e9));
    }

    /** A fault takes its time; nothing is expected of it but that it passes. */
    private static void last(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        await().atMost(length.plusSeconds(10)).until(() -> System.nanoTime() - until >= 0);
    }
}
