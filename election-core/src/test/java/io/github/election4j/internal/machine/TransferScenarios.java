package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.LeaderState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.EvictionValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** P8: a hand-over to a named member. */
abstract class TransferScenarios extends Scenario {
    @Test
    void theNamedOneLeadsAtOnceAndTheOthersWaitBehindIt() {
        Peer leader = leader("a");
        Peer second = veteran("b");
        Peer third = veteran("c");
        Peer named = veteran("d");

        long command = leader.transferTo("d");
        world.runUntil(named::isLeader, MOMENT);
        settle();

        assertThat(leader.outcome(command)).isEqualTo("TRANSFERRED");
        assertThat(ends(leader)).containsExactly(ChangeReason.TRANSFERRED);
        assertThat(leader.requests(Ask.RETIRE)).isEqualTo(1);
        assertThat(List.of(leader.place(), second.place(), third.place())).allMatch(place -> place > named.place());
    }

    @Test
    void thePlacesThatGaveWayNeverLed() {
        Peer leader = leader("a");
        veteran("b");
        Peer named = veteran("c");
        Peer observer = veteran("d");
        int before = observer.effects(Effect.Announce.class).size();

        leader.transferTo("c");
        settle();

        List<Effect.Announce> told = observer.effects(Effect.Announce.class);
        assertThat(told.subList(before, told.size())).singleElement().satisfies(change -> {
            assertThat(change.state()).isEqualTo(LeaderState.IS_NOT_LEADER);
            assertThat(Objects.requireNonNull(change.previous()).id()).isEqualTo("a");
            assertThat(Objects.requireNonNull(change.leader()).id()).isEqualTo(named.id());
        });
    }

    @Test
    void theNextOneIsNamed() {
        Peer leader = leader("a");
        Peer next = veteran("b");

        long command = leader.transferTo("b");
        world.runUntil(next::isLeader, MOMENT);

        settle();
        assertThat(leader.outcome(command)).isEqualTo("TRANSFERRED");
    }

    /** S4. */
    @Test
    void waitsForTheListeners() {
        Peer leader = leader("a");
        veteran("b");
        Peer named = veteran("c");
        leader.listenersHang();

        leader.transferTo("c");
        seconds(1);
        assertThat(named.isLeader()).isFalse();
        leader.listenersReturn();

        world.runUntil(named::isLeader, MOMENT);
    }

    @Test
    void isRefusedWhereItIsNotPossibleAndChangesNothing() {
        Peer leader = leader("a");
        Peer next = follower("b");
        world.store().put(new ElectionKeys(World.KEY).eviction("b"), new EvictionValue("", "", 0, 0).text());
        world.store().put(World.PREFIX + "f1", "foreign");
        Peer behind = follower("c");

        List<Long> refused = List.of(
                leader.transferTo("a"),
                leader.transferTo("b"),
                leader.transferTo("c"),
                leader.transferTo("foreign"),
                leader.transferTo("nobody"),
                behind.transferTo("a"));

        assertThat(refused.subList(0, 5)).extracting(leader::outcome).containsOnly("failed: REFUSED");
        assertThat(behind.outcome(refused.get(5))).isEqualTo("failed: REFUSED");
        assertThat(leader.isLeader()).isTrue();
        assertThat(next.isLeader()).isFalse();
    }

    /** The next in the queue leads, and the answer does not claim more. */
    @Test
    void theNamedOneIsGoneWhenTheListenersHaveReturned() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        Peer named = veteran("c");
        leader.listenersHang();
        long command = leader.transferTo("c");
        settle();

        named.command(Command.Type.EVICT);
        settle();
        leader.listenersReturn();
        world.runUntil(next::isLeader, MOMENT);
        settle();

        assertThat(leader.outcome(command)).isEqualTo("RELEASED");
    }

    /** Somebody between the two leaves in the instant of the release: what is sent is as of a queue that is no more. */
    @Test
    void isSentAgainWhenTheQueueHasChangedMeanwhile() {
        Peer leader = leader("a");
        Peer between = veteran("b");
        Peer named = veteran("c");
        hold(leader, Ask.RETIRE);
        long command = leader.transferTo("c");
        settle();

        between.command(Command.Type.EVICT);
        settle();
        leader.network().heal();
        leader.network().held(Ask.RETIRE).send();
        world.runUntil(named::isLeader, MOMENT);
        settle();

        assertThat(leader.outcome(command)).isEqualTo("TRANSFERRED");
    }

    /** A watch that has lost why it was refused does not keep anybody from leading. */
    @Test
    void releasesAllTheSameWhereTheWatchDoesNotTellOfAChange() {
        Peer leader = leader("a");
        Peer between = veteran("b");
        Peer named = veteran("c");
        leader.silence();
        world.store().delete(between.key());
        settle();

        long command = leader.transferTo("c");
        settle();
        assertThat(named.isLeader()).isFalse();
        world.runUntil(named::isLeader, Duration.ofSeconds(2));
        settle();

        assertThat(leader.outcome(command)).isEqualTo("RELEASED");
    }

    @Test
    void anAnswerThatIsLostClaimsNoMoreThanARelease() {
        Peer leader = leader("a");
        veteran("b");
        Peer named = veteran("c");
        leader.network().fault(Fault.REPLY_LOST, Ask.RETIRE);

        long command = leader.transferTo("c");
        world.runUntil(named::isLeader, REQUEST);
        leader.network().heal();
        seconds(5);

        assertThat(leader.outcome(command)).isEqualTo("RELEASED");
        assertThat(leader.place()).isGreaterThan(named.place());
    }

    /** Of a later term nobody has said to whom it goes. */
    @Test
    void aTransferThatFailedIsForgottenWithItsTerm() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        Peer last = veteran("c");
        leader.listenersHang();
        leader.transferTo("c");
        world.store().delete(leader.key());
        settle();
        leader.listenersReturn();
        world.runUntil(next::isLeader, WAIT);
        settle();

        next.command(Command.Type.RESIGN);
        world.runUntil(last::isLeader, WAIT);
        last.command(Command.Type.RESIGN);
        world.runUntil(leader::isLeader, WAIT);
        long resign = leader.command(Command.Type.RESIGN);
        settle();

        assertThat(leader.outcome(resign)).isEqualTo("RELEASED");
    }

    @Test
    void aFailureOfTheStoreDelaysIt() {
        Peer leader = leader("a");
        veteran("b");
        Peer named = veteran("c");
        leader.network().fault(Fault.LOST, Ask.RETIRE);
        leader.transferTo("c");
        seconds(1);
        assertThat(named.isLeader()).isFalse();

        leader.network().heal();

        world.runUntil(named::isLeader, REQUEST.plusSeconds(2));
    }
}
