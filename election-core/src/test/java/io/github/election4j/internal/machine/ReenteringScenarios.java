package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** P7: who has followed the queue all along knows who came before it, and waits for those alone. */
abstract class ReenteringScenarios extends Scenario {
    private static final long LONG_MILLIS = 20_000;

    @Test
    void aLeaderAloneIsBackAtOnceIfItsKeyIsDeleted() {
        Peer leader = leader("a");
        long term = leader.token();

        world.store().delete(leader.key());
        settle();

        assertThat(leader.isLeader()).isTrue();
        assertThat(leader.token()).isGreaterThan(term);
    }

    /** The answers to its release and to its entry may come before the watch tells of either. */
    @Test
    void aLeaderThatResignsAloneIsBackAtOnceHoweverLateItsWatchIs() {
        Peer leader = leader("a");
        long term = leader.token();
        leader.silence();

        leader.command(Command.Type.RESIGN);
        settle();
        leader.heal();

        assertThat(world.runUntil(leader::isLeader, LEASE)).isLessThanOrEqualTo(MOMENT);
        assertThat(leader.token()).isGreaterThan(term);
    }

    @Test
    void aNewcomerDoesNotWaitForAFirstLeaderWhoseKeyIsDeleted() {
        Peer leader = leader("a");
        Peer newcomer = follower("b");

        world.store().delete(leader.key());

        assertThat(world.runUntil(newcomer::isLeader, LEASE)).isLessThanOrEqualTo(MOMENT);
    }

    @Test
    void theFormerLeaderDoesNotWaitIfItEntersBeforeTheNextInLine() {
        Peer leader = leader("a");
        Peer next = follower("b");
        hold(next, Ask.ENTER);
        world.store().delete(leader.key(), next.key());
        settle();
        assertThat(leader.found()).isNotNull();
        assertThat(leader.isLeader()).as("the next in line might have led").isFalse();

        next.network().heal();
        next.network().held(Ask.ENTER).send();

        assertThat(world.runUntil(leader::isLeader, LEASE)).isLessThanOrEqualTo(MOMENT);
    }

    @Test
    void whoCameAndWentUnseenIsWaitedOutAsSoonAsTheWatchTells() {
        Peer member = evictedWhoHasNotSeenWhoCameAndWent();

        member.heal();
        Duration took = world.runUntil(member::isLeader, Duration.ofSeconds(30));

        assertThat(took).isGreaterThan(Duration.ofMillis(LONG_MILLIS));
    }

    @Test
    void whoMayHaveComeAndGoneIsWaitedOutIfTheWatchEnds() {
        Peer member = evictedWhoHasNotSeenWhoCameAndWent();

        member.endWatch(Kind.UNAVAILABLE);
        Duration took = world.runUntil(member::isLeader, LEASE);

        assertThat(took).isGreaterThan(WAIT.minus(MOMENT).minus(MOMENT));
    }

    @Test
    void whoHasFollowedForLongLeadsAtOnce() {
        world.store().put(World.MARK, mark(8_000));
        Peer member = world.peer("o", Timing.of(LEASE), true).start();
        world.runFor(WAIT);

        member.command(Command.Type.CANCEL_EVICT);

        assertThat(world.runUntil(member::isLeader, LEASE)).isLessThanOrEqualTo(MOMENT);
    }

    /** Else nobody would claim for who stood before it, once that place is gone. */
    @Test
    void whoWasOnlySeenByTheEntryIsWaitedOutOnceItIsGone() {
        world.store().put(World.MARK, mark(8_000));
        Peer member = world.peer("o", Timing.of(LEASE), true).start();
        settle();
        member.silence();
        member.network().fault(Fault.LOST, Ask.AUDIT);
        Peer leader = world.peer("b").start();
        world.runFor(WAIT.plus(MOMENT));
        assertThat(leader.isLeader()).isTrue();
        member.command(Command.Type.CANCEL_EVICT);
        world.runFor(WAIT);

        leader.freeze();
        world.store().delete(leader.key());
        member.endWatch(Kind.UNAVAILABLE);

        assertThat(world.runUntil(member::isLeader, LEASE)).isGreaterThan(WAIT.minus(MOMENT));
    }

    private Peer evictedWhoHasNotSeenWhoCameAndWent() {
        world.store().put(World.MARK, mark(8_000));
        Peer member = world.peer("o", Timing.of(LEASE), true).start();
        world.runFor(WAIT);
        member.silence();
        world.store().delete(put("9", LONG_MILLIS));
        member.command(Command.Type.CANCEL_EVICT);
        settle();
        assertThat(member.found()).isNotNull();
        assertThat(member.isLeader()).isFalse();
        return member;
    }
}
