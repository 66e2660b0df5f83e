package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Tag.Purpose;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.WatchEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7. */
abstract class HorizonScenarios extends Scenario {
    private static final Duration SHORT_LEASE = Duration.ofSeconds(2);
    private static final Duration SHORT_WAIT = Duration.ofMillis(1_760);

    @Test
    void waitsOutAHeadThatVanishedWithoutRelease() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        leader.freeze();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isBetween(WAIT.minus(MOMENT.multipliedBy(3)), WAIT);
        assertThat(leader.validUntil() - world.now())
                .as("validity of the other")
                .isNegative();
    }

    @Test
    void countsTheWaitFromTheLastPutOfTheHead() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        seconds(2);
        leader.freeze();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isLessThan(WAIT.minusSeconds(2));
    }

    @Test
    void waitsForNothingAfterANaturalExpiry() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        seconds(4);
        leader.crash();
        world.runFor(LEASE.minus(Duration.ofMillis(600)));

        world.store().revoke(leader.lease());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isLessThanOrEqualTo(World.LATENCY.multipliedBy(2));
    }

    @Test
    void doesNotWaitForAHolderThatSaysItHasStopped() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        long term = leader.token();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isLessThan(MOMENT);
        settle();
        assertThat(leader.found()).isNotNull().matches(found -> found.value().contains("\"stopped\":[" + term + "]"));
    }

    @Test
    void doesNotWaitForAHolderThatNeverLed() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        hold(follower, Purpose.ENTER);

        world.store().delete(leader.key());
        world.store().delete(follower.key());
        seconds(1);
        assertThat(leader.stateInStore()).isEqualTo(CandidateState.WAITING);
        follower.network().heal();
        follower.network().held(Purpose.ENTER).send();
        Duration took = world.runUntil(leader::isLeader, LEASE);

        assertThat(took).isLessThan(MOMENT);
    }

    @Test
    void waitsForTheListenersOfAHolderWhoseKeyVanished() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        leader.listenersHang();

        world.store().delete(leader.key());
        seconds(2);

        assertThat(follower.isLeader()).isFalse();
        leader.listenersReturn();
        settle();
        assertThat(follower.isLeader()).isTrue();
    }

    @Test
    void waitsOutLeadersThatMayHaveLedBeforeItCame() {
        world.store().put(World.MARK, "20000");
        Peer member = world.peer("a").start();

        Duration took = world.runUntil(member::isLeader, Duration.ofSeconds(30));

        assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void waitsOutLeadersThatMayHaveLedInAGapOfItsWatch() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        hold(follower, Purpose.READ_QUEUE);
        follower.endWatch(Kind.UNAVAILABLE);
        settle();
        leader.freeze();
        world.store().delete(leader.key());
        follower.network().heal();
        follower.network().held(Purpose.READ_QUEUE).send();

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

    /** c came while b waited, so it has claims of its own; b, whose wait is short, leads before they are over. */
    @Test
    void whoWritesLeadingInTheWatchEndsAllEarlierClaims() {
        world.store().put(World.MARK, "8000");
        Peer first = world.peer("b", SHORT_LEASE, false).start();
        seconds(6);
        Peer second = follower("c");
        world.runUntil(first::isLeader, LEASE);
        settle();
        first.freeze();

        world.store().delete(first.key());
        Duration took = world.runUntil(second::isLeader, LEASE);

        assertThat(took).isLessThanOrEqualTo(SHORT_WAIT);
    }

    @Test
    void whoWritesLeadingEndsTheClaimsOfKeysBeforeIt() {
        Peer first = leader("a");
        Peer second = world.peer("b", SHORT_LEASE, false).start();
        settle();
        Peer third = follower("c");
        seconds(1);
        first.freeze();
        long term = first.token();
        world.store().delete(first.key());
        seconds(1);
        // Somebody tells b, and c does not hear it: b leads before c's own claim is over.
        first.crash();
        second.step(new Input.WatchDelivered(1, List.of(stoppedFrom(term))));
        world.runUntil(second::isLeader, MOMENT);
        settle();
        second.freeze();

        world.store().delete(second.key());
        Duration took = world.runUntil(third::isLeader, LEASE);

        assertThat(took).isLessThanOrEqualTo(SHORT_WAIT);
    }

    @Test
    void whoReleasesInTheWatchEndsTheClaimsOfKeysBeforeIt() {
        Peer first = leader("a");
        Peer second = world.peer("b");
        hold(second, Purpose.HEARTBEAT);
        second.start();
        settle();
        Peer third = follower("c");
        long term = first.token();
        first.crash();
        world.store().delete(first.key());
        seconds(1);
        second.step(new Input.WatchDelivered(1, List.of(stoppedFrom(term))));

        second.command(Command.Type.EVICT);
        Duration took = world.runUntil(third::isLeader, LEASE);

        assertThat(second.requests()).contains(Purpose.RELEASE);
        assertThat(took).isLessThan(MOMENT);
    }

    @Test
    void whoSeesALiveLeaderAtItsStartHasNoClaims() {
        Peer leader = world.peer("a", SHORT_LEASE, false).start();
        world.runUntil(leader::isLeader, MOMENT);
        settle();
        world.store().put(World.MARK, "8000");
        Peer follower = follower("b");
        leader.freeze();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isLessThanOrEqualTo(SHORT_WAIT);
    }

    /** The one who released may have been followed by another, who led and is gone. */
    @Test
    void aReleasedKeyInARangeDoesNotEndTheClaimOfThatRange() {
        world.store().put(World.MARK, "8000");
        world.store().put(World.PREFIX + "7", value("gone", 8000, "released"));
        Peer member = follower("a");
        world.store().delete(World.PREFIX + "7");

        Duration took = world.runUntil(member::isLeader, LEASE);

        assertThat(took).isGreaterThanOrEqualTo(WAIT.minus(MOMENT));
    }

    @Test
    void aReleaseInTheWatchEndsTheClaimsOfTheRange() {
        Peer head = waitingOutTheMark("a");
        hold(head, Purpose.HEARTBEAT);
        seconds(5);
        Peer follower = follower("b");
        world.runFor(WAIT.minusSeconds(5).plus(MOMENT));

        head.command(Command.Type.EVICT);
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(head.requests()).contains(Purpose.RELEASE);
        assertThat(took).isLessThanOrEqualTo(MOMENT);
    }

    @Test
    void aHeadThatOnlyLeavesEndsNoClaims() {
        Peer head = waitingOutTheMark("a");
        seconds(5);
        Peer follower = follower("b");

        head.command(Command.Type.EVICT);
        Duration took = world.runUntil(follower::isLeader, LEASE);

        assertThat(took).isGreaterThanOrEqualTo(WAIT.minus(MOMENT.multipliedBy(2)));
    }

    @Test
    void theLargestValidityKnownCounts() {
        Peer leader = world.peer("a", Duration.ofSeconds(20), false).start();
        world.runUntil(leader::isLeader, MOMENT);
        Peer follower = follower("b");
        leader.freeze();

        world.store().delete(leader.key());
        Duration took = world.runUntil(follower::isLeader, Duration.ofSeconds(20));

        assertThat(took).isGreaterThan(Duration.ofSeconds(17));
    }

    @Test
    void aWaitingMemberThatVanishesFromTheMiddleClaimsNothing() {
        Peer leader = leader("a");
        Peer middle = follower("b");
        Peer last = follower("c");
        middle.freeze();
        world.store().delete(middle.key());
        settle();

        leader.command(Command.Type.EVICT);
        Duration took = world.runUntil(last::isLeader, LEASE);

        assertThat(took).isLessThan(MOMENT);
        settle();
        assertThat(last.stateInStore()).isEqualTo(CandidateState.LEADING);
    }

    private WatchEvent stoppedFrom(long term) {
        String value = "{\"id\":\"x\",\"addr\":\"\",\"validityMs\":0,\"state\":\"waiting\",\"stopped\":[" + term + "]}";
        long revision = 1_000;
        return new WatchEvent.Put(new KeyValue(World.PREFIX + "f", value, revision, revision, 0));
    }
}
