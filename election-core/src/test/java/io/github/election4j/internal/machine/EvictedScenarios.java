package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class EvictedScenarios extends Scenario {
    @Test
    void staysOut() {
        Peer member = evictedLeader("a");

        seconds(30);

        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
        assertThat(member.found()).isNull();
        assertThat(member.snapshot().evicted()).isTrue();
    }

    @Test
    void staysOutAcrossTheLossOfTheSession() {
        Peer member = evictedLeader("a");

        member.loseSession();
        seconds(30);

        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
        assertThat(member.found()).isNull();
    }

    @Test
    void staysOutIfTheSessionIsLostWhileItStepsDown() {
        Peer member = leader("a");
        member.listenersHang();
        member.command(Command.Type.EVICT);

        member.loseSession();
        member.listenersReturn();
        seconds(5);

        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
        assertThat(member.found()).isNull();
    }

    @Test
    void aSecondEvictionWaitsForTheFirst() {
        Peer member = leader("a");
        member.listenersHang();
        long first = member.command(Command.Type.EVICT);

        long second = member.command(Command.Type.EVICT);
        seconds(1);
        assertThat(member.outcome(second)).isEqualTo("pending");

        member.listenersReturn();
        settle();
        assertThat(member.outcome(first)).isEqualTo("RELEASED");
        assertThat(member.outcome(second)).isEqualTo("RELEASED");
    }

    @Test
    void followsTheElection() {
        Peer member = evictedLeader("a");

        Peer other = leader("b");

        assertThat(member.snapshot().leader())
                .isNotNull()
                .matches(leader -> leader.id().equals(other.id()));
    }

    @Test
    void returnsWhenTheEvictionIsCancelled() {
        Peer member = evictedLeader("a");

        long command = member.command(Command.Type.CANCEL_EVICT);
        settle();

        assertThat(member.outcome(command)).isEqualTo("REJOINED");
        assertThat(member.isLeader()).isTrue();
    }

    @Test
    void aFollowerLeavesTheQueue() {
        leader("a");
        Peer member = follower("b");

        long command = member.command(Command.Type.EVICT);
        settle();

        assertThat(member.outcome(command)).isEqualTo("LEFT_QUEUE");
        assertThat(member.found()).isNull();
    }

    @Test
    void commandsThatChangeNothingSaySo() {
        Peer member = evictedLeader("a");

        assertThat(member.outcome(member.command(Command.Type.EVICT))).isEqualTo("ALREADY_EVICTED");
        assertThat(member.outcome(member.command(Command.Type.RESIGN))).isEqualTo("NOT_IN_QUEUE");
        member.command(Command.Type.CANCEL_EVICT);
        assertThat(member.outcome(member.command(Command.Type.CANCEL_EVICT))).isEqualTo("NOT_EVICTED");
    }

    @Test
    void anEvictionSupersedesACancellationThatHasNotTakenEffect() {
        Peer member = evictedLeader("a");
        hold(member, Ask.ENTER);
        long cancel = member.command(Command.Type.CANCEL_EVICT);

        member.command(Command.Type.EVICT);

        assertThat(member.outcome(cancel)).isEqualTo("failed: SUPERSEDED");
    }

    @Test
    void asksWhetherAnEntryOfUnknownOutcomeTookEffectAndTakesItBack() {
        Peer member = world.peer("a");
        member.network().fault(Fault.REPLY_LOST, Ask.ENTER);
        member.start();
        settle();

        long command = member.command(Command.Type.EVICT);
        assertThat(member.outcome(command)).isEqualTo("pending");
        world.runFor(REQUEST.plus(MOMENT));

        assertThat(member.found()).isNull();
        assertThat(member.outcome(command)).isEqualTo("LEFT_QUEUE");
    }

    @Test
    void asksEvenIfItsWatchTellsNothing() {
        Peer member = world.peer("a");
        hold(member, Ask.ENTER);
        member.start();
        settle();
        member.silence();
        member.network().held(Ask.ENTER).apply();
        member.network().held(Ask.ENTER).fail(Kind.UNAVAILABLE);
        world.runFor(World.LATENCY);

        long command = member.command(Command.Type.EVICT);
        seconds(1);

        assertThat(member.requests()).contains(Ask.ASK);
        assertThat(member.outcome(command)).isEqualTo("LEFT_QUEUE");
        assertThat(member.found()).isNull();
    }

    @Test
    void takesBackAnEntryThatTakesEffectLate() {
        Peer member = world.peer("a");
        hold(member, Ask.ENTER);
        member.start();
        settle();
        member.network().held(Ask.ENTER).fail(Kind.UNAVAILABLE);
        long command = member.command(Command.Type.EVICT);
        seconds(1);
        assertThat(member.outcome(command)).isEqualTo("NOT_IN_QUEUE");

        member.network().held(Ask.ENTER).apply();
        assertThat(member.found()).isNotNull();
        settle();

        assertThat(member.found()).isNull();
    }

    private Peer evictedLeader(String id) {
        Peer member = leader(id);
        member.command(Command.Type.EVICT);
        settle();
        assertThat(member.found()).isNull();
        return member;
    }

    @Test
    void isSteppingDownUntilItsPlaceIsGone() {
        leader("a");
        Peer follower = follower("b");
        hold(follower, Ask.RETIRE);

        follower.command(Command.Type.EVICT);
        settle();
        assertThat(follower.state()).isEqualTo(ElectionState.STEPPING_DOWN);
        follower.network().held(Ask.RETIRE).send();
        settle();

        assertThat(follower.state()).isEqualTo(ElectionState.EVICTED);
    }

    /** Others may act on the word already, whether or not it is known to be told. */
    @Test
    void aPlaceThatIsBeingGivenUpIsNoneToReturnTo() {
        Peer member = world.peer("a");
        hold(member, Ask.ENTER, Ask.RETIRE);
        member.start();
        settle();
        member.command(Command.Type.EVICT);
        member.network().held(Ask.ENTER).send();
        settle();
        long place = member.place();
        assertThat(member.network().holds(Ask.RETIRE)).isTrue();

        member.command(Command.Type.CANCEL_EVICT);
        member.network().heal();
        member.network().held(Ask.RETIRE).fail(Kind.UNAVAILABLE);
        seconds(1);

        assertThat(member.place()).isGreaterThan(place);
    }

    /** Its watch is silent, but the answer to its first attempt has told that nobody before it is valid. */
    @Test
    void whoHasNobodyBeforeItSaysSo() {
        String before = put("9", 8_000);
        long earlier = place(before);
        Peer member = follower("a");
        long place = member.place();
        world.store().delete(before);
        settle();
        member.silence();
        say(new MarkValue(8_000, earlier, List.of()));

        member.command(Command.Type.EVICT);
        settle();

        assertThat(member.found()).isNull();
        assertThat(mark().released()).isEqualTo(place);
    }
}
