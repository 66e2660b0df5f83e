package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import java.util.List;
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

        assertThat(leader.requests()).doesNotContain(Ask.RETIRE);
        assertThat(follower.isLeader()).isFalse();
        leader.listenersReturn();
        settle();
        assertThat(leader.requests(Ask.RETIRE)).isEqualTo(1);
        assertThat(follower.isLeader()).isTrue();
    }

    @Test
    void beatsGoOnWhileTheListenersRun() {
        Peer leader = leader("a");
        leader.listenersHang();
        leader.command(Command.Type.RESIGN);
        long before = revisionOf(leader.beat());

        seconds(4.5);

        assertThat(revisionOf(leader.beat())).isGreaterThan(before);
        assertThat(leader.isLeader()).isFalse();
    }

    @Test
    void sendsNoBeatAfterTheRelease() {
        Peer leader = leader("a");
        hold(leader, Ask.RETIRE);
        leader.command(Command.Type.RESIGN);
        settle();
        long before = revisionOf(leader.beat());

        seconds(5);

        assertThat(revisionOf(leader.beat())).isEqualTo(before);
    }

    /** S2: no guard on the former place holds once another can lead. */
    @Test
    void aReleaseThatIsAppliedLateHarmsNobody() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        hold(leader, Ask.RETIRE);
        leader.command(Command.Type.RESIGN);
        settle();
        Network.Request late = leader.network().held(Ask.RETIRE);
        leader.network().heal();
        world.store().delete(leader.key());
        late.fail(Kind.UNAVAILABLE);
        seconds(1);

        late.apply();
        seconds(1);

        assertThat(leader.found()).isNotNull();
        assertThat(follower.isLeader()).isTrue();
    }

    @Test
    void doesNotWaitForListenersBeyondTheStepDownTimeout() {
        Peer leader = leader("a");
        leader.listenersHang();
        leader.command(Command.Type.RESIGN);

        world.runFor(STEP_DOWN.minus(World.LATENCY));
        assertThat(leader.requests()).doesNotContain(Ask.RETIRE);
        world.runFor(World.LATENCY);

        assertThat(leader.requests()).contains(Ask.RETIRE);
        assertThat(warnings(leader)).hasSize(1);
    }

    @Test
    void listenersOfAnotherTermDoNotCount() {
        Peer leader = leader("a");
        leader.listenersHang();
        leader.command(Command.Type.RESIGN);

        leader.handle(new Input.ListenersReturned(1));
        settle();

        assertThat(leader.requests()).doesNotContain(Ask.RETIRE);
    }

    @Test
    void completesWhenTheKeyIsGone() {
        Peer leader = leader("a");
        hold(leader, Ask.RETIRE);

        long command = leader.command(Command.Type.RESIGN);
        seconds(1);
        assertThat(leader.outcome(command)).isEqualTo("pending");
        leader.network().held(Ask.RETIRE).send();
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
        long place = leader.place();
        leader.heal();
        seconds(5);
        assertThat(leader.place()).isGreaterThan(place);
    }

    @Test
    void asksAgainAfterAnUnknownOutcomeOfTheRelease() {
        Peer leader = leader("a");
        leader.network().fault(Fault.REPLY_LOST, Ask.RETIRE);
        leader.silence();

        long command = leader.command(Command.Type.EVICT);
        world.runFor(REQUEST.plus(MOMENT));
        leader.network().heal();
        seconds(3);

        assertThat(leader.outcome(command)).isEqualTo("RELEASED");
        assertThat(leader.found()).isNull();
    }

    /** The release may have been lost: its word is owed, for the next in line may wait. */
    @Test
    void tellsWithItsNextEntryWhatAReleaseOfUnknownOutcomeHasNotSaid() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        long term = leader.token();
        leader.network().fault(Fault.LOST, Ask.RETIRE);
        leader.command(Command.Type.RESIGN);
        settle();

        world.store().delete(leader.key());
        world.runUntil(() -> leader.found() != null, REQUEST.plus(MOMENT));

        assertThat(mark().tells(term)).isTrue();
        world.runUntil(follower::isLeader, MOMENT);
    }

    /** A store without space takes no put but takes a deletion; the successor waits, which is safe. */
    @Test
    void justDeletesWhenAFullStoreRefusesTheWord() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        MarkValue before = mark();
        leader.network().refusePuts();

        leader.command(Command.Type.EVICT);
        world.runUntil(() -> leader.found() == null, Duration.ofSeconds(1));

        assertThat(mark()).isEqualTo(before);
        seconds(1);
        assertThat(follower.isLeader()).isFalse();
        world.runUntil(follower::isLeader, WAIT);
    }

    @Test
    void isSaidAgainWithTheMarkAsItIsByThen() {
        Peer leader = leader("a");
        hold(leader, Ask.RETIRE);
        long term = leader.token();
        leader.command(Command.Type.EVICT);
        settle();
        Peer late = world.peer("b", Timing.of(Duration.ofSeconds(20)), false);
        follower(late);

        leader.network().heal();
        leader.network().held(Ask.RETIRE).send();
        settle();

        assertThat(leader.requests(Ask.RETIRE)).isEqualTo(2);
        assertThat(mark()).isEqualTo(new MarkValue(16_000, term, List.of()));
        assertThat(late.isLeader()).isTrue();
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
        assertThat(leader.requests()).doesNotContain(Ask.RETIRE);
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
        assertThat(leader.requests(Ask.RETIRE)).isEqualTo(1);
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
        assertThat(leader.place()).isGreaterThan(first);
    }

    @Test
    void losingTheSessionEndsIt() {
        Peer leader = leader("a");
        hold(leader, Ask.RETIRE);
        long command = leader.command(Command.Type.RESIGN);
        settle();

        leader.loseSession();
        settle();

        assertThat(leader.outcome(command)).isEqualTo("NOT_IN_QUEUE");
    }

    @Test
    void isOverWhenAnotherHasDeletedTheKey() {
        Peer leader = leader("a");
        hold(leader, Ask.RETIRE);
        long command = leader.command(Command.Type.EVICT);
        settle();

        world.store().delete(leader.key());
        leader.network().heal();
        leader.network().held(Ask.RETIRE).send();
        settle();

        assertThat(leader.outcome(command)).isEqualTo("NOT_IN_QUEUE");
        assertThat(leader.state()).isEqualTo(ElectionState.EVICTED);
    }
}
