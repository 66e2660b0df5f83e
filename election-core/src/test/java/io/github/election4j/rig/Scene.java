package io.github.election4j.rig;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Where a fault strikes.
 *
 * @param leader who leads the election at this moment
 * @param random from which whatever is left open is drawn
 */
record Scene(Rig rig, RigMember leader, Random random) {
    RigMember anyMember() {
        return any(rig.members());
    }

    RigEtcd anyEtcd() {
        return any(rig.etcds());
    }

    RigEtcd raftLeader() {
        return rig.awaitRaftLeader();
    }

    /** Behind the raft leader, in the order of their names. */
    RigEtcd raftFollower(RigEtcd leader) {
        return rig.etcds().get((rig.etcds().indexOf(leader) + 1) % rig.etcds().size());
    }

    Duration beyondTheLease() {
        return rig.lease().plus(upTo(4));
    }

    Duration upTo(int seconds) {
        return Duration.ofNanos((long) (random.nextDouble() * seconds * 1e9));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
