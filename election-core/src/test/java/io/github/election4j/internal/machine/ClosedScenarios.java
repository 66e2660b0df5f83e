package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import org.junit.jupiter.api.Test;

abstract class ClosedScenarios extends Scenario {
    @Test
    void aLeaderStepsDownFirst() {
        Peer leader = leader("a");
        Peer follower = follower("b");

        leader.command(Command.Type.CLOSE);
        settle();

        assertThat(leader.state()).isEqualTo(ElectionState.CLOSED);
        assertThat(ends(leader)).containsExactly(ChangeReason.CLOSED);
        assertThat(leader.requests()).contains(Ask.RETIRE);
        assertThat(leader.effects()).contains(new Effect.Closed()).last().isEqualTo(new Effect.Ended());
        assertThat(follower.isLeader()).isTrue();
    }

    @Test
    void waitsForTheListeners() {
        Peer leader = leader("a");
        leader.listenersHang();

        leader.command(Command.Type.CLOSE);
        seconds(4);
        assertThat(leader.state()).isEqualTo(ElectionState.STEPPING_DOWN);
        leader.listenersReturn();
        settle();

        assertThat(leader.state()).isEqualTo(ElectionState.CLOSED);
    }

    @Test
    void theLastOneRemovesTheMarkFirst() {
        Peer leader = leader("a");

        leader.command(Command.Type.CLOSE);
        settle();

        assertThat(world.store().get(World.MARK)).isNull();
        assertThat(leader("b").isLeader()).isTrue();
    }

    @Test
    void comesInTimeEvenIfNobodyAnswers() {
        Peer leader = leader("a");
        leader.cut();
        leader.listenersHang();

        leader.command(Command.Type.CLOSE);
        world.runUntil(() -> leader.state() == ElectionState.CLOSED, STEP_DOWN.plus(REQUEST));

        assertThat(leader.isLeader()).isFalse();
    }

    @Test
    void aFollowerIsClosedWithinOneRequest() {
        leader("a");
        Peer follower = follower("b");
        follower.cut();

        follower.command(Command.Type.CLOSE);
        world.runUntil(() -> follower.state() == ElectionState.CLOSED, REQUEST);

        assertThat(follower.requests()).contains(Ask.RETIRE);
    }

    /** The lease is shared and lives on: a key that was left behind would block its queue for as long. */
    @Test
    void leavesNoKeyBehindThoughNobodyWaitsAnyMore() {
        leader("a");
        Peer follower = follower("b");
        follower.cut();
        follower.command(Command.Type.CLOSE);
        world.runUntil(() -> follower.state() == ElectionState.CLOSED, REQUEST);
        assertThat(follower.effects(Effect.Closed.class)).hasSize(1);
        assertThat(follower.effects(Effect.Ended.class)).isEmpty();

        follower.heal();
        seconds(10);

        assertThat(follower.found()).isNull();
        assertThat(follower.effects(Effect.Ended.class)).hasSize(1);
    }

    @Test
    void commandsThatWaitAreTold() {
        Peer leader = leader("a");
        leader.cut();
        long command = leader.command(Command.Type.RESIGN);

        leader.command(Command.Type.CLOSE);
        leader.command(Command.Type.CLOSE);
        world.runFor(STEP_DOWN.plus(REQUEST));

        assertThat(leader.outcome(command)).startsWith("failed: ");
        assertThat(leader.effects(Effect.Closed.class)).hasSize(1);
    }

    @Test
    void commandsThatStillHadTimeAreToldThatItIsClosed() {
        leader("a");
        Peer follower = follower("b");
        follower.cut();
        long command = follower.command(Command.Type.RESIGN);

        follower.command(Command.Type.CLOSE);
        world.runUntil(() -> follower.state() == ElectionState.CLOSED, REQUEST);

        assertThat(follower.outcome(command)).isEqualTo("failed: CLOSED");
    }

    @Test
    void followsTheQueueNoMore() {
        Peer member = closed();

        assertThat(member.effects(Effect.CloseWatch.class)).hasSize(1);
        assertThat(member.seat().auditQuestion()).isNull();
    }

    @Test
    void takesNoMoreCommands() {
        Peer member = closed();

        assertThat(member.outcome(member.command(Command.Type.RESIGN))).isEqualTo("failed: CLOSED");
        assertThat(member.outcome(member.command(Command.Type.EVICT))).isEqualTo("failed: CLOSED");
        assertThat(member.outcome(member.command(Command.Type.CANCEL_EVICT))).isEqualTo("failed: CLOSED");
        assertThat(member.outcome(member.command(Command.Type.CLOSE))).isEqualTo("pending");
    }

    @Test
    void wantsNothingMore() {
        Peer member = closed();
        int effects = member.effects().size();

        member.loseSession();
        seconds(30);

        assertThat(member.effects()).hasSize(effects);
        assertThat(member.seat().nextAlarm()).isEmpty();
    }

    @Test
    void takesBackAnEntryOfUnknownOutcomeFirst() {
        Peer member = world.peer("a");
        member.network().fault(Fault.REPLY_LOST, Ask.ENTER);
        member.start();
        world.runFor(REQUEST.minusMillis(500));

        member.command(Command.Type.CLOSE);
        seconds(2);

        assertThat(member.found()).isNull();
        assertThat(member.state()).isEqualTo(ElectionState.CLOSED);
    }

    /** H2: the place that was given up is none to lead by, whether or not its release was applied by then. */
    @Test
    void aPlaceThatWasGivenUpIsNotRevivedByWhoJoinsAgainUnderTheSameLease() {
        Peer member = leader("a");
        Peer other = veteran("b");
        long term = member.token();
        hold(member, Ask.RETIRE);
        member.command(Command.Type.CLOSE);
        settle();
        Network.Request late = member.network().held(Ask.RETIRE);

        member.rejoin();
        seconds(1);
        assertThat(member.isLeader()).isFalse();
        assertThat(member.place()).isGreaterThan(term);
        late.send();
        seconds(1);

        assertThat(mark().tells(term)).isTrue();
        assertThat(other.isLeader()).isTrue();
        assertThat(member.found()).isNotNull();
    }

    /** H3: who has known the election to be in use does not start it cleanly when it comes back. */
    @Test
    void whoJoinsAgainKnowsHowLongOthersMayLead() {
        Peer member = leader("a");
        Peer other = follower("b");
        hold(member, Ask.RETIRE);
        member.command(Command.Type.CLOSE);
        world.runUntil(() -> member.state() == ElectionState.CLOSED, STEP_DOWN.plus(REQUEST));
        other.crash();
        world.store().delete(World.MARK, member.key(), other.key());
        member.network().heal();

        member.rejoin();

        assertThat(world.runUntil(member::isLeader, LEASE)).isGreaterThanOrEqualTo(WAIT);
    }

    private Peer closed() {
        Peer member = leader("a");
        member.command(Command.Type.CLOSE);
        settle();
        assertThat(member.state()).isEqualTo(ElectionState.CLOSED);
        return member;
    }
}
