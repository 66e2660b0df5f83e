package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P3, P4, P8 as others see it. */
abstract class WaitingScenarios extends Scenario {
    @Test
    void hearsWhoLeadsAndThatNobodyDoes() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        follower("c");
        leader.crash();

        world.store().revoke(leader.lease());
        settle();

        assertThat(follower.effects(Effect.Announce.class))
                .filteredOn(announce -> announce.state() == LeaderState.IS_NOT_LEADER)
                .extracting(announce ->
                        announce.leader() == null ? "" : announce.leader().id())
                .containsExactly("a", "");
    }

    /** P8: one commit hands over, and the successor leads on the event that tells of it. */
    @Test
    void leadsOnTheEventThatTellsOfTheRelease() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        hold(leader, Ask.RETIRE);
        leader.command(Command.Type.RESIGN);
        settle();
        long before = world.store().revision();

        leader.network().held(Ask.RETIRE).send();
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isEqualTo(World.LATENCY.multipliedBy(2));
        assertThat(world.store().revision())
                .as("word and deletion are one revision")
                .isEqualTo(before + 1);
        settle();
        assertThat(follower.token()).isLessThan(leader.place());
    }

    @Test
    void everyFollowerHearsOfTheSuccessorByTheSameEvent() {
        Peer leader = leader("a");
        Peer next = follower("b");
        Peer last = follower("c");

        leader.command(Command.Type.RESIGN);
        settle();

        assertThat(last.effects(Effect.Announce.class))
                .extracting(announce ->
                        announce.leader() == null ? "" : announce.leader().id())
                .containsExactly("a", "b");
        assertThat(next.isLeader()).isTrue();
    }

    @Test
    void losesItsPlaceWithItsKeyAndEntersAtTheTail() {
        leader("a");
        Peer follower = follower("b");
        Peer last = follower("c");

        world.store().delete(follower.key());
        settle();

        assertThat(follower.state()).isEqualTo(ElectionState.WAITING);
        assertThat(follower.place()).isGreaterThan(last.place());
    }

    @Test
    void entersAgainUnderANewLease() {
        leader("a");
        Peer follower = follower("b");
        String before = follower.key();

        follower.loseSession();
        seconds(1);

        assertThat(follower.key()).isNotEqualTo(before);
        assertThat(follower.found()).isNotNull();
    }

    @Test
    void neverLeadsByItsId() {
        Peer leader = leader("same");
        Peer follower = follower("same");

        seconds(30);

        assertThat(leader.isLeader()).isTrue();
        assertThat(follower.isLeader()).isFalse();
        assertThat(terms(follower)).isZero();
        assertThat(warnings(follower)).hasSize(1);
    }

    /** Its queue still shows its former place at the head. */
    @Test
    void neverLeadsByAFormerPlaceInItsOwnKey() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        leader.silence();

        leader.command(Command.Type.RESIGN);
        settle();
        assertThat(leader.found()).as("entered again").isNotNull();
        seconds(3);

        assertThat(follower.isLeader()).isTrue();
        assertThat(terms(leader)).isEqualTo(1);
    }

    @Test
    void onlyTheFirstAndTheSecondAreProven() {
        Peer leader = leader("a");
        Peer next = follower("b");
        Peer last = follower("c");

        seconds(20);

        assertThat(leader.beats()).hasSizeGreaterThan(5);
        assertThat(next.beats()).hasSizeGreaterThan(5);
        assertThat(last.beats()).isEmpty();
    }

    @Test
    void isProvenAtOnceWhenItBecomesTheSecond() {
        leader("a");
        Peer middle = follower("b");
        Peer last = follower("c");

        middle.command(Command.Type.EVICT);
        settle();

        assertThat(last.beats()).hasSize(1);
    }

    @Test
    void isProvenAtOnceWhenItBecomesTheFirst() {
        Peer leader = leader("a");
        Peer next = follower("b");
        seconds(1);
        int before = next.beats().size();
        leader.crash();

        world.store().delete(leader.key());
        settle();

        assertThat(next.beats()).hasSize(before + 1);
        assertThat(next.isLeader()).isFalse();
    }

    @Test
    void readsAgainWhenTheWatchEnds() {
        leader("a");
        Peer follower = follower("b");
        long reads = follower.requests(Ask.READ);

        follower.endWatch(Kind.COMPACTED);
        settle();

        assertThat(follower.requests(Ask.READ)).isEqualTo(reads + 1);
        assertThat(follower.state()).isEqualTo(ElectionState.WAITING);
    }

    @Test
    void leavesTheQueueWhenItResignsAndEntersAtTheTail() {
        leader("a");
        Peer follower = follower("b");
        Peer last = follower("c");

        long command = follower.command(Command.Type.RESIGN);
        settle();

        assertThat(follower.outcome(command)).isEqualTo("LEFT_QUEUE");
        assertThat(follower.place()).isGreaterThan(last.place());
    }

    /** P8: {@code released} says of everybody before that he is not valid. */
    @Test
    void saysNothingOfThoseBeforeItIfItIsNotFirst() {
        leader("a");
        Peer next = follower("b");

        next.command(Command.Type.EVICT);
        settle();

        assertThat(next.found()).isNull();
        assertThat(mark().released()).isZero();
    }

    @Test
    void leavesWithoutAWordIfNobodyCanTakeItForALeader() {
        leader("a");
        follower("b");
        Peer last = follower("c");
        MarkValue before = mark();

        last.command(Command.Type.EVICT);
        settle();

        assertThat(last.found()).isNull();
        assertThat(mark()).isEqualTo(before);
    }

    @Test
    void saysOnlyOfItselfThatItHasStoppedBeforeItsClaimsHavePassed() {
        Peer first = waitingOutTheMark("a");
        Peer next = follower("b");
        long place = first.place();

        first.command(Command.Type.RESIGN);
        settle();

        assertThat(mark().released()).isZero();
        assertThat(mark().stopped()).containsExactly(place);
        assertThat(next.isLeader()).isFalse();
    }

    @Test
    void releasesIfItCouldHaveLed() {
        Peer first = waitingOutTheMark("a");
        first.network().fault(Fault.LOST, Ask.BEAT);
        world.runFor(WAIT);
        Peer next = follower("b");
        assertThat(first.isLeader()).as("no beat is known to be committed").isFalse();
        long place = first.place();

        first.command(Command.Type.EVICT);
        settle();

        assertThat(mark().released()).isEqualTo(place);
        assertThat(next.isLeader()).isTrue();
    }

    @Test
    void aForeignHeadLeads() {
        world.store().put(World.PREFIX + "7", "a-go-member");

        Peer follower = follower("b");

        assertThat(follower.snapshot().leader())
                .isNotNull()
                .matches(leader -> leader.id().equals("a-go-member"));
    }

    @Test
    void whatElseIsInTheRangeIsNoCandidate() {
        world.store().put(World.PREFIX + "other/7", value("x", 8_000));
        world.store().put(World.PREFIX + "xyz", value("x", 8_000));
        world.store().put("/e.~something", value("x", 8_000));

        Peer member = leader("a");
        world.store().put("/e.~something", "else");
        seconds(1);

        assertThat(member.snapshot().candidates()).hasSize(1);
        assertThat(member.isLeader()).isTrue();
    }

    /** A word about what is not older than the mark itself comes from a history that was lost. */
    @Test
    void wordsThatCannotBeTrueAreNotObeyed() {
        Peer leader = leader("a");
        follower("b");

        say(new MarkValue(8_000, 4_711, List.of(4_712L)));
        seconds(1);

        assertThat(leader.isLeader()).isTrue();
    }
}
