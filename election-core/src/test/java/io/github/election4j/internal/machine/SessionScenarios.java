package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ends a session, and what an election makes of it: P1, P13, clones, H6. */
abstract class SessionScenarios extends Scenario {
    @Test
    void aLostLeaseEndsTheTermAndIsFollowedByAnother() {
        Peer leader = leader("a");
        long lease = leader.lease();
        long place = leader.token();
        seconds(4);

        leader.loseSession();
        world.runUntil(() -> leader.found() != null, MOMENT);
        settle();

        assertThat(leader.lease()).isNotEqualTo(lease);
        assertThat(ends(leader)).containsExactly(ChangeReason.SESSION_LOST);
        assertThat(mark().released())
                .as("the word is owed, and told once the watch has told of the entry")
                .isEqualTo(place);
    }

    /** P13: etcd was restored, or emptied; a write finds its revisions gone back. */
    @Test
    void anotherHistoryEndsTheTermAndNoTermBeginsBeforeEveryEarlierOneIsOver() {
        Peer leader = leader("a");
        seconds(1);
        long lease = leader.lease();

        world.another(ModelStore::beginAnew);
        world.runUntil(() -> !leader.isLeader(), PERIOD.plus(MOMENT));
        assertThat(ends(leader)).containsExactly(ChangeReason.HISTORY_LOST);
        Duration took = world.runUntil(leader::isLeader, LEASE.plus(LEASE));

        assertThat(took).isGreaterThanOrEqualTo(WAIT);
        assertThat(leader.lease()).isNotEqualTo(lease);
        assertThat(mark().validityMillis()).isEqualTo(8_000);
    }

    /** Then the lease is found to be gone first. */
    @Test
    void isNoCleanStartInAStoreThatWasEmptied() {
        Peer leader = leader("a");
        seconds(1);

        world.another(ModelStore::beginEmpty);
        world.runUntil(() -> !leader.isLeader(), PERIOD.plus(MOMENT));
        Duration took = world.runUntil(leader::isLeader, LEASE.plus(LEASE));

        assertThat(took).isGreaterThanOrEqualTo(WAIT);
        assertThat(leader.sessionEffects(SessionEffect.Warn.class))
                .anyMatch(warning -> warning.message().contains("another history"));
    }

    /** Its owed words and its claims are of places that have never been there. */
    @Test
    void whatRestsOnTheFormerHistoryIsDropped() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        leader.network().fault(Fault.LOST, Ask.ENTER);
        world.store().delete(leader.key());
        settle();
        assertThat(leader.found()).isNull();

        world.another(ModelStore::beginAnew);
        leader.network().heal();
        seconds(6);

        assertThat(leader.found()).isNotNull();
        assertThat(follower.found()).isNotNull();
        assertThat(mark().stopped()).isEmpty();
        world.runUntil(() -> leader.isLeader() || follower.isLeader(), LEASE);
    }

    /** Its claims are of places that have never been there, and no word of this history is about them. */
    @Test
    void whoIsGoneInTheFormerHistoryIsNotWaitedForInTheNext() {
        world.store().put("/another", "");
        world.store().put("/another", "");
        Peer leader = leader("a");
        long former = leader.place();
        Peer next = veteran("b");
        leader.crash();
        world.store().delete(leader.key());
        settle();

        world.another(ModelStore::beginAnew);
        String first = put("9", 8_000);
        long place = place(first);
        assertThat(place).isLessThan(former);
        world.runUntil(() -> next.found() != null, PERIOD.plus(MOMENT));
        settle();
        assertThat(next.isLeader()).isFalse();
        say(new MarkValue(8_000, place, List.of()), first);

        assertThat(world.runUntil(next::isLeader, LEASE)).isLessThanOrEqualTo(MOMENT);
    }

    @Test
    void anotherClusterIsAnotherHistoryThoughItsRevisionsAreLarger() {
        Peer leader = leader("a");
        seconds(1);

        world.another(store -> store.beginAnewAsAnother(1_000));
        world.runUntil(() -> !leader.isLeader(), PERIOD.plus(MOMENT));

        assertThat(ends(leader)).containsExactly(ChangeReason.HISTORY_LOST);
        Duration took = world.runUntil(leader::isLeader, LEASE.plus(LEASE));
        assertThat(took).isGreaterThanOrEqualTo(WAIT);
    }

    /** A read that goes back may be one member of etcd that lags behind: a write tells. */
    @Test
    void aReadThatGoesBackOnlyMakesASessionAskByABeat() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        Peer third = follower("c");
        hold(third, Ask.AUDIT);
        world.runUntil(() -> third.network().holds(Ask.AUDIT), LEASE);
        int beats = third.beats().size();

        third.network().held(Ask.AUDIT).answer(new TxnResult(true, 1, List.of(), 7));
        settle();

        assertThat(third.beats()).as("a write, though nothing is covered").hasSize(beats + 1);
        assertThat(third.effects(Effect.CloseWatch.class)).isEmpty();
        assertThat(follower.isLeader()).isFalse();
        assertThat(leader.isLeader()).isTrue();
    }

    /** P4: somebody else writes this beat. The twin may hold the places on, so nothing is said of them. */
    @Test
    void aBeatThatThisProcessHasNeverSentTellsThatItWasCloned() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        long lease = leader.lease();
        long place = leader.token();

        world.store().put(leader.beat(), "sent by the twin", lease);
        world.runUntil(() -> !leader.isLeader(), PERIOD.plus(MOMENT));

        assertThat(ends(leader)).containsExactly(ChangeReason.SESSION_LOST);
        settle();
        assertThat(leader.lease()).isNotEqualTo(lease);
        assertThat(leader.found()).isNotNull();
        assertThat(mark().tells(place)).isFalse();
        assertThat(world.store().get(World.PREFIX + Long.toHexString(lease)))
                .as("the place is the twin's")
                .isNotNull();
        assertThat(follower.isLeader()).isFalse();
    }

    /** The twin may have led until then. */
    @Test
    void theFormerPlaceOfAProcessThatWasClonedIsWaitedOut() {
        Peer leader = leader("a");
        String place = leader.key();
        String beat = leader.beat();
        long lease = leader.lease();
        for (int i = 0; i < 5; i++) {
            world.store().put(beat, "sent by the twin " + i, lease);
            seconds(2.5);
        }
        assertThat(leader.lease()).isNotEqualTo(lease);
        assertThat(leader.isLeader()).isFalse();

        world.store().delete(place);
        Duration took = world.runUntil(leader::isLeader, LEASE);

        assertThat(took).isGreaterThan(WAIT.minusSeconds(3));
    }

    @Test
    void aBeatOfItsOwnThatIsAppliedLateIsNoTwins() {
        Peer leader = leader("a");
        hold(leader, Ask.BEAT);
        world.runUntil(() -> leader.network().holds(Ask.BEAT), PERIOD);
        Network.Request late = leader.network().held(Ask.BEAT);
        late.fail(Kind.UNAVAILABLE);
        leader.network().heal();
        settle();
        late.apply();

        seconds(20);

        assertThat(leader.isLeader()).isTrue();
        assertThat(terms(leader)).isEqualTo(1);
    }

    /** H6: permission withdrawn, say. The key would stand for ever under a living lease. */
    @Test
    void aFirstPlaceThatCanNeitherBeProvenNorRemovedGivesUpTheSession() {
        Peer leader = leader("a");
        long lease = leader.lease();
        leader.network().fault(Fault.DENIED, Ask.BEAT, Ask.RETIRE);
        seconds(1);

        world.runUntil(
                () -> !world.store().holds(lease), VALIDITY.multipliedBy(4).plus(LEASE));

        assertThat(world.store().get(World.PREFIX + Long.toHexString(lease))).isNull();
        seconds(1);
        assertThat(leader.lease()).isNotEqualTo(lease);
        assertThat(leader.sessionEffects(SessionEffect.Warn.class))
                .anyMatch(warning -> warning.message().contains("neither be proven nor removed"));
    }

    /** H6: it leaves by itself first, and somebody else may lead. */
    @Test
    void aFirstPlaceThatCannotBeProvenLeaves() {
        Peer first = waitingOutTheMark("a");
        first.network().fault(Fault.DENIED, Ask.BEAT);
        long place = first.place();

        world.runUntil(() -> first.found() == null, VALIDITY.multipliedBy(3).plus(LEASE));
        settle();

        assertThat(first.sessionEffects(SessionEffect.Warn.class)).isEmpty();
        assertThat(first.place()).isGreaterThan(place);
    }

    @Test
    void aGrantThatIsNotAnsweredIsAskedForAgain() {
        Peer member = world.peer("a");
        member.network().fault(Fault.LOST, Ask.GRANT);
        member.start();
        seconds(5);

        member.network().heal();

        world.runUntil(member::isLeader, REQUEST.plus(PERIOD).plus(MOMENT));
        assertThat(mark()).isEqualTo(new MarkValue(8_000, 0, List.of()));
    }
}
