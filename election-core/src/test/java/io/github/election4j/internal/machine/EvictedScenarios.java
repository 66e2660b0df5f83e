package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.spi.StoreException.Kind;
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
}
