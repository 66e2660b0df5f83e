package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** P6: a watch that has fallen silent, or has lost a deletion, does not tell that itself. */
abstract class AuditScenarios extends Scenario {
    /** Asked for once in a lease at least, and looked at for a second. */
    private static final Duration FOUND_OUT = LEASE.plusSeconds(1).plus(MOMENT);

    @Test
    void readsAgainIfTheFirstIsAnother() {
        String gone = put("7", 8_000);
        Peer next = follower("b");
        Peer last = follower("c");

        world.store().deleteUntold(gone);
        world.runUntil(next::isLeader, FOUND_OUT.plus(WAIT));

        assertThat(last.isLeader()).isFalse();
        assertThat(next.effects(Effect.CloseWatch.class)).hasSize(1);
    }

    @Test
    void readsAgainIfAWatchHasFallenSilent() {
        Peer leader = leader("a");
        Peer next = follower("b");
        Peer last = follower("c");
        last.silence();

        leader.crash();
        world.store().revoke(leader.lease());
        world.runUntil(() -> last.snapshot().candidates().size() == 2, FOUND_OUT);

        assertThat(next.effects(Effect.CloseWatch.class))
                .as("of a watch that serves")
                .isEmpty();
    }

    /** P9, and no beat of its own tells, for it is third. */
    @Test
    void entersAgainIfItsOwnPlaceIsGone() {
        leader("a");
        follower("b");
        Peer last = follower("c");
        long place = last.place();

        world.store().deleteUntold(last.key());
        world.runUntil(() -> last.found() != null, FOUND_OUT);

        assertThat(last.place()).isGreaterThan(place);
    }

    /** T5, though the watch has not told. */
    @Test
    void writesTheMarkAgainIfItIsGone() {
        leader("a");
        follower("b");

        world.store().deleteUntold(World.MARK);
        world.runUntil(() -> world.store().get(World.MARK) != null, FOUND_OUT);

        assertThat(mark().validityMillis()).isEqualTo(8_000);
    }

    /** What is merely late arrives within the second. */
    @Test
    void doesNotReadAgainBecauseOfADifferenceThatPasses() {
        leader("a");
        Peer next = follower("b");
        Peer last = follower("c");
        hold(last, Ask.AUDIT);
        world.runUntil(() -> last.network().holds(Ask.AUDIT), LEASE);

        next.command(Input.Command.Type.EVICT);
        last.silence();
        last.network().heal();
        last.network().held(Ask.AUDIT).send();
        world.runFor(Duration.ofMillis(900));
        last.heal();
        seconds(5);

        assertThat(last.effects(Effect.CloseWatch.class)).isEmpty();
    }

    @Test
    void aWatchThatServesIsNotOpenedAnew() {
        leader("a");
        Peer next = follower("b");
        Peer last = follower("c");

        seconds(60);

        assertThat(next.effects(Effect.CloseWatch.class)).isEmpty();
        assertThat(last.effects(Effect.CloseWatch.class)).isEmpty();
        assertThat(last.requests(Ask.READ)).isEqualTo(1);
    }

    @Test
    void anAuditThatIsNotAnsweredChangesNothing() {
        leader("a");
        Peer next = follower("b");
        next.network().fault(Fault.LOST, Ask.AUDIT);

        seconds(60);

        assertThat(next.effects(Effect.CloseWatch.class)).isEmpty();
        assertThat(next.effects(Effect.Report.class)).isEmpty();
    }
}
