package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** P4: one beat of a process proves its places in several elections. */
abstract class SharedBeatScenarios extends Scenario {
    private final Peer peer = world.peer("a");
    private final Seat first = peer.seats().get(0);
    private final Seat second = peer.join("/f");
    private final Seat third = peer.join("/g");
    private final List<Seat> all = List.of(first, second, third);

    /** The answer tells by whose hand the place went; a beat that was under way finds only that it is gone. */
    @Test
    void aBeatThatFindsThePlaceReleasedDoesNotHideTheRelease() {
        Peer leader = leader("b");
        hold(leader, Ask.BEAT);
        seconds(4);
        hold(leader, Ask.RETIRE);
        var command = leader.command(Command.Type.RESIGN);
        settle();
        Network.Request release = leader.network().held(Ask.RETIRE);
        TxnResult released = world.store().commit(release.txn());

        leader.network().held(Ask.BEAT).send();
        settle();
        leader.network().heal();
        release.answer(released);
        settle();

        assertThat(leader.outcome(command)).isEqualTo("RELEASED");
    }

    @Test
    void oneBeatInATickProvesAll() {
        lead();
        int before = peer.beats().size();

        world.runFor(PERIOD);

        assertThat(peer.beats()).hasSize(before + 1);
        assertThat(keysOf(last())).containsExactlyInAnyOrder("/e/a1", "/f/a1", "/g/a1");
        seconds(60);
        assertThat(all).allMatch(Seat::isLeader);
    }

    @Test
    void aGuardThatFailsLosesOnlyThatPlaceAndTheOthersAreProvenAtOnce() {
        lead();
        List<Long> validUntil = List.of(first.validUntil(), third.validUntil());
        world.runUntil(() -> peer.sessionEffects(SessionEffect.Renew.class).size() == 1, PERIOD);
        world.store().deleteUntold("/f/a1");

        world.runFor(PERIOD.plus(MOMENT));

        assertThat(second.effects(Effect.EndTerm.class)).hasSize(1);
        assertThat(first.effects(Effect.EndTerm.class)).isEmpty();
        assertThat(third.effects(Effect.EndTerm.class)).isEmpty();
        assertThat(first.validUntil() - validUntil.get(0)).isPositive();
        assertThat(third.validUntil() - validUntil.get(1)).isPositive();
    }

    @Test
    void aBeatWhoseGuardFailsProvesNothing() {
        lead();
        hold(peer, Ask.BEAT);
        world.runUntil(() -> peer.network().holds(Ask.BEAT), PERIOD);
        long validUntil = first.validUntil();
        world.store().deleteUntold("/f/a1");

        peer.network().held(Ask.BEAT).send();
        settle();

        assertThat(first.validUntil()).as("until the next one is committed").isEqualTo(validUntil);
        assertThat(second.isLeader()).isFalse();
    }

    /** H7: etcd asks for permission for each key that is compared. */
    @Test
    void aBeatThatIsRefusedIsSplitUntilTheCulpritIsAlone() {
        lead();
        peer.network().deny("/f/a1");
        seconds(20);

        assertThat(first.isLeader()).isTrue();
        assertThat(third.isLeader()).isTrue();
        assertThat(second.isLeader()).isFalse();
        assertThat(first.effects(Effect.EndTerm.class)).isEmpty();
        assertThat(third.effects(Effect.EndTerm.class)).isEmpty();
        assertThat(peer.beats()).anyMatch(each -> keysOf(each).equals(Set.of("/f/a1")));
    }

    @Test
    void aPlaceThatWasRefusedIsProvenAgainWhenItMayBe() {
        lead();
        peer.network().deny("/f/a1");
        seconds(5);
        peer.network().heal();

        seconds(20);

        assertThat(all).allMatch(Seat::isLeader);
        assertThat(second.effects(Effect.EndTerm.class))
                .as("it lasted too short a time")
                .isEmpty();
    }

    /** Those that entered in one transaction have the same create revision. */
    @Test
    void placesThatAreRefusedHoldUpNoOtherForLong() {
        world.random(0.999);
        Peer many = world.peer("b", FAIL_OVER, false);
        for (int i = 0; i < 60; i++) {
            many.join("/many/" + i);
        }
        many.start();
        seconds(2);
        List<Seat> innocent = many.seats().stream()
                .filter(each -> !each.key().equals("/many/0") && !each.key().equals("/many/41"))
                .toList();
        assertThat(innocent).allMatch(Seat::isLeader);

        many.network().deny("/many/0/", Ask.BEAT);
        many.network().deny("/many/41/", Ask.BEAT);
        seconds(30);

        assertThat(innocent)
                .allSatisfy(
                        each -> assertThat(each.effects(Effect.EndTerm.class)).isEmpty());
        many.network().heal();
        seconds(15);
        assertThat(many.seats()).allMatch(Seat::isLeader);
    }

    @Test
    void anOutageIsNoRefusal() {
        lead();
        peer.network().fault(Fault.LOST, Ask.BEAT);
        seconds(5);

        assertThat(peer.beats())
                .allSatisfy(each -> assertThat(each.txn().compares()).hasSize(3));
    }

    /** A term begins, a place becomes second: others go along, since it costs nothing. */
    @Test
    void aBeatForOneCarriesAll() {
        lead();
        int before = peer.beats().size();
        Seat another = peer.join("/h");

        settle();

        assertThat(another.isLeader()).isTrue();
        assertThat(peer.beats()).hasSizeBetween(before + 1, before + 2);
        assertThat(keysOf(last())).hasSize(4);
    }

    @Test
    void whatIsGivenUpIsNotCoveredAnyMore() {
        lead();
        second.command(Input.Command.Type.EVICT);
        world.runFor(PERIOD.plus(MOMENT));

        assertThat(keysOf(last())).containsExactlyInAnyOrder("/e/a1", "/g/a1");
    }

    /** Such a place must outlive its listeners. */
    @Test
    void whatStepsDownIsCoveredUntilItsListenersHaveReturned() {
        lead();
        second.listenersHang();
        second.command(Input.Command.Type.EVICT);
        world.runFor(PERIOD.plus(MOMENT));

        assertThat(keysOf(last())).contains("/f/a1");
    }

    @Test
    void anotherGroupHasABeatOfItsOwn() {
        lead();
        Seat another = peer.join("/h", 1);
        world.runFor(PERIOD);

        assertThat(another.isLeader()).isTrue();
        assertThat(peer.beats())
                .filteredOn(each -> each.group() == 1)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(keysOf(each)).containsExactly("/h/a1"));
        assertThat(world.store().get(ElectionKeys.beat("a1", 1))).isNotNull();
    }

    /** One read and one watch, however many of the elections follow it. */
    @Test
    void aBeatOfAnotherProcessIsWatchedOnce() {
        lead();
        Peer other = world.peer("b");
        other.join("/f");
        other.join("/g");
        other.start();
        world.runFor(WAIT);

        assertThat(other.sessionEffects(SessionEffect.ReadBeat.class)).hasSize(1);
        assertThat(other.sessionEffects(SessionEffect.WatchBeat.class)).hasSize(1);
        peer.crash();
        Duration took = world.runUntil(() -> other.seats().stream().allMatch(Seat::isLeader), WAIT);

        assertThat(took).isLessThan(WAIT);
    }

    @Test
    void aLostSessionEndsAllTerms() {
        lead();

        peer.loseSession();

        assertThat(all).noneMatch(Seat::isLeader);
        seconds(1);
        assertThat(all)
                .allSatisfy(each -> assertThat(each.snapshot().candidates()).hasSize(1));
    }

    @Test
    void aBeatThatFindsTheLeaseGoneEndsTheSession() {
        lead();
        peer.network().fault(Fault.LOST, Ask.RENEW);
        hold(peer, Ask.BEAT);
        world.runUntil(() -> peer.network().holds(Ask.BEAT), PERIOD);

        peer.network().held(Ask.BEAT).fail(Kind.LEASE_NOT_FOUND);
        world.runFor(World.LATENCY);

        assertThat(all).noneMatch(Seat::isLeader);
    }

    private void lead() {
        peer.start();
        settle();
        assertThat(all).allMatch(Seat::isLeader);
    }

    private SessionEffect.Beat last() {
        return peer.beats().get(peer.beats().size() - 1);
    }

    private static Set<String> keysOf(SessionEffect.Beat beat) {
        return beat.txn().compares().stream().map(Txn.Compare::key).collect(Collectors.toSet());
    }
}
