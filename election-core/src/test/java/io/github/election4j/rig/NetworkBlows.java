package io.github.election4j.rig;

import io.github.election4j.testing.TcpProxy;
import java.time.Duration;
import java.util.List;

/** What befalls the links. */
final class NetworkBlows {
    private NetworkBlows() {}

    /** From where the leader is, no request to etcd is answered. */
    record CutMember(Rig rig, RigMember member, boolean requests, boolean answers, Duration length) implements Blow {
        static CutMember of(Scene scene, boolean requests, boolean answers) {
            return new CutMember(scene.rig(), scene.leader(), requests, answers, scene.beyondTheLease());
        }

        @Override
        public void strike() {
            if (member == rig.behindProxies()) {
                // Its answers come from this process, which cannot be cut from it one way.
                rig.proxies().forEach(requests ? TcpProxy::blackHole : TcpProxy::swallowReplies);
            } else {
                rig.etcds().forEach(each -> cut(each.host()));
            }
        }

        @Override
        public boolean tookEffect() {
            return !reachesEtcd();
        }

        @Override
        public void mend() {
            rig.proxies().forEach(TcpProxy::heal);
            rig.network().heal();
        }

        private boolean reachesEtcd() {
            return member.host().isAnsweredByAny(member.endpoints());
        }

        private void cut(RigNetwork.Host etcd) {
            if (requests) {
                rig.network().cut(member.host(), etcd.address());
            }
            if (answers) {
                rig.network().cut(etcd, member.host().address());
            }
        }
    }

    /** One member of etcd reaches no other; the members of the election still reach it. */
    record Partition(Rig rig, RigEtcd lonely, Duration length) implements Blow {
        @Override
        public void strike() {
            for (RigEtcd other : others()) {
                rig.network().cut(lonely.host(), other.host().address());
                rig.network().cut(other.host(), lonely.host().address());
            }
        }

        @Override
        public boolean tookEffect() {
            return !reachesOthers();
        }

        @Override
        public void mend() {
            rig.network().heal();
        }

        private boolean reachesOthers() {
            return lonely.host()
                    .isAnsweredByAny(others().stream().map(RigEtcd::endpoint).toList());
        }

        private List<RigEtcd> others() {
            return rig.etcds().stream().filter(each -> each != lonely).toList();
        }
    }

    /** From where the member behind the proxies is, answers take so much longer than they took before. */
    record Delay(Rig rig, Duration delay, Duration before, Duration length) implements Blow {
        static Delay of(Scene scene) {
            Duration delay = Duration.ofMillis(200 + scene.random().nextInt(1_500));
            return new Delay(scene.rig(), delay, roundTrip(scene.rig()), scene.beyondTheLease());
        }

        @Override
        public void strike() {
            delayBy(delay);
        }

        @Override
        public boolean tookEffect() {
            return roundTrip(rig).minus(before).compareTo(delay) >= 0;
        }

        @Override
        public void mend() {
            delayBy(Duration.ZERO);
        }

        private void delayBy(Duration each) {
            rig.proxies().forEach(proxy -> proxy.delay(each));
        }

        private static Duration roundTrip(Rig rig) {
            RigMember member = rig.behindProxies();
            return member.host()
                    .roundTrip(member.endpoints().get(0), Duration.ofSeconds(20))
                    .orElseThrow();
        }
    }
}
