package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.spi.StoreException.Kind;
import org.junit.jupiter.api.Test;

/**
 * P7: the word about a place under a lease that is gone. Who tells it must know that the history is the same, for in
 * another one the place of this revision is somebody else's.
 */
abstract class FormerLeaseScenarios extends Scenario {
    @Test
    void itsWordIsToldIfOneWatchHasToldOfBothPlaces() {
        Peer leader = leader("a");
        long former = leader.token();
        hold(leader, Ask.ENTER);
        leader.loseSession();
        settle();

        enters(leader);

        assertThat(mark().tells(former)).isTrue();
    }

    @Test
    void itsWordIsNotToldIfTheWatchBrokeInBetween() {
        Peer leader = leader("a");
        long former = leader.token();
        hold(leader, Ask.ENTER);
        leader.loseSession();
        settle();
        assertThat(leader.found()).isNull();

        leader.endWatch(Kind.UNAVAILABLE);
        settle();
        enters(leader);

        assertThat(mark().tells(former)).isFalse();
        seconds(1);
        assertThat(mark().tells(former)).isFalse();
    }

    /** What was told of the place, while the lease was there, was told by a watch that is no more. */
    @Test
    void itsWordIsNotToldIfTheWatchBrokeBeforeTheLeaseWasLost() {
        Peer leader = leader("a");
        long former = leader.token();
        hold(leader, Ask.ENTER);
        world.store().delete(leader.key());
        settle();
        leader.endWatch(Kind.UNAVAILABLE);
        settle();

        leader.loseSession();
        settle();
        enters(leader);

        assertThat(mark().tells(former)).isFalse();
    }

    /** The revisions have come as far as before, so that nothing else tells of it; and that place is another's. */
    @Test
    void itsWordIsNotToldIfEtcdWasEmptiedMeanwhile() {
        Peer leader = leader("a");
        long former = leader.token();
        leader.freeze();
        world.another(ModelStore::beginEmpty);
        while (world.store().revision() < former - 1) {
            world.store().put("/another", "");
        }
        String place = put("9", 8_000);
        assertThat(place(place)).isEqualTo(former);
        for (int i = 0; i < 20; i++) {
            world.store().put("/another", "");
        }

        leader.thaw();
        world.runUntil(() -> leader.found() != null, LEASE);
        seconds(30);

        assertThat(mark().tells(former)).isFalse();
        assertThat(leader.isLeader()).isFalse();
    }

    @Test
    void itsWordIsNotToldByWhoStaysOutUntilItComesBack() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        long former = leader.token();
        leader.network().fault(Fault.LOST, Ask.RETIRE);
        leader.command(Command.Type.EVICT);
        settle();

        leader.loseSession();
        leader.network().heal();
        seconds(1);
        assertThat(leader.requests(Ask.MARK)).isZero();
        assertThat(mark().tells(former)).isFalse();
        assertThat(follower.isLeader()).isFalse();

        leader.command(Command.Type.CANCEL_EVICT);
        settle();

        assertThat(mark().tells(former)).isTrue();
        assertThat(follower.isLeader()).isTrue();
    }

    private void enters(Peer peer) {
        peer.network().heal();
        peer.network().held(Ask.ENTER).send();
        world.runUntil(() -> peer.found() != null, LEASE);
        settle();
    }
}
