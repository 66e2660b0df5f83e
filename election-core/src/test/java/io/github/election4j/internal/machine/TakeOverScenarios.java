package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P12: a leader that has fallen silent is replaced without waiting for its lease. */
abstract class TakeOverScenarios extends Scenario {
    private static final Duration TICK = World.LATENCY;

    @Test
    void replacesALeaderThatIsSilentForItsWait() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        leader.crash();
        long heard = heardAt(next);

        world.runUntil(next::isLeader, WAIT);

        assertThat(world.now())
                .isEqualTo(heard + WAIT.plus(TICK.multipliedBy(2)).toNanos());
        assertThat(mark().released()).as("the word that it has stopped").isEqualTo(2);
        assertThat(world.store().holds(leader.lease()))
                .as("its lease is not waited for")
                .isTrue();
    }

    @Test
    void replacesItWithinTheTimeThatWasAskedFor() {
        Peer leader = leader(world.peer("a", FAIL_OVER, false));
        Peer next = follower(world.peer("b", FAIL_OVER, false));
        seconds(5);
        leader.crash();

        Duration took = world.runUntil(next::isLeader, LEASE);

        assertThat(took).isBetween(Duration.ofMillis(700), Duration.ofMillis(1_050));
    }

    @Test
    void doesNotReplaceALeaderThatOnlyTheWatchIsSilentOf() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        next.silence();
        world.runFor(WAIT);

        assertThat(next.requests(Ask.TAKE_OVER)).isPositive();
        seconds(20);

        assertThat(leader.isLeader()).isTrue();
        assertThat(terms(leader)).isEqualTo(1);
    }

    /** Whose guard has failed knows of the beat by that, and counts anew. */
    @Test
    void countsAnewFromABeatThatItsGuardHasFound() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        next.silence();
        world.runUntil(() -> next.requests(Ask.TAKE_OVER) == 1, WAIT);
        world.runFor(TICK.multipliedBy(2));
        long told = world.now();
        leader.crash();

        world.runUntil(() -> leader.found() == null, WAIT.plus(MOMENT));

        assertThat(world.now()).isGreaterThanOrEqualTo(told + WAIT.toNanos());
    }

    /** The beat and the place are guarded: what was seen must be true when it is committed. */
    @Test
    void failsIfABeatComesInBetween() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        next.silence();
        hold(next, Ask.TAKE_OVER);
        world.runUntil(() -> next.network().holds(Ask.TAKE_OVER), WAIT);

        Txn takeOver = next.network().held(Ask.TAKE_OVER).txn();

        assertThat(world.store().commit(takeOver).succeeded()).isFalse();
        assertThat(leader.isLeader()).isTrue();
    }

    /** Its beat is known by another election already, and until then it had no need to prove this place. */
    @Test
    void countsFromWhenItWasFirstInThisView() {
        String gone = put("7", 8_000);
        String silent = silentPlace("8");
        world.store().put("/f/8", value("x8", 8_000));
        Peer third = world.peer("c");
        third.join("/f");
        third.start();
        for (int i = 0; i < 4; i++) {
            seconds(3);
            world.store().put(ElectionKeys.beat("8", 0), "beat " + i);
        }
        seconds(5);
        say(new MarkValue(8_000, place(gone), List.of()), gone);
        long since = world.now();

        world.runUntil(() -> world.store().get("/f/8") == null, Duration.ofSeconds(4));
        world.runUntil(() -> world.store().get(silent) == null, WAIT);

        assertThat(world.now() - since).isGreaterThanOrEqualTo(WAIT.toNanos());
        world.runUntil(third::isLeader, MOMENT);
    }

    @Test
    void doesNothingToAPlaceWhoseBeatIsUnknown() {
        String first = put("7", 8_000);
        Peer next = follower("b");

        seconds(60);

        assertThat(world.store().get(first)).isNotNull();
        assertThat(next.requests()).doesNotContain(Ask.TAKE_OVER);
    }

    @Test
    void doesNothingToAForeignPlace() {
        world.store().put(World.PREFIX + "7", "a-go-member");
        world.store().put(ElectionKeys.beat("7", 0), "x");
        Peer next = follower("b");

        seconds(60);

        assertThat(world.store().get(World.PREFIX + "7")).isNotNull();
        assertThat(next.requests()).doesNotContain(Ask.TAKE_OVER);
    }

    /** Its word that nobody before is valid would lie. */
    @Test
    void doesNothingWhileAClaimIsOpen() {
        world.store().put(World.MARK, mark(30_000));
        silentPlace("7");
        Peer next = follower("b");

        world.runFor(WAIT.multipliedBy(3));
        assertThat(next.requests()).doesNotContain(Ask.TAKE_OVER);
        world.runUntil(next::isLeader, WAIT);

        assertThat(world.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(33));
    }

    @Test
    void whoIsThirdIsMorePatient() {
        Peer leader = leader("a");
        Peer next = follower("b");
        Peer third = veteran("c");
        next.network().fault(Fault.LOST, Ask.TAKE_OVER);
        leader.crash();
        long heard = heardAt(third);

        world.runUntil(() -> leader.found() == null, WAIT.plus(VALIDITY));

        assertThat(world.now())
                .isEqualTo(heard + WAIT.plus(VALIDITY.dividedBy(2)).plus(TICK).toNanos());
        assertThat(third.requests(Ask.TAKE_OVER)).isEqualTo(1);
        world.runUntil(next::isLeader, MOMENT);
    }

    @Test
    void whoIsFurtherBackDoesNothing() {
        Peer leader = leader("a");
        Peer next = follower("b");
        Peer third = follower("c");
        Peer fourth = veteran("d");
        next.network().fault(Fault.LOST, Ask.TAKE_OVER);
        third.network().fault(Fault.LOST, Ask.TAKE_OVER);
        leader.crash();

        seconds(40);

        assertThat(fourth.requests()).doesNotContain(Ask.TAKE_OVER);
    }

    /** P9: who is replaced finds it out, and comes again. */
    @Test
    void whoWasReplacedStepsDownAndEntersAtTheTail() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        leader.freeze();
        world.runUntil(next::isLeader, WAIT);

        leader.thaw();
        settle();

        assertThat(leader.isLeader()).isFalse();
        assertThat(ends(leader)).containsExactly(ChangeReason.EXPIRED);
        assertThat(leader.place()).isGreaterThan(next.token());
    }

    @Test
    void doesNothingIfItLeavesItself() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        hold(next, Ask.RETIRE);
        next.command(Input.Command.Type.EVICT);
        leader.crash();

        seconds(30);

        assertThat(next.requests()).doesNotContain(Ask.TAKE_OVER);
    }

    /** Whatever was written into the mark meanwhile is joined, and it is tried again. */
    @Test
    void isTriedAgainIfTheMarkHasMoved() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        hold(next, Ask.TAKE_OVER);
        leader.crash();
        world.runUntil(() -> next.network().holds(Ask.TAKE_OVER), WAIT);
        next.silence();
        say(new MarkValue(9_000, 0, List.of(1L)));

        next.network().heal();
        next.network().held(Ask.TAKE_OVER).send();
        next.heal();
        world.runUntil(next::isLeader, Duration.ofSeconds(1));

        assertThat(mark().validityMillis()).isEqualTo(9_000);
    }

    @Test
    void isTriedAgainOnceTheStoreCanBeReached() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        next.network().fault(Fault.LOST, Ask.TAKE_OVER);
        leader.crash();
        world.runUntil(() -> next.requests(Ask.TAKE_OVER) == 2, WAIT.plus(LEASE));

        next.network().heal();
        world.runUntil(next::isLeader, REQUEST.plusSeconds(1));

        assertThat(next.effects(Effect.Recovered.class)).containsExactly(new Effect.Recovered("take-over"));
    }

    /** etcd was restored from a backup that was made before the take-over. */
    @Test
    void replacesInAnotherHistoryWhomItHasReplacedInTheFormer() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        long place = leader.place();
        leader.crash();
        world.runUntil(next::isLeader, WAIT.plus(LEASE));

        world.another(store -> {
            store.beginAnew();
            store.put(leader.key(), value("a", 8_000));
            store.put(leader.beat(), "x");
        });
        assertThat(place(leader.key())).isEqualTo(place);
        seconds(30);

        assertThat(world.store().get(leader.key())).isNull();
    }

    /** A place with a beat that has been put once. */
    private String silentPlace(String lease) {
        world.store().put(ElectionKeys.beat(lease, 0), "x");
        return put(lease, 8_000);
    }

    /** When it last heard of the beat that it follows. */
    private static long heardAt(Peer peer) {
        return peer.sessionEffects(SessionEffect.TellElection.class).stream()
                .filter(each -> each.input() instanceof Input.BeatHeard)
                .map(each -> ((Input.BeatHeard) each.input()).receivedAt())
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    @Test
    void isTriedAgainThoughItWasUnderWayWhenThePlaceWasLost() {
        Peer leader = leader("a");
        Peer next = veteran("b");
        leader.crash();
        hold(next, Ask.TAKE_OVER);
        world.runUntil(() -> next.network().holds(Ask.TAKE_OVER), WAIT);
        next.network().heal();

        world.store().delete(next.key());

        world.runUntil(next::isLeader, WAIT.plus(MOMENT));
    }
}
