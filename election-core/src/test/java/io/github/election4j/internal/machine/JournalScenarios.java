package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.LeaderTerm;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.EvictionValue;
import io.github.election4j.internal.wire.TermValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P3: the last terms beside the queue, which each leader writes of its own. */
abstract class JournalScenarios extends Scenario {
    private static final ElectionKeys KEYS = new ElectionKeys(World.KEY);

    @Test
    void everyMemberSeesTheTermThatGoesOn() {
        Peer leader = leader("a");
        Peer follower = follower("b");

        assertThat(history(follower)).singleElement().satisfies(term -> {
            assertThat(term.id()).isEqualTo("a");
            assertThat(term.address()).isEqualTo("http://a");
            assertThat(term.fencingToken()).isEqualTo(leader.token());
            assertThat(term.from().toEpochMilli()).isBetween(1_000L, world.wallMillis());
            assertThat(term.until()).isNull();
            assertThat(term.reason()).isNull();
        });
        assertThat(history(leader)).isEqualTo(history(follower));
    }

    /** In the transaction of the release: no other is needed, and none follows. */
    @Test
    void theEndIsWrittenWithTheRelease() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        long writes = leader.requests(Ask.JOURNAL);

        leader.command(Command.Type.RESIGN);
        world.runUntil(next::isLeader, MOMENT);
        LeaderTerm seen = history(next).get(0);
        settle();

        assertThat(seen.reason()).isEqualTo(ChangeReason.RESIGNED);
        assertThat(seen.until()).isNotNull();
        assertThat(leader.requests(Ask.JOURNAL)).isEqualTo(writes);
        assertThat(history(next)).extracting(LeaderTerm::id).containsExactly("a", "b");
    }

    @Test
    void itOutlivesEveryMember() {
        Peer last = leader("a");
        last.command(Command.Type.CLOSE);
        settle();
        assertThat(world.store().get(World.MARK)).isNull();

        Peer fresh = leader("b");

        assertThat(history(fresh)).extracting(LeaderTerm::id).containsExactly("a", "b");
        assertThat(history(fresh).get(0).reason()).isEqualTo(ChangeReason.CLOSED);
    }

    @Test
    void whoIsKilledTellsNoEnd() {
        Peer leader = leader("a");
        Peer next = veteran("b");

        leader.crash();
        world.runUntil(next::isLeader, LEASE.plus(WAIT));
        settle();

        assertThat(history(next)).extracting(LeaderTerm::until).containsExactly(null, null);
    }

    @Test
    void whoLosesItsTermTellsItAfterwards() {
        Peer leader = leader("a");
        Peer next = veteran("b");

        world.store().delete(leader.key());
        world.runUntil(next::isLeader, WAIT);
        settle();

        assertThat(history(next).get(0).reason()).isEqualTo(ChangeReason.KEY_LOST);
        assertThat(history(next).get(0).until()).isNotNull();
    }

    /** It has not led since its validity was over, whenever it notices. */
    @Test
    void whoWasPausedTellsWhenItsTermWasOver() {
        Peer leader = leader("a");
        Peer next = veteran("b");

        leader.freeze();
        world.runUntil(next::isLeader, LEASE.plus(WAIT));
        seconds(60);
        leader.thaw();
        settle();

        assertThat(history(next).get(0).reason()).isNotNull();
        assertThat(history(next).get(0).until())
                .isAfter(history(next).get(0).from())
                .isBefore(history(next).get(1).from());
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgain() {
        Peer leader = world.peer("a");
        leader.network().fault(Fault.LOST, Ask.JOURNAL);
        leader(leader);
        seconds(3);
        assertThat(history(leader)).isEmpty();

        leader.network().heal();
        seconds(5);

        assertThat(history(leader)).hasSize(1);
    }

    /** A term that was over before it was written is written whole. */
    @Test
    void aTermThatWasNeverWrittenIsWrittenWithItsRelease() {
        Peer leader = world.peer("a");
        leader.network().fault(Fault.LOST, Ask.JOURNAL);
        leader(leader);
        Peer next = veteran("b");

        leader.command(Command.Type.RESIGN);
        world.runUntil(next::isLeader, MOMENT);

        assertThat(history(next).get(0).from()).isBefore(history(next).get(0).until());
    }

    @Test
    void itSaysWhoAskedForTheEnd() {
        leader("a");
        Peer next = veteran("b");

        world.store().put(KEYS.eviction("a"), new EvictionValue("anna", "disk", 7, 0).text());
        world.runUntil(next::isLeader, MOMENT);
        settle();

        assertThat(history(next).get(0).by()).isEqualTo("anna");
        assertThat(history(next).get(0).reason()).isEqualTo(ChangeReason.EVICTED);
    }

    /** Of a later end nobody has asked. */
    @Test
    void whoAskedForOneEndHasNotAskedForTheNext() {
        Peer leader = leader("a");
        world.store().put(KEYS.eviction("a"), new EvictionValue("anna", "disk", 7, 0).text());
        settle();
        world.store().delete(KEYS.eviction("a"));
        world.runUntil(leader::isLeader, WAIT);
        settle();

        leader.command(Command.Type.RESIGN);
        settle();

        assertThat(history(leader)).extracting(LeaderTerm::by).startsWith("anna", "");
    }

    /** As one that has been evicted before it entered. */
    @Test
    void whoAskedBeforeAPlaceWasTakenHasNotAskedForItsEnd() {
        world.store().put(KEYS.eviction("a"), new EvictionValue("anna", "disk", 7, 0).text());
        Peer member = world.peer("a").start();
        settle();
        world.store().delete(KEYS.eviction("a"));
        world.runUntil(member::isLeader, WAIT);

        member.command(Command.Type.RESIGN);
        settle();

        assertThat(history(member).get(0).by()).isEmpty();
    }

    /** As of a history that was lost, in which revisions were larger. */
    @Test
    void thoseThatCannotBeYetGoFirst() {
        for (int i = 1; i <= TermJournal.KEPT; i++) {
            world.store().put(KEYS.term(1_000_000 + i), new TermValue("old", "", i, i, 0, null, "").text());
        }
        Peer leader = leader("a");
        world.store().put(KEYS.term(1), new TermValue("older", "", 1, 1, 2, ChangeReason.RESIGNED, "").text());
        settle();

        leader.command(Command.Type.RESIGN);
        world.runUntil(leader::isLeader, WAIT);
        settle();
        leader.command(Command.Type.RESIGN);
        world.runUntil(leader::isLeader, WAIT);
        settle();

        assertThat(history(leader))
                .extracting(LeaderTerm::id)
                .startsWith("older", "a", "a", "a")
                .hasSizeLessThan(10);
    }

    @Test
    void thoseThatAreTooOldGo() {
        for (int i = 1; i <= TermJournal.KEPT + 3; i++) {
            world.store().put(KEYS.term(i), new TermValue("old", "", i, i, i + 1, ChangeReason.RESIGNED, "").text());
        }
        Peer leader = leader("a");

        assertThat(history(leader)).hasSize(TermJournal.KEPT);
        assertThat(history(leader).get(0).fencingToken()).isEqualTo(5);
        assertThat(history(leader).get(TermJournal.KEPT - 1).id()).isEqualTo("a");
    }

    @Test
    void whatIsHostileBreaksNothing() {
        world.store().put(KEYS.term(1), "</script>".repeat(100_000));
        world.store().put(KEYS.terms() + "x", "{\"from\":1e300,\"until\":-1e300,\"token\":{}}");
        world.store().put(KEYS.terms() + "9".repeat(19), new TermValue("x", "", 7, 1, 0, null, "").text());
        Peer leader = leader("a");

        assertThat(history(leader))
                .as("what cannot be a term is gone, and a token is that of the key")
                .extracting(LeaderTerm::fencingToken)
                .containsExactly(1L, leader.token());
        assertThat(leader.isLeader()).isTrue();
    }

    /** Another history: what was there is not, and nothing of it is written. */
    @Test
    void aLostHistoryIsNotWrittenOn() {
        Peer leader = leader("a");
        leader.network().fault(Fault.LOST, Ask.JOURNAL);

        world.another(ModelStore::beginAnew);
        leader.network().heal();
        world.runUntil(leader::isLeader, WAIT);
        settle();

        assertThat(history(leader)).extracting(LeaderTerm::fencingToken).containsExactly(leader.token());
    }

    private static List<LeaderTerm> history(Peer peer) {
        return peer.snapshot().terms();
    }
}
