package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.machine.Tag.Purpose;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.spi.KeyValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** P8. */
abstract class SteppingDownScenarios extends Scenario {
    @Test
    void doesNotLeadAnyMoreBeforeItIsAnnounced() {
        Peer leader = leader("a");

        leader.command(Command.Type.RESIGN);

        assertThat(leader.isLeader()).isFalse();
        assertThat(leader.state()).isEqualTo(ElectionState.STEPPING_DOWN);
        assertThat(ends(leader)).containsExactly(ChangeReason.RESIGNED);
    }

    @Test
    void releasesOnlyAfterTheListenersHaveReturned() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        leader.listenersHang();

        leader.command(Command.Type.RESIGN);
        seconds(4);

        assertThat(leader.requests()).doesNotContain(Purpose.RELEASE, Purpose.DELETE);
        assertThat(follower.isLeader()).isFalse();
        leader.listenersReturn();
        settle();
        assertThat(leader.requests()).containsSubsequence(Purpose.RELEASE, Purpose.DELETE);
        assertThat(follower.isLeader()).isTrue();
    }

    @Test
    void heartbeatsGoOnWhileTheListenersRun() {
        Peer leader = leader("a");
        leader.listenersHang();
        leader.command(Command.Type.RESIGN);
        long before = Objects.requireNonNull(leader.found()).modRevision();

        seconds(4.5);

        assertThat(Objects.requireNonNull(leader.found()).modRevision()).isGreaterThan(before);
        assertThat(leader.isLeader()).isFalse();
    }

    @Test
    void sendsNoHeartbeatAfterTheRelease() {
        Peer leader = leader("a");
        hold(leader, Purpose.DELETE);
        leader.command(Command.Type.RESIGN);

        seconds(5);

        assertThat(leader.stateInStore()).isEqualTo(CandidateState.RELEASED);
    }

    @Test
    void doesNotWaitForListenersBeyondTheStepDownTimeout() {
        Peer leader = leader("a");
        leader.listenersHang();
        leader.command(Command.Type.RESIGN);

        world.runFor(STEP_DOWN.minus(World.LATENCY));
        assertThat(leader.requests()).doesNotContain(Purpose.RELEASE);
        world.runFor(World.LATENCY);

        assertThat(leader.requests()).contains(Purpose.RELEASE);
        assertThat(leader.effects(Effect.Warn.class)).hasSize(1);
    }

    @Test
    void listenersOfAnotherTermDoNotCount() {
        Peer leader = leader("a");
        leader.listenersHang();
        leader.command(Command.Type.RESIGN);

        leader.step(new Input.ListenersReturned(1));
        settle();

        assertThat(leader.requests()).doesNotContain(Purpose.RELEASE);
    }

    @Test
    void completesWhenTheKeyIsGone() {
        Peer leader = leader("a");
        hold(leader, Purpose.DELETE);

        long command = leader.command(Command.Type.RESIGN);
        seconds(1);
        assertThat(leader.outcome(command)).isEqualTo("pending");
        leader.network().held(Purpose.DELETE).send();
        settle();

        assertThat(leader.outcome(command)).isEqualTo("RELEASED");
    }

    @Test
    void tellsThatItIsNotConfirmedInTime() {
        Peer leader = leader("a");
        leader.cut();

        long command = leader.command(Command.Type.RESIGN);
        world.runFor(STEP_DOWN.plus(REQUEST));

        assertThat(leader.outcome(command)).isEqualTo("failed: TIMEOUT");
        leader.heal();
        seconds(5);
        assertThat(leader.requests()).contains(Purpose.DELETE);
    }

    @Test
    void asksAgainAfterAnUnknownOutcomeOfTheRelease() {
        Peer leader = leader("a");
        leader.network().fault(Fault.REPLY_LOST, Purpose.RELEASE, Purpose.DELETE);

        long command = leader.command(Command.Type.EVICT);
        world.runFor(REQUEST.plus(MOMENT));
        leader.network().heal();
        seconds(3);

        assertThat(leader.outcome(command)).isEqualTo("RELEASED");
        assertThat(leader.found()).isNull();
    }

    @Test
    void justDeletesWhenAFullStoreRefusesTheRelease() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        leader.network().fault(Fault.REFUSED, Purpose.RELEASE);

        leader.command(Command.Type.EVICT);
        settle();

        assertThat(leader.found()).isNull();
        assertThat(follower.isLeader()).isFalse();
        world.runUntil(follower::isLeader, LEASE);
    }

    /** A heartbeat would undo what others have acted upon. */
    @Test
    void sendsNoHeartbeatOnceAnotherHasReleasedItsKey() {
        Peer leader = leader("a");
        leader.listenersHang();
        leader.command(Command.Type.RESIGN);
        KeyValue found = Objects.requireNonNull(leader.found());

        world.store().commit(Transactions.clear(found).get(0));
        seconds(4);

        assertThat(leader.stateInStore()).isEqualTo(CandidateState.RELEASED);
    }

    @Test
    void entersAgainOnlyAfterTheListenersHaveReturned() {
        Peer leader = leader("a");
        leader.listenersHang();

        world.store().delete(leader.key());
        seconds(2);
        assertThat(leader.found()).isNull();
        leader.listenersReturn();
        settle();

        assertThat(leader.found()).isNotNull();
        assertThat(leader.requests()).doesNotContain(Purpose.RELEASE);
    }

    @Test
    void commandsThatCrossAllTellTheTruth() {
        Peer leader = leader("a");
        leader.listenersHang();

        List<Long> commands = List.of(
                leader.command(Command.Type.RESIGN),
                leader.command(Command.Type.EVICT),
                leader.command(Command.Type.RESIGN),
                leader.command(Command.Type.EVICT));
        leader.listenersReturn();
        settle();

        assertThat(commands).extracting(leader::outcome).containsOnly("RELEASED");
        assertThat(leader.outcome(leader.command(Command.Type.EVICT))).isEqualTo("ALREADY_EVICTED");
        assertThat(leader.state()).isEqualTo(ElectionState.EVICTED);
        assertThat(leader.requests(Purpose.RELEASE)).isEqualTo(1);
    }

    @Test
    void evictAndCancelInTheMiddleEndsInTheQueue() {
        Peer leader = leader("a");
        long first = leader.token();
        leader.listenersHang();

        long evict = leader.command(Command.Type.EVICT);
        long cancel = leader.command(Command.Type.CANCEL_EVICT);
        leader.listenersReturn();
        settle();

        assertThat(leader.outcome(evict)).isEqualTo("RELEASED");
        assertThat(leader.outcome(cancel)).isEqualTo("REJOINED");
        assertThat(Objects.requireNonNull(leader.found()).createRevision()).isGreaterThan(first);
    }

    @Test
    void losingTheSessionEndsIt() {
        Peer leader = leader("a");
        hold(leader, Purpose.RELEASE);
        long command = leader.command(Command.Type.RESIGN);
        settle();

        world.store().revoke(leader.lease());
        leader.sessionDown();
        settle();

        assertThat(leader.outcome(command)).isEqualTo("NOT_IN_QUEUE");
    }

    @Test
    void isOverWhenAnotherHasDeletedTheKey() {
        Peer leader = leader("a");
        hold(leader, Purpose.RELEASE);
        long command = leader.command(Command.Type.EVICT);
        settle();

        world.store().delete(leader.key());
        world.runFor(Duration.ofSeconds(1));

        assertThat(leader.outcome(command)).isEqualTo("NOT_IN_QUEUE");
        assertThat(leader.state()).isEqualTo(ElectionState.EVICTED);
        leader.network().held(Purpose.RELEASE).apply();
        assertThat(leader.found()).as("a late release").isNull();
    }

    /** P6: etcd#18089 can lose the deletion of a released key too, and of that no head's heartbeat tells. */
    @Test
    void findsOutThatAReleasedKeyIsGoneThoughTheHeadIsHeard() {
        world.store().put(World.PREFIX + "0", value("gone", 8000, "released"));
        Peer next = follower("b");
        seconds(60);
        assertThat(next.isLeader()).isFalse();

        world.store().deleteUntold(World.PREFIX + "0");

        world.runUntil(next::isLeader, LEASE);
    }
}
