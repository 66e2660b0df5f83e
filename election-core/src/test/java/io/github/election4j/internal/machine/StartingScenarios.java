package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** P2. */
abstract class StartingScenarios extends Scenario {
    @Test
    void followsTheQueueBeforeItHasASession() {
        Peer member = world.peer("a");
        member.network().fault(Fault.LOST, Ask.GRANT);

        member.start();
        settle();

        assertThat(member.state()).isEqualTo(ElectionState.STARTING);
        assertThat(member.requests()).containsExactly(Ask.READ);
        assertThat(member.effects(Effect.OpenWatch.class)).hasSize(1);
    }

    /** The entry reads the range itself. */
    @Test
    void entersWithoutHavingReadTheQueue() {
        Peer member = world.peer("a");
        hold(member, Ask.READ);

        member.start();

        assertThat(world.runUntil(member::isLeader, MOMENT)).isLessThanOrEqualTo(World.LATENCY.multipliedBy(9));
    }

    /** Here the watch tells of the entry before the answer to it comes. */
    @Test
    void leadsAtOnceOnACleanStart() {
        Peer member = world.peer("a").start();

        Duration took = world.runUntil(member::isLeader, MOMENT);

        assertThat(took).isLessThanOrEqualTo(World.LATENCY.multipliedBy(7));
        assertThat(member.state()).isEqualTo(ElectionState.LEADING);
        settle();
        assertThat(member.effects(Effect.Announce.class)).hasSize(1);
    }

    @Test
    void beatsOnEnteringAndOnBeginningATerm() {
        Peer member = leader("a");

        assertThat(member.beats()).hasSize(2);
        assertThat(world.elapsed()).isLessThan(PERIOD);
    }

    @Test
    void adoptsWhatAnAttemptOfUnknownOutcomeHasPut() {
        Peer member = world.peer("a");
        member.network().fault(Fault.REPLY_LOST, Ask.ENTER);
        member.start();
        settle();
        long entered = member.place();

        member.network().heal();
        world.runFor(REQUEST.plus(MOMENT));

        assertThat(member.requests(Ask.ENTER)).isEqualTo(2);
        assertThat(member.requests()).doesNotContain(Ask.REMOVE);
        world.runUntil(member::isLeader, WAIT);
        assertThat(member.token()).isEqualTo(entered);
    }

    /** H1. Another group, another validity: a late attempt of a former life, whose beat stands still. */
    @Test
    void removesAKeyOfItsOwnThatSaysAnythingElse() {
        Peer member = world.peer("a");
        hold(member, Ask.ENTER);
        member.start();
        settle();
        String other = new CandidateValue("a", "http://a", 8_000, 1, 0).text();
        world.store().put(member.key(), other, member.lease());
        long late = member.place();

        member.network().heal();
        member.network().held(Ask.ENTER).send();
        settle();

        assertThat(member.requests()).contains(Ask.REMOVE);
        assertThat(member.place()).isGreaterThan(late);
        assertThat(mark().stopped()).as("told with the next entry").contains(late);
    }

    @Test
    void entersAfterAnotherMemberWroteTheMarkInBetween() {
        Peer member = world.peer("a", Timing.of(Duration.ofSeconds(5)), false);
        hold(member, Ask.ENTER);
        member.start();
        settle();
        Peer other = leader("b");

        member.network().heal();
        member.network().held(Ask.ENTER).send();
        settle();

        assertThat(other.isLeader()).isTrue();
        assertThat(member.found()).isNotNull();
        assertThat(mark().validityMillis()).isEqualTo(8_000);
    }

    /** The mark is guarded by its value, which all of them write alike. */
    @Test
    void manyWhoStartTogetherDoNotQueueUp() {
        List<Peer> members = Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
                .map(world::peer)
                .toList();
        members.forEach(Peer::start);

        settle();

        assertThat(members)
                .allSatisfy(each -> assertThat(each.requests(Ask.ENTER)).isLessThanOrEqualTo(2));
        assertThat(members).filteredOn(Peer::isLeader).hasSize(1);
    }

    /** P11. Else two who write different things would chase each other. */
    @Test
    void backsOffWhereTheMarkMovesAgainAndAgain() {
        world.random(0.999);
        Peer member = world.peer("a");
        hold(member, Ask.ENTER);
        member.start();
        settle();
        for (int i = 1; i <= 3; i++) {
            world.store().put(World.MARK, mark(8_000 + i));
            member.network().held(Ask.ENTER).send();
            world.runFor(World.LATENCY.multipliedBy(3));
        }

        assertThat(member.requests(Ask.ENTER)).as("tried at once").isEqualTo(3);
        settle();
        assertThat(member.requests(Ask.ENTER)).as("tried later").isEqualTo(4);
    }

    @Test
    void neverMakesTheMarkSmallerNorForgetsAWord() {
        world.store().put("/somewhere", "to have a history");
        world.store().put(World.MARK, new MarkValue(20_000, 1, List.of(2L)).text());

        follower("a");

        assertThat(mark()).isEqualTo(new MarkValue(20_000, 1, List.of(2L)));
    }

    @Test
    void raisesTheMarkToItsOwnValidity() {
        world.store().put(World.MARK, mark(5_000));

        follower("a");

        assertThat(mark().validityMillis()).isEqualTo(8_000);
    }

    /** Whoever saw the mark before it entered knows by it that somebody has been here. */
    @Test
    void isNoCleanStartIfTheMarkIsAbsentOnlyWhenItEnters() {
        world.store().put(World.MARK, mark(8_000));
        Peer member = world.peer("a");
        hold(member, Ask.ENTER);
        member.start();
        settle();
        world.store().delete(World.MARK);

        member.network().heal();
        member.network().held(Ask.ENTER).send();
        Duration took = world.runUntil(member::isLeader, LEASE);

        assertThat(took).isGreaterThanOrEqualTo(WAIT.minus(MOMENT));
    }

    @Test
    void isNoCleanStartIfAPlaceOfOursStandsWithoutAMark() {
        String other = put("7", 8_000);
        Peer member = world.peer("a");
        hold(member, Ask.READ); // Only the entry tells.
        follower(member);
        world.store().delete(other);

        Duration took = world.runUntil(member::isLeader, LEASE);

        assertThat(took).isGreaterThanOrEqualTo(WAIT.minus(MOMENT));
    }

    /** A foreign member has no validity that would have to be waited out. */
    @Test
    void isACleanStartIfOnlyForeignPlacesStand() {
        world.store().put(World.PREFIX + "7", "a-go-member");
        Peer member = follower("a");

        world.store().delete(World.PREFIX + "7");

        assertThat(world.runUntil(member::isLeader, LEASE)).isLessThanOrEqualTo(World.LATENCY.multipliedBy(2));
    }

    @Test
    void asksForAnotherLeaseIfItsOwnIsGone() {
        Peer member = world.peer("a");
        hold(member, Ask.ENTER);
        member.start();
        settle();
        long lease = member.lease();
        world.store().revoke(lease);

        member.network().heal();
        member.network().held(Ask.ENTER).send();
        seconds(1);

        assertThat(member.effects(Effect.LeaseGone.class)).containsExactly(new Effect.LeaseGone(lease));
        assertThat(member.lease()).isNotEqualTo(lease);
        assertThat(member.isLeader()).isTrue();
    }

    @Test
    void doesNotAcceptAReplyToARequestOfAnEarlierSession() {
        Peer member = world.peer("a");
        hold(member, Ask.ENTER);
        member.start();
        settle();
        Network.Request late = member.network().held(Ask.ENTER);
        member.loseSession();
        settle();

        late.fail(Kind.DENIED);
        settle();

        assertThat(member.effects(Effect.Report.class)).isEmpty();
    }

    @Test
    void startsEvicted() {
        Peer member = world.peer("a", Timing.of(LEASE), true).start();

        seconds(1);

        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
        assertThat(member.requests()).containsExactly(Ask.READ);
    }

    @Test
    void theQueueTellsSinceWhenEachIsInIt() {
        Peer leader = leader("a");
        seconds(3);
        Peer follower = follower("b");

        List<Candidate> queue = follower.snapshot().candidates();
        assertThat(leader.snapshot().candidates()).isEqualTo(queue);
        assertThat(leader.snapshot().leader()).isEqualTo(queue.get(0));
        assertThat(queue.get(1).since())
                .isAfterOrEqualTo(Objects.requireNonNull(queue.get(0).since()).plusSeconds(3));
    }

    /** An entry whose reply was lost is found by what it says, later. */
    @Test
    void isInTheQueueSinceItsFirstAttempt() {
        Peer member = world.peer("a");
        member.network().fault(Fault.REPLY_LOST, Ask.ENTER);
        member.start();
        settle();
        long asked = world.wallMillis();
        seconds(3);
        KeyValue entered = standing(member);
        member.network().heal();

        world.runUntil(member::isLeader, WAIT);

        assertThat(standing(member)).isEqualTo(entered);
        assertThat(member.token()).isEqualTo(entered.createRevision());
        assertThat(member.snapshot().candidates().get(0).since()).isBeforeOrEqualTo(Instant.ofEpochMilli(asked));
    }

    private KeyValue standing(Peer member) {
        return Objects.requireNonNull(world.store().get(member.key()));
    }
}
