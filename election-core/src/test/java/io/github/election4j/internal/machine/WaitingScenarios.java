package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Tag.Purpose;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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

    @Test
    void takesOverInAMomentWhenTheLeaderResigns() {
        Peer leader = leader("a");
        Peer follower = follower("b");

        leader.command(Command.Type.RESIGN);
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isLessThanOrEqualTo(World.LATENCY.multipliedBy(5));
        settle();
        assertThat(follower.token())
                .isLessThan(Objects.requireNonNull(leader.found()).createRevision());
    }

    @Test
    void losesItsPlaceWithItsKeyAndEntersAtTheTail() {
        leader("a");
        Peer follower = follower("b");
        Peer last = follower("c");

        world.store().delete(follower.key());
        settle();

        assertThat(follower.state()).isEqualTo(ElectionState.WAITING);
        assertThat(Objects.requireNonNull(follower.found()).createRevision())
                .isGreaterThan(Objects.requireNonNull(last.found()).createRevision());
    }

    @Test
    void entersAgainUnderANewLease() {
        leader("a");
        Peer follower = follower("b");
        String before = follower.key();

        world.store().revoke(follower.lease());
        follower.sessionDown();
        follower.sessionUp();
        settle();

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
        assertThat(follower.effects(Effect.Warn.class)).hasSize(1);
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
    void onlyTheHeadAndTheNextInLineSendHeartbeats() {
        Peer leader = leader("a");
        Peer next = follower("b");
        Peer last = follower("c");

        seconds(20);

        assertThat(leader.requests(Purpose.HEARTBEAT)).isGreaterThan(5);
        assertThat(next.requests(Purpose.HEARTBEAT)).isGreaterThan(5);
        assertThat(last.requests(Purpose.HEARTBEAT)).isZero();
    }

    /** P6. The bound of the head's silence is 8 s here. */
    @Test
    void reopensTheWatchWhenItsOwnHeartbeatDoesNotComeBack() {
        world.random(0);
        leader("a");
        Peer next = follower("b");
        long before = next.effects(Effect.OpenWatch.class).size();

        next.silence();
        world.runUntil(() -> next.effects(Effect.OpenWatch.class).size() > before, Duration.ofSeconds(7));

        assertThat(next.effects(Effect.CloseWatch.class)).hasSize(1);
    }

    /** P6. It sends no heartbeats itself. */
    @Test
    void reopensTheWatchWhenTheHeadIsSilent() {
        leader("a");
        follower("b");
        Peer last = follower("c");
        long before = last.effects(Effect.OpenWatch.class).size();

        last.silence();
        world.runUntil(() -> last.effects(Effect.OpenWatch.class).size() > before, VALIDITY);

        assertThat(last.effects(Effect.CloseWatch.class)).hasSize(1);
    }

    /** P6. What else happens in the queue is no sign that the head lives. */
    @Test
    void findsOutThatTheHeadIsGoneThoughTheWatchTellsEverythingElse() {
        world.store().put(World.PREFIX + "0", value("gone", 8000, "waiting"));
        Peer next = follower("b");
        Peer last = follower("c");

        world.store().deleteUntold(World.PREFIX + "0");
        world.runUntil(next::isLeader, LEASE.plus(WAIT));

        assertThat(last.isLeader()).isFalse();
    }

    /** S2. Whatever its holder has sent under the guard of that key may still land. */
    @Test
    void aReleasedKeyStandsInTheWayUntilItIsDeleted() {
        Peer leader = leader("a");
        Peer next = follower("b");
        hold(leader, Purpose.DELETE);
        leader.command(Command.Type.EVICT);
        seconds(3);
        assertThat(leader.stateInStore()).isEqualTo(CandidateState.RELEASED);
        assertThat(next.isLeader()).isFalse();

        leader.network().held(Purpose.DELETE).send();
        world.runUntil(next::isLeader, World.LATENCY.multipliedBy(2));

        assertThat(leader.isLeader()).isFalse();
    }

    /** P6. Else a value that anybody may write would make every member read without end. */
    @Test
    void doesNotReadWithoutEndBecauseOfAnAbsurdlyShortValidity() {
        world.store().put(World.PREFIX + "0", "{\"id\":\"x\",\"validityMs\":1}");
        Peer member = follower("b");
        long before = member.effects(Effect.OpenWatch.class).size();

        seconds(60);

        assertThat(member.effects(Effect.OpenWatch.class).size() - before).isLessThanOrEqualTo(30);
    }

    @Test
    void doesNotReopenAWatchThatServes() {
        leader("a");
        Peer next = follower("b");
        Peer last = follower("c");

        seconds(60);

        assertThat(next.effects(Effect.CloseWatch.class)).isEmpty();
        assertThat(last.effects(Effect.CloseWatch.class)).isEmpty();
    }

    @Test
    void readsAgainWhenTheWatchEnds() {
        leader("a");
        Peer follower = follower("b");
        long reads = follower.requests(Purpose.READ_QUEUE);

        follower.endWatch(Kind.COMPACTED);
        settle();

        assertThat(follower.requests(Purpose.READ_QUEUE)).isEqualTo(reads + 1);
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
        assertThat(Objects.requireNonNull(follower.found()).createRevision())
                .isGreaterThan(Objects.requireNonNull(last.found()).createRevision());
    }

    @Test
    void leavesTheQueueWithoutAWordIfItCouldNotHaveLed() {
        leader("a");
        Peer next = follower("b");

        next.command(Command.Type.RESIGN);
        settle();

        assertThat(next.requests()).contains(Purpose.DELETE).doesNotContain(Purpose.RELEASE);
    }

    @Test
    void leavesTheHeadWithoutAWordBeforeItsHorizonHasPassed() {
        Peer head = waitingOutTheMark("a");

        head.command(Command.Type.RESIGN);
        settle();

        assertThat(head.requests()).contains(Purpose.DELETE).doesNotContain(Purpose.RELEASE);
    }

    @Test
    void leavesTheHeadWithAReleaseIfItCouldHaveLed() {
        Peer head = waitingOutTheMark("a");
        hold(head, Purpose.HEARTBEAT);
        world.runFor(WAIT.plus(MOMENT));
        assertThat(head.isLeader())
                .as("its heartbeat is not known to be committed")
                .isFalse();

        head.command(Command.Type.EVICT);
        settle();

        assertThat(head.requests()).containsSubsequence(Purpose.RELEASE, Purpose.DELETE);
    }

    @Test
    void aForeignHeadLeads() {
        world.store().put(World.PREFIX + "7", "a-go-member");

        Peer follower = follower("b");

        assertThat(follower.machine().snapshot().leader())
                .isNotNull()
                .matches(leader -> leader.id().equals("a-go-member"));
    }

    @Test
    void whatElseIsUnderThePrefixIsNoCandidate() {
        world.store().put(World.PREFIX + "other/7", value("x", 8000, "leading"));

        Peer member = leader("a");

        assertThat(member.machine().snapshot().candidates()).hasSize(1);
    }

    @Test
    void aHeadThatIsNotProvenDoesNotLead() {
        Peer member = world.peer("a");
        hold(member, Purpose.HEARTBEAT);

        member.start();
        seconds(3);

        assertThat(member.isLeader()).isFalse();
        assertThat(member.stateInStore()).isEqualTo(CandidateState.WAITING);
    }
}
