package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P4, P5, P9. */
abstract class LeadingScenarios extends Scenario {
    @Test
    void keepsLeading() {
        Peer leader = leader("a");

        seconds(120);

        assertThat(leader.isLeader()).isTrue();
        assertThat(terms(leader)).isEqualTo(1);
    }

    @Test
    void countsValidityFromTheSendingOfTheBeat() {
        Peer leader = leader("a");
        hold(leader, Ask.BEAT);
        world.runUntil(() -> leader.network().holds(Ask.BEAT), PERIOD);
        long sentAt = world.now();
        seconds(1);

        leader.network().held(Ask.BEAT).send();
        settle();

        assertThat(leader.validUntil()).isEqualTo(sentAt + VALIDITY.toNanos());
    }

    /** Neither the watch, which tells of the beats that are applied, nor renewals, which succeed, nor reads prove. */
    @Test
    void nothingElseThanAKnownCommitProves() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        seconds(1);
        long validUntil = leader.validUntil();
        long seen = revisionOf(leader.beat());
        leader.network().fault(Fault.REPLY_LOST, Ask.BEAT);

        seconds(6);
        leader.endWatch(Kind.UNAVAILABLE);
        settle();

        assertThat(revisionOf(leader.beat())).as("its beats are applied").isGreaterThan(seen);
        assertThat(leader.sessionEffects(SessionEffect.Renew.class)).isNotEmpty();
        assertThat(leader.validUntil()).isEqualTo(validUntil);
        world.runUntil(() -> !leader.isLeader(), Duration.ofSeconds(3));
        assertThat(world.now()).isEqualTo(validUntil);
        assertThat(follower.isLeader()).isFalse();
    }

    /** An entry proves nothing by itself. */
    @Test
    void aFirstPlaceThatIsNotProvenDoesNotLead() {
        Peer member = world.peer("a");
        hold(member, Ask.BEAT);

        member.start();
        seconds(3);

        assertThat(member.found()).isNotNull();
        assertThat(member.isLeader()).isFalse();
    }

    /** etcd#18089: the watch may have lost the deletion of this very place, if it was before its creation. */
    @Test
    void aBeatThatWasSentBeforeTheWatchWasCreatedBeginsNoTerm() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        next.endWatch(Kind.UNAVAILABLE);
        next.silence();
        leader.command(Command.Type.EVICT);
        world.runFor(World.LATENCY.multipliedBy(4));
        assertThat(next.found()).isNotNull();
        int beats = next.beats().size();

        world.runUntil(next::isLeader, MOMENT);

        assertThat(next.beats()).as("one since the watch was created").hasSizeGreaterThan(beats);
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
        hold(leader, Ask.BEAT);
        world.runUntil(() -> leader.network().holds(Ask.BEAT), PERIOD);
        leader.silence(); // The reply is the first that it hears.
        leader.freeze();
        leader.network().held(Ask.BEAT).send();
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

    /** P9. Some thread has said false already, before the beat that would have proven the term was taken in. */
    @Test
    void neverRevivesATermThatWasFoundLapsed() {
        Peer leader = leader("a");
        long term = leader.token();

        leader.handle(new Input.TermLapsed(term - 1));
        assertThat(leader.isLeader()).as("that was another term").isTrue();
        leader.handle(new Input.TermLapsed(term));

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
    void stepsDownWhenTheGuardOfItsBeatFails() {
        Peer leader = leader("a");
        leader.silence();

        world.store().delete(leader.key());
        world.runUntil(() -> !leader.isLeader(), PERIOD.plus(MOMENT));

        assertThat(ends(leader)).containsExactly(ChangeReason.KEY_LOST);
    }

    /** H2, P10. Others may act upon the word, though the key stands. */
    @Test
    void stepsDownWhenSomebodySaysThatItHasStopped() {
        Peer leader = leader("a");
        long term = leader.token();

        say(new MarkValue(8_000, 0, List.of(term)));
        world.runUntil(() -> !leader.isLeader(), World.LATENCY.multipliedBy(2));

        assertThat(ends(leader)).containsExactly(ChangeReason.KEY_LOST);
        world.runUntil(leader::isLeader, LEASE);
        assertThat(leader.token()).isGreaterThan(term);
    }

    /** H2. A place of which it is said that it has stopped never leads. */
    @Test
    void doesNotLeadByAPlaceOfWhichItIsSaidThatItHasStopped() {
        Peer member = waitingOutTheMark("a");
        long place = member.place();

        say(new MarkValue(8_000, place, List.of()));
        world.runUntil(member::isLeader, LEASE.plus(LEASE));

        assertThat(member.token()).isGreaterThan(place);
    }

    @Test
    void stepsDownWhenTheSessionIsLost() {
        Peer leader = leader("a");

        leader.loseSession();

        assertThat(leader.isLeader()).isFalse();
        assertThat(ends(leader)).containsExactly(ChangeReason.SESSION_LOST);
    }

    @Test
    void goesOnLeadingWhileTheSessionCannotBeRenewed() {
        Peer leader = leader("a");
        leader.network().fault(Fault.LOST, Ask.RENEW);

        seconds(20);

        assertThat(leader.state()).isEqualTo(ElectionState.LEADING);
        assertThat(terms(leader)).isEqualTo(1);
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

        leader.loseSession();

        assertThat(leader.effects().stream()
                        .map(effect -> effect.getClass().getSimpleName())
                        .filter(name -> name.endsWith("Term") || name.equals("Announce")))
                .containsSubsequence("BeginTerm", "Announce", "EndTerm", "Announce");
    }

    @Test
    void aBeatOfAnEarlierTermIsRefusedByTheStore() {
        Peer leader = leader("a");
        Txn late = leader.beats().get(leader.beats().size() - 1).txn();
        leader.command(Command.Type.RESIGN);
        world.runUntil(leader::isLeader, LEASE);

        assertThat(world.store().commit(late).succeeded()).isFalse();
    }
}
