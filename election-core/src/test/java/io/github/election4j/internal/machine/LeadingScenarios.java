package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.machine.Tag.Purpose;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

abstract class LeadingScenarios extends Scenario {
    @Test
    void keepsLeading() {
        Peer leader = leader("a");

        seconds(120);

        assertThat(leader.isLeader()).isTrue();
        assertThat(terms(leader)).isEqualTo(1);
    }

    @Test
    void countsValidityFromTheSendingOfTheHeartbeat() {
        Peer leader = leader("a");
        hold(leader, Purpose.HEARTBEAT);
        world.runUntil(() -> leader.network().holds(Purpose.HEARTBEAT), PERIOD);
        long sentAt = world.now();
        seconds(2);

        leader.network().held(Purpose.HEARTBEAT).send();
        settle();

        assertThat(leader.validUntil()).isEqualTo(sentAt + VALIDITY.toNanos());
    }

    @Test
    void anUnknownOutcomeDoesNotExtendTheValidity() {
        Peer leader = leader("a");
        long validUntil = leader.validUntil();
        long seen = Objects.requireNonNull(leader.found()).modRevision();
        leader.network().fault(Fault.REPLY_LOST, Purpose.HEARTBEAT);

        seconds(7.5);

        assertThat(Objects.requireNonNull(leader.found()).modRevision())
                .as("its heartbeats are applied, and come back through the watch")
                .isGreaterThan(seen);
        assertThat(leader.validUntil()).isEqualTo(validUntil);
        world.runUntil(() -> !leader.isLeader(), Duration.ofSeconds(1));
        assertThat(world.now()).isEqualTo(validUntil);
    }

    @Test
    void sendsAgainAtOnceWhenItsKeyHasMoved() {
        Peer leader = leader("a");
        leader.silence();
        hold(leader, Purpose.HEARTBEAT);
        world.runUntil(() -> leader.network().holds(Purpose.HEARTBEAT), PERIOD);
        leader.network().held(Purpose.HEARTBEAT).apply();
        leader.network().held(Purpose.HEARTBEAT).fail(Kind.UNAVAILABLE);
        leader.network().fault(Fault.LOST, Purpose.READ_QUEUE);
        settle();
        long sentAt = world.now();

        leader.network().held(Purpose.HEARTBEAT).send();
        world.runFor(World.LATENCY.multipliedBy(2));
        leader.network().held(Purpose.HEARTBEAT).send();
        settle();

        assertThat(leader.validUntil()).isEqualTo(sentAt + World.LATENCY.toNanos() * 2 + VALIDITY.toNanos());
    }

    @Test
    void stepsDownWhenValidityEnds() {
        Peer leader = leader("a");
        long validUntil = leader.validUntil();
        leader.cut();

        world.runUntil(() -> !ends(leader).isEmpty(), LEASE);

        assertThat(ends(leader)).containsExactly(ChangeReason.EXPIRED);
        assertThat(world.now()).isEqualTo(validUntil);
        assertThat(leader.state()).isEqualTo(ElectionState.STEPPING_DOWN);
    }

    @Test
    void aReplyThatComesTooLateRevivesNothing() {
        Peer leader = leader("a");
        long term = leader.token();
        hold(leader, Purpose.HEARTBEAT);
        world.runUntil(() -> leader.network().holds(Purpose.HEARTBEAT), PERIOD);
        leader.silence(); // The reply is the first that it hears.
        leader.freeze();
        leader.network().held(Purpose.HEARTBEAT).send();
        world.runFor(VALIDITY.minusSeconds(2)); // The validity of before is over; the reply's would not be.
        leader.network().heal();
        assertThat(leader.isLeader()).isFalse();

        leader.thaw();

        assertThat(leader.isLeader()).isFalse();
        assertThat(ends(leader)).containsExactly(ChangeReason.EXPIRED);
        world.runUntil(leader::isLeader, LEASE);
        assertThat(leader.token()).isGreaterThan(term);
    }

    @Test
    void leadsAgainOnlyWithANewToken() {
        Peer leader = leader("a");
        long term = leader.token();
        leader.cut();
        world.runUntil(() -> !ends(leader).isEmpty(), LEASE);

        leader.heal();
        world.runUntil(leader::isLeader, Duration.ofSeconds(20));

        assertThat(leader.token()).isGreaterThan(term);
    }

    /** P5. Some thread has said false already, before the heartbeat that would have proven the term was taken in. */
    @Test
    void neverRevivesATermThatWasFoundLapsed() {
        Peer leader = leader("a");
        long term = leader.token();

        leader.step(new Input.TermLapsed(term - 1));
        assertThat(leader.isLeader()).as("that was another term").isTrue();
        leader.step(new Input.TermLapsed(term));

        assertThat(ends(leader)).containsExactly(ChangeReason.EXPIRED);
        world.runUntil(leader::isLeader, LEASE);
        assertThat(leader.token()).isGreaterThan(term);
    }

    @Test
    void stepsDownWhenItsKeyIsDeleted() {
        Peer leader = leader("a");

        world.store().delete(leader.key());
        world.runUntil(() -> !leader.isLeader(), World.LATENCY.multipliedBy(2));

        assertThat(ends(leader)).containsExactly(ChangeReason.KEY_LOST);
    }

    @Test
    void stepsDownWhenTheGuardOfItsHeartbeatFails() {
        Peer leader = leader("a");
        leader.silence();

        world.store().delete(leader.key());
        world.runUntil(() -> !leader.isLeader(), PERIOD.plus(MOMENT));

        assertThat(ends(leader)).containsExactly(ChangeReason.KEY_LOST);
    }

    @Test
    void takesAReleaseByAnotherForTheLossOfItsKey() {
        Peer leader = leader("a");
        leader.silence();

        clear(leader, 0);
        world.runUntil(() -> !leader.isLeader(), PERIOD.plus(MOMENT));

        assertThat(ends(leader)).containsExactly(ChangeReason.KEY_LOST);
    }

    /** Whoever clears it has died between its two writes; to write again would undo what others act upon. */
    @Test
    void takesAReleaseByAnotherThatItSeesInTheWatchForTheLossOfItsKey() {
        Peer leader = leader("a");

        clear(leader, 0);
        world.runUntil(() -> !leader.isLeader(), World.LATENCY.multipliedBy(2));

        assertThat(ends(leader)).containsExactly(ChangeReason.KEY_LOST);
        world.runUntil(leader::isLeader, LEASE);
        assertThat(leader.stateInStore()).isNotEqualTo(CandidateState.RELEASED);
    }

    @Test
    void stepsDownWhenTheSessionIsLost() {
        Peer leader = leader("a");

        leader.sessionDown();

        assertThat(leader.isLeader()).isFalse();
        assertThat(ends(leader)).containsExactly(ChangeReason.SESSION_LOST);
    }

    @Test
    void goesOnLeadingWhileTheSessionCannotBeRenewed() {
        Peer leader = leader("a");

        leader.step(new Input.SessionHealth(false));
        seconds(20);

        assertThat(leader.state()).isEqualTo(ElectionState.LEADING);
    }

    @Test
    void goesOnLeadingAcrossAGapInItsWatch() {
        Peer leader = leader("a");
        follower("b");

        leader.endWatch(Kind.COMPACTED);
        seconds(20);

        assertThat(leader.isLeader()).isTrue();
        assertThat(terms(leader)).isEqualTo(1);
    }

    @Test
    void finishesSeveralTermsInStrictAlternation() {
        Peer leader = leader("a");
        for (int i = 0; i < 5; i++) {
            leader.command(Command.Type.RESIGN);
            world.runUntil(leader::isLeader, LEASE);
        }

        assertThat(leader.effects().stream()
                        .filter(effect -> effect instanceof Effect.BeginTerm || effect instanceof Effect.EndTerm)
                        .map(effect -> effect.getClass().getSimpleName()))
                .startsWith("BeginTerm", "EndTerm", "BeginTerm", "EndTerm")
                .hasSize(11)
                .endsWith("EndTerm", "BeginTerm");
    }

    @Test
    void isAnnouncedAfterItHasBegunAndAfterItHasEnded() {
        Peer leader = leader("a");

        leader.sessionDown();

        assertThat(leader.effects().stream()
                        .map(effect -> effect.getClass().getSimpleName())
                        .filter(name -> name.endsWith("Term") || name.equals("Announce")))
                .containsSubsequence("BeginTerm", "Announce", "EndTerm", "Announce");
    }

    @Test
    void aHeartbeatOfAnEarlierTermIsRefused() {
        Peer leader = leader("a");
        Txn late = leader.effects(Effect.Commit.class).stream()
                .filter(commit -> commit.tag().purpose() == Purpose.HEARTBEAT)
                .reduce((first, second) -> second)
                .orElseThrow()
                .txn();
        leader.command(Command.Type.EVICT);
        world.runFor(Duration.ofMillis(3));
        assertThat(leader.stateInStore()).isEqualTo(CandidateState.RELEASED);

        assertThat(world.store().commit(late).succeeded()).isFalse();
    }

    /** As an operator does, as far as the given step. */
    private void clear(Peer peer, int lastStep) {
        KeyValue found = Objects.requireNonNull(peer.found());
        Transactions.clear(found).subList(0, lastStep + 1).forEach(world.store()::commit);
    }
}
