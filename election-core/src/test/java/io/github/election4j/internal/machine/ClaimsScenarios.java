package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7: no term while an earlier leader might still be valid. */
abstract class ClaimsScenarios extends Scenario {
    private static final Duration ALMOST = WAIT.minus(MOMENT.multipliedBy(2));

    @Test
    void waitsOutLeadersThatMayHaveLedBeforeItCame() {
        world.store().put(World.MARK, mark(20_000));
        Peer member = world.peer("a");
        hold(member, Ask.READ); // Only the entry tells.
        member.start();

        Duration took = world.runUntil(member::isLeader, Duration.ofSeconds(30));

        assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void waitsAsLongAsTheLongestValidityThatStandsSays() {
        world.store().put(World.MARK, mark(8_000));
        String other = put("7", 20_000);
        Peer member = world.peer("a");
        hold(member, Ask.READ); // Only the entry tells.
        follower(member);
        world.store().delete(other);

        Duration took = world.runUntil(member::isLeader, Duration.ofSeconds(30));

        assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(22).minus(MOMENT));
    }

    /** Who stood first then, or whoever came after it, says that nobody before it is valid. */
    @Test
    void theClaimOfAnEntryFallsByAReleaseOfWhoWasFirstThen() {
        world.store().put(World.MARK, mark(8_000));
        String first = put("7", 8_000);
        Peer member = follower("a");

        say(new MarkValue(8_000, place(first), List.of()), first);

        assertThat(world.runUntil(member::isLeader, LEASE)).isLessThanOrEqualTo(World.LATENCY.multipliedBy(2));
    }

    /** It may have been second at most, and the one before it lead on. */
    @Test
    void theClaimOfAnEntryDoesNotFallByTheWordThatTheFirstHasStopped() {
        world.store().put(World.MARK, mark(8_000));
        String first = put("7", 8_000);
        Peer member = follower("a");

        say(new MarkValue(8_000, 0, List.of(place(first))), first);

        assertThat(world.runUntil(member::isLeader, LEASE)).isGreaterThanOrEqualTo(ALMOST);
    }

    @Test
    void theClaimOfAnEntryDoesNotFallByTheReleaseOfAnOlderPlace() {
        world.store().put(World.MARK, mark(8_000));
        String first = put("7", 8_000);
        Peer member = follower("a");

        say(new MarkValue(8_000, place(first) - 1, List.of(place(first))), first);

        assertThat(world.runUntil(member::isLeader, LEASE)).isGreaterThanOrEqualTo(ALMOST);
    }

    @Test
    void waitsOutAHeadThatVanishedWithoutAWord() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        follower.network().fault(Fault.LOST, Ask.PAST);
        leader.freeze();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isEqualTo(WAIT.plus(World.LATENCY));
        assertThat(leader.isLeader()).isFalse();
    }

    /** A crash costs from the last beat, not from the deletion. */
    @Test
    void countsFromTheLastBeatIfNoneCameAfterIt() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        long beats = leader.beats().size();
        world.runUntil(() -> leader.beats().size() > beats, PERIOD);
        seconds(2);
        leader.freeze();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(follower.requests()).contains(Ask.PAST);
        assertThat(took).isEqualTo(WAIT.minusSeconds(2).plus(World.LATENCY.multipliedBy(2)));
        assertThat(leader.isLeader()).isFalse();
    }

    /** The watch of the beat has not told of the last one. */
    @Test
    void doesNotCountFromABeatThatWasNotTheLast() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        hold(follower, Ask.PAST);
        seconds(2);
        leader.freeze();

        world.store().delete(leader.key());
        settle();
        world.store().put(leader.beat(), "a beat that nobody has heard of", leader.lease());
        follower.network().held(Ask.PAST).answer(world.store().commit(Transactions.ask(leader.beat())));
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isGreaterThanOrEqualTo(ALMOST);
    }

    @Test
    void doesNotCountFromTheLastBeatIfThePastIsCompacted() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        seconds(2);
        leader.freeze();

        world.store().delete(leader.key());
        world.store().put("/elsewhere", "x");
        world.store().compact();
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(follower.requests()).contains(Ask.PAST);
        assertThat(took).isGreaterThanOrEqualTo(ALMOST);
    }

    @Test
    void doesNotAskForAPastOfWhichItKnowsNothing() {
        Peer leader = leader("a");
        Peer follower = world.peer("b");
        follower.network().fault(Fault.LOST, Ask.READ_BEAT);
        veteran(follower);
        leader.freeze();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(follower.requests()).doesNotContain(Ask.PAST);
        assertThat(took).isGreaterThanOrEqualTo(ALMOST);
    }

    @Test
    void asksForNoPastWhereAWordHasSaidAll() {
        Peer leader = leader("a");
        Peer follower = veteran("b");

        leader.command(Input.Command.Type.RESIGN);
        settle();

        assertThat(follower.isLeader()).isTrue();
        assertThat(follower.requests()).doesNotContain(Ask.PAST);
    }

    @Test
    void doesNotWaitForAHolderThatSaysItHasStopped() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        long term = leader.token();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isLessThanOrEqualTo(World.LATENCY.multipliedBy(5));
        settle();
        assertThat(leader.found()).isNotNull();
        assertThat(mark().released()).isEqualTo(term);
    }

    @Test
    void waitsForTheListenersOfAHolderWhoseKeyVanished() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        leader.listenersHang();

        world.store().delete(leader.key());
        seconds(2);

        assertThat(follower.isLeader()).isFalse();
        leader.listenersReturn();
        settle();
        assertThat(follower.isLeader()).isTrue();
    }

    /** A word is true whenever it comes: before the place is seen to vanish too. */
    @Test
    void aWordCountsThoughItComesFirst() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        leader.freeze();
        say(new MarkValue(8_000, 0, List.of(leader.place())));
        settle();
        leader.crash();

        world.store().delete(leader.key());

        assertThat(world.runUntil(follower::isLeader, LEASE)).isLessThanOrEqualTo(World.LATENCY.multipliedBy(2));
    }

    /** The second has never led, and says so all the same. */
    @Test
    void theThirdDoesNotWaitWhenTheFirstTwoVanishTogetherAndSayThatTheyHaveStopped() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        Peer third = veteran("c");

        world.store().delete(leader.key(), follower.key());

        assertThat(world.runUntil(third::isLeader, LEASE)).isLessThanOrEqualTo(MOMENT);
    }

    @Test
    void claimsForEveryPlaceThatWasAheadOfTheFirstThatIsLeft() {
        Peer leader = leader("a");
        Peer second = world.peer("b", Timing.of(Duration.ofSeconds(20)), false);
        follower(second);
        Peer third = veteran("c");
        leader.freeze();
        second.freeze();

        world.store().delete(leader.key(), second.key());
        Duration took = world.runUntil(third::isLeader, Duration.ofSeconds(20));

        assertThat(took).as("the second might have led since").isGreaterThan(Duration.ofSeconds(17));
    }

    @Test
    void aPlaceThatVanishesBehindTheFirstClaimsNothing() {
        Peer leader = leader("a");
        Peer middle = follower("b");
        Peer last = follower("c");
        middle.crash();
        world.store().delete(middle.key());
        settle();

        leader.command(Input.Command.Type.EVICT);

        assertThat(world.runUntil(last::isLeader, LEASE)).isLessThan(MOMENT);
    }

    @Test
    void waitsOutLeadersThatVanishedInAGapOfItsWatch() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        hold(follower, Ask.READ);
        follower.endWatch(Kind.UNAVAILABLE);
        settle();
        leader.freeze();
        world.store().delete(leader.key());
        follower.network().heal();
        follower.network().held(Ask.READ).send();

        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isGreaterThanOrEqualTo(WAIT);
    }

    @Test
    void makesNoClaimWhenTheHeadIsTheSameAcrossAGap() {
        Peer head = waitingOutTheMark("a");
        seconds(5);

        head.endWatch(Kind.UNAVAILABLE);
        world.runUntil(head::isLeader, Duration.ofSeconds(4));

        assertThat(world.elapsed()).isBetween(WAIT, WAIT.plus(MOMENT));
    }

    /** H3. As a prefix without its slash does it; members enter again by themselves. */
    @Test
    void isNoCleanStartWhereQueueAndMarkAreWipedAtOnce() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        leader.freeze();

        world.store().delete(World.MARK, leader.key(), follower.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isGreaterThanOrEqualTo(ALMOST);
        assertThat(leader.isLeader()).isFalse();
        assertThat(mark().validityMillis()).isEqualTo(8_000);
    }
}
