package io.github.election4j.rig;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What befalls the processes of etcd and their disks. */
final class EtcdBlows {
    private EtcdBlows() {}

    /** It answers nothing. */
    record Pause(RigEtcd etcd, Duration length) implements Blow {
        @Override
        public void strike() {
            etcd.pause();
        }

        @Override
        public boolean tookEffect() {
            return !etcd.answers();
        }

        @Override
        public void mend() {
            etcd.resume();
        }
    }

    /** Nothing of it is left that answers. */
    record Kill(RigEtcd etcd, Duration length) implements Blow {
        @Override
        public void strike() {
            etcd.kill();
        }

        @Override
        public boolean tookEffect() {
            return !etcd.isAlive() && !etcd.answers();
        }

        @Override
        public void mend() {
            etcd.launch("");
        }
    }

    /** All of them have ended before the first one starts. */
    record Restart(List<RigEtcd> etcds) implements Blow {
        @Override
        public void strike() {
            etcds.forEach(RigEtcd::terminate);
        }

        @Override
        public boolean tookEffect() {
            return etcds.stream().noneMatch(each -> each.isAlive() || each.answers());
        }

        @Override
        public void mend() {
            etcds.forEach(each -> each.launch(""));
        }
    }

    /** No write to its disk returns. */
    record FrozenDisk(RigEtcd etcd, Duration length) implements Blow {
        @Override
        public void strike() {
            etcd.freezeDisk();
        }

        @Override
        public boolean tookEffect() {
            return etcd.writesHang();
        }

        @Override
        public void mend() {
            etcd.thawDisk();
        }
    }

    /** Something that costs the raft leader its office: meanwhile another one has it. */
    record Deposed(Rig rig, RigEtcd leader, Blow by) implements Blow {
        static Deposed by(Scene scene, Function<RigEtcd, Blow> blow) {
            RigEtcd leader = scene.raftLeader();
            return new Deposed(scene.rig(), leader, blow.apply(leader));
        }

        @Override
        public void strike() {
            by.strike();
        }

        @Override
        public boolean tookEffect() {
            return by.tookEffect() && rig.etcds().stream().anyMatch(each -> each != leader && each.leads());
        }

        @Override
        public void mend() {
            by.mend();
        }

        @Override
        public Duration length() {
            return by.length();
        }
    }
}
