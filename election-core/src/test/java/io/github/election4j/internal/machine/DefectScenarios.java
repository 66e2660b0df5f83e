package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A machine that throws, which only a defect makes it do: here, an answer in which the operations are missing. */
abstract class DefectScenarios extends Scenario {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Test
    void endsTheTermAndTellsSo() {
        Peer leader = leader("a");
        long term = leader.token();

        makeThrow(leader);

        assertThat(leader.isLeader()).isFalse();
        assertThat(leader.effects(Effect.Defect.class)).hasSize(1);
        assertThat(ends(leader)).containsExactly(ChangeReason.DEFECT);
        assertThat(leader.effects(Effect.Announce.class)).last().satisfies(told -> {
            assertThat(told.state()).isEqualTo(LeaderState.RETIRE_FROM_LEADER);
            assertThat(told.token()).isEqualTo(term);
            assertThat(told.reason()).isEqualTo(ChangeReason.DEFECT);
        });
    }

    @Test
    void givesUpTheKeyAndEntersAgain() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        long term = leader.token();

        makeThrow(leader);
        world.runUntil(follower::isLeader, PAUSE.plus(MOMENT));
        settle();

        assertThat(leader.place()).isGreaterThan(follower.token());
        assertThat(mark().stopped()).contains(term);
        assertThat(leader.state()).isEqualTo(ElectionState.WAITING);
        assertThat(leader.effects(Effect.Defect.class)).hasSize(1);
    }

    /** S4. */
    @Test
    void doesNotGiveUpTheKeyBeforeTheListenersHaveReturned() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        long term = leader.token();
        leader.listenersHang();

        makeThrow(leader);
        seconds(4);
        assertThat(leader.place()).isEqualTo(term);
        assertThat(follower.isLeader()).isFalse();
        leader.listenersReturn();

        world.runUntil(follower::isLeader, PAUSE.plus(MOMENT));
    }

    @Test
    void doesNotWaitForListenersForEver() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        leader.listenersHang();

        makeThrow(leader);

        world.runUntil(follower::isLeader, STEP_DOWN.plus(MOMENT));
    }

    @Test
    void leadsAgainWithALargerTokenIfItIsAlone() {
        Peer leader = leader("a");
        long term = leader.token();

        makeThrow(leader);
        world.runUntil(leader::isLeader, PAUSE.plus(WAIT).plus(MOMENT));

        assertThat(leader.token()).isGreaterThan(term);
        seconds(30);
        assertThat(leader.isLeader()).isTrue();
    }

    @Test
    void provesNothingMeanwhile() {
        Peer leader = leader("a");
        leader.listenersHang();
        makeThrow(leader);
        int beats = leader.beats().size();

        seconds(4.5);

        assertThat(leader.beats()).hasSize(beats);
    }

    @Test
    void commandsThatWaitAreAnswered() {
        Peer leader = leader("a");
        hold(leader, Ask.RETIRE);
        long command = leader.command(Command.Type.RESIGN);
        settle();

        leader.network().held(Ask.RETIRE).answer(nothing());

        assertThat(leader.outcome(command)).isEqualTo("failed: STORE");
    }

    @Test
    void staysOutIfItWasEvictedMeanwhile() {
        Peer leader = leader("a");
        makeThrow(leader);

        leader.command(Command.Type.EVICT);
        seconds(30);

        assertThat(leader.snapshot().evicted()).isTrue();
        assertThat(leader.state()).isEqualTo(ElectionState.EVICTED);
        assertThat(leader.found()).isNull();
    }

    @Test
    void commandsThatComeMeanwhileAreAnswered() {
        Peer leader = leader("a");
        makeThrow(leader);

        List<Long> commands = List.of(leader.command(Command.Type.EVICT), leader.command(Command.Type.CANCEL_EVICT));
        seconds(30);

        assertThat(commands).extracting(leader::outcome).doesNotContain("pending");
    }

    @Test
    void closesIfItIsClosedMeanwhile() {
        Peer leader = leader("a");
        makeThrow(leader);

        leader.command(Command.Type.CLOSE);
        seconds(5);

        assertThat(leader.state()).isEqualTo(ElectionState.CLOSED);
        assertThat(leader.effects(Effect.Closed.class)).hasSize(1);
        assertThat(leader.found()).isNull();
    }

    @Test
    void survivesTheLossOfTheSessionMeanwhile() {
        Peer leader = leader("a");
        makeThrow(leader);

        leader.loseSession();
        seconds(2);

        assertThat(leader.found()).isNotNull();
        world.runUntil(leader::isLeader, LEASE);
    }

    /** Nobody removes it then, and so nobody else would tell. */
    @Test
    void tellsThatItsTermHasEndedThoughTheKeyIsGoneMeanwhile() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        long term = leader.token();
        makeThrow(leader);

        world.store().delete(leader.key());
        world.runUntil(follower::isLeader, PAUSE.plus(MOMENT));

        assertThat(mark().tells(term)).isTrue();
    }

    @Test
    void restsThoughTheListenersHaveReturned() {
        Peer leader = leader("a");
        makeThrow(leader);
        int requests = leader.requests().size();

        world.runFor(PAUSE.minus(World.LATENCY));
        assertThat(leader.requests()).hasSize(requests);
        settle();

        assertThat(leader.requests()).hasSizeGreaterThan(requests);
    }

    /** What the former machine has asked for is no answer to what the next one asks. */
    @Test
    void doesNotTakeTheAnswersToTheFormerMachine() {
        leader("a");
        Peer follower = follower("b");
        hold(follower, Ask.RETIRE);
        follower.command(Command.Type.RESIGN);
        Network.Request late = follower.network().held(Ask.RETIRE);
        TxnResult answer = world.store().commit(late.txn());
        makeThrow(follower);
        hold(follower, Ask.RETIRE);
        world.runFor(PAUSE.plus(MOMENT));
        long place = follower.place();
        long command = follower.command(Command.Type.RESIGN);
        assertThat(follower.network().held(Ask.RETIRE)).isNotSameAs(late);

        late.answer(answer);
        settle();

        assertThat(follower.outcome(command)).isEqualTo("pending");
        assertThat(follower.place()).isEqualTo(place);
    }

    @Test
    void restsBeforeItTriesAgain() {
        Peer member = world.peer("a");
        hold(member, Ask.ENTER);
        member.start();
        settle();
        for (int i = 0; i < 10; i++) {
            member.network().held(Ask.ENTER).answer(nothing());
            world.runFor(PAUSE.plus(MOMENT));
        }

        assertThat(member.effects(Effect.Defect.class)).hasSize(10);
        member.network().heal();
        world.runFor(PAUSE);
    }

    /** Its watch is ended, and it reads again; there the answer has nothing in it. */
    private void makeThrow(Peer peer) {
        peer.network().fault(Fault.HELD, Ask.READ);
        peer.endWatch(Kind.UNAVAILABLE);
        world.runUntil(() -> peer.network().holds(Ask.READ), MOMENT);
        peer.network().heal();
        peer.network().held(Ask.READ).answer(nothing());
        assertThat(peer.effects(Effect.Defect.class)).isNotEmpty();
    }

    private TxnResult nothing() {
        return new TxnResult(false, world.store().revision(), List.of(), 7);
    }
}
