package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7: T4 takes the mark along, T5 writes it again, and whoever knows of a longer validity raises it. */
abstract class MarkScenarios extends Scenario {
    @Test
    void isTakenAlongByTheLastOne() {
        Peer member = leader("a");

        member.command(Command.Type.EVICT);
        settle();

        assertThat(member.found()).isNull();
        assertThat(world.store().get(World.MARK)).isNull();
        assertThat(leader("b").isLeader()).as("a clean start").isTrue();
    }

    @Test
    void isKeptWhileSomebodyIsLeft() {
        Peer member = leader("a");
        follower("b");

        member.command(Command.Type.EVICT);
        settle();

        assertThat(mark().released()).isNotZero();
    }

    /** The guard fails, for whoever enters writes the mark. */
    @Test
    void isKeptIfSomebodyEntersJustBefore() {
        Peer member = leader("a");
        hold(member, Ask.RETIRE);
        member.command(Command.Type.EVICT);
        settle();
        assertThat(deletesTheMark(member)).isTrue();
        Peer other = follower("b");

        member.network().heal();
        member.network().held(Ask.RETIRE).send();
        settle();

        assertThat(member.found()).isNull();
        assertThat(mark().released()).isNotZero();
        assertThat(other.isLeader()).as("by the word").isTrue();
    }

    /** The one who was not seen may still be valid; its entry has written the mark. */
    @Test
    void isKeptIfSomebodyCameAndWentJustBefore() {
        Peer member = leader("a");
        member.silence();
        hold(member, Ask.RETIRE);
        member.command(Command.Type.EVICT);
        settle();
        Peer other = follower("b");
        other.freeze();
        world.store().delete(other.key());

        member.network().heal();
        member.network().held(Ask.RETIRE).send();
        settle();

        assertThat(member.found()).isNull();
        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    @Test
    void isKeptWhileAClaimIsOpen() {
        Peer member = waitingOutTheMark("a");

        member.command(Command.Type.EVICT);
        settle();

        assertThat(member.found()).isNull();
        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    /** Who has gone may still be valid: the claim for it is open, though this one has led itself. */
    @Test
    void isKeptByALeaderWhoseClaimsAreOpen() {
        Peer member = leader("a");
        Peer other = veteran("b");
        member.command(Command.Type.EVICT);
        settle();
        other.freeze();
        world.store().delete(other.key());
        settle();

        member.command(Command.Type.CANCEL_EVICT);
        settle();
        member.command(Command.Type.EVICT);
        settle();

        assertThat(member.found()).isNull();
        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    @Test
    void isWrittenAgainByWhoStands() {
        leader("a");
        follower("b");

        world.store().delete(World.MARK);
        settle();

        assertThat(mark().validityMillis()).isEqualTo(8_000);
    }

    @Test
    void isWrittenAgainAsOftenAsItGoes() {
        leader("a");
        for (int i = 0; i < 3; i++) {
            world.store().delete(World.MARK);
            settle();

            assertThat(mark().validityMillis()).isEqualTo(8_000);
        }
    }

    @Test
    void isWrittenAgainOnceTheStoreCanBeReached() {
        Peer leader = leader("a");
        leader.network().fault(Fault.LOST, Ask.MARK);
        world.store().delete(World.MARK);
        world.runFor(REQUEST.plus(MOMENT));
        assertThat(leader.effects(Effect.Report.class))
                .extracting(Effect.Report::operation)
                .containsOnly("mark");

        leader.network().heal();
        world.runFor(REQUEST.plus(MOMENT));

        assertThat(mark().validityMillis()).isEqualTo(8_000);
        assertThat(leader.effects(Effect.Recovered.class)).containsExactly(new Effect.Recovered("mark"));
    }

    /** The largest that anybody knew of, and no word is unsaid. */
    @Test
    void isWrittenAgainWithAllThatIsKnown() {
        leader("a");
        follower(world.peer("b", Timing.of(Duration.ofSeconds(20)), false));
        say(new MarkValue(16_000, 1, List.of()));
        settle();

        world.store().delete(World.MARK);
        settle();

        assertThat(mark()).isEqualTo(new MarkValue(16_000, 1, List.of()));
    }

    /** H4. It was healed by somebody whose view lagged behind. */
    @Test
    void isRaisedToTheLongestValidityThatIsKnown() {
        leader("a");
        follower(world.peer("b", Timing.of(Duration.ofSeconds(20)), false));
        assertThat(mark().validityMillis()).isEqualTo(16_000);

        world.store().put(World.MARK, mark(8_000));
        settle();

        assertThat(mark().validityMillis()).isEqualTo(16_000);
    }

    @Test
    void isRaisedUnderTheGuardOfWhatWasSeen() {
        Peer leader = leader("a");
        hold(leader, Ask.MARK);
        world.store().put(World.MARK, mark(1_000));
        settle();
        say(new MarkValue(9_000, 1, List.of()));

        leader.network().heal();
        leader.network().held(Ask.MARK).send();
        settle();

        assertThat(mark()).isEqualTo(new MarkValue(9_000, 1, List.of()));
    }

    @Test
    void isNotWrittenByWhoDoesNotStandAnyMore() {
        Peer leader = leader("a");
        hold(leader, Ask.MARK);
        world.store().delete(World.MARK);
        settle();

        Txn write = leader.network().held(Ask.MARK).txn();
        leader.crash();
        world.store().delete(leader.key());

        assertThat(world.store().commit(write).succeeded()).isFalse();
    }

    @Test
    void isWrittenWithoutEndNeitherByOneNorByTwo() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        world.store().delete(World.MARK);
        seconds(30);

        assertThat(leader.requests(Ask.MARK) + follower.requests(Ask.MARK)).isLessThanOrEqualTo(4);
    }

    @Test
    void isKeptByWhoDoesNotFollowTheQueue() {
        Peer member = leader("a");
        hold(member, Ask.READ);
        member.endWatch(Kind.UNAVAILABLE);
        seconds(1);
        Peer other = follower("b");
        other.freeze();
        world.store().delete(other.key());

        member.command(Command.Type.EVICT);
        seconds(1);

        assertThat(member.found()).isNull();
        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    private static boolean deletesTheMark(Peer member) {
        return member.network().held(Ask.RETIRE).txn().then().contains(new Txn.Delete(World.MARK));
    }

    @Test
    void isTriedAgainSoon() {
        Peer leader = leader("a");
        leader.network().fault(Fault.DENIED, Ask.MARK);
        world.store().delete(World.MARK);
        world.runUntil(() -> leader.requests(Ask.MARK) == 1, MOMENT);
        leader.network().heal();

        world.runUntil(() -> world.store().get(World.MARK) != null, MOMENT);
    }

    @Test
    void isWrittenAgainThoughAWriteWasUnderWayWhenThePlaceWasLost() {
        Peer leader = leader("a");
        hold(leader, Ask.MARK);
        world.store().delete(World.MARK);
        settle();
        assertThat(leader.network().holds(Ask.MARK)).isTrue();
        leader.network().heal();
        world.store().delete(leader.key());
        settle();

        world.store().delete(World.MARK);

        world.runUntil(() -> world.store().get(World.MARK) != null, MOMENT);
    }
}
