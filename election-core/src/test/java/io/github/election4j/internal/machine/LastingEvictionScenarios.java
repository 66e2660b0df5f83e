package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.Eviction;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.wire.EvictionValue;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** P3, P8: an eviction beside the queue, which every member obeys for its own id. */
abstract class LastingEvictionScenarios extends Scenario {
    private static final String OF_A = new ElectionKeys(World.KEY).eviction("a");

    @Test
    void theLeaderStepsDownInOrder() {
        Peer leader = leader("a");
        Peer follower = veteran("b");
        leader.listenersHang();

        evict();
        settle();
        assertThat(leader.isLeader()).isFalse();
        assertThat(leader.requests()).doesNotContain(Ask.RETIRE);
        leader.listenersReturn();
        settle();

        assertThat(ends(leader)).containsExactly(ChangeReason.EVICTED);
        assertThat(leader.state()).isEqualTo(ElectionState.EVICTED);
        assertThat(leader.snapshot().evicted()).isTrue();
        assertThat(leader.found()).isNull();
        assertThat(follower.isLeader()).isTrue();
    }

    @Test
    void nobodyElseObeysIt() {
        Peer leader = leader("b");

        evict();
        settle();

        assertThat(leader.isLeader()).isTrue();
        assertThat(leader.snapshot().evicted()).isFalse();
        assertThat(leader.snapshot().evictions())
                .containsExactly(new Eviction("a", "ops", "disk", Instant.ofEpochMilli(7), null));
    }

    /** As after a restart. */
    @Test
    void whoStartsDoesNotEnter() {
        evict();
        Peer member = world.peer("a").start();

        seconds(30);

        assertThat(member.found()).isNull();
        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
    }

    /** Not even as long as it takes to see it. */
    @Test
    void whoHasNotSeenItDoesNotEnterEither() {
        Peer member = leader("a");
        member.silence();
        evict();

        member.loseSession();
        seconds(5);

        assertThat(member.effects(Effect.Cover.class)).hasSize(1);
        assertThat(member.found()).isNull();
        assertThat(member.requests(Ask.ENTER)).isEqualTo(2);
        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
    }

    @Test
    void entersOnceItIsGone() {
        Peer member = leader("a");
        evict();
        settle();
        assertThat(member.found()).isNull();

        world.store().delete(OF_A);
        settle();

        assertThat(member.isLeader()).isTrue();
        assertThat(member.snapshot().evicted()).isFalse();
    }

    @Test
    void staysOutAcrossTheLossOfTheSessionAndOfTheWatch() {
        Peer member = leader("a");
        evict();
        settle();

        member.loseSession();
        member.endWatch(Kind.UNAVAILABLE);
        seconds(30);

        assertThat(member.found()).isNull();
    }

    @Test
    void findsOutByReadingThatItIsGone() {
        Peer member = leader("a");
        evict();
        settle();
        member.silence();

        world.store().delete(OF_A);
        member.endWatch(Kind.UNAVAILABLE);
        member.heal();
        seconds(1);

        assertThat(member.isLeader()).isTrue();
    }

    /** P6: as when etcd has lost the deletion (etcd#18089). */
    @Test
    void findsOutByAnAuditThatItIsGone() {
        Peer member = leader("a");
        evict();
        settle();
        member.silence();

        world.store().delete(OF_A);
        world.runUntil(() -> member.found() != null, LEASE.multipliedBy(2));
        settle();

        assertThat(member.isLeader()).isTrue();
    }

    @Test
    void anEvictionOfTheProcessHoldsBesideIt() {
        Peer member = leader("a");
        member.command(Command.Type.EVICT);
        evict();
        settle();

        world.store().delete(OF_A);
        settle();
        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);

        long cancel = member.command(Command.Type.CANCEL_EVICT);
        settle();
        assertThat(member.outcome(cancel)).isEqualTo("REJOINED");
    }

    @Test
    void whoReturnsFromThatOfTheProcessIsToldThatItDoesNotReturn() {
        Peer member = leader("a");
        member.command(Command.Type.EVICT);
        evict();
        settle();

        long cancel = member.command(Command.Type.CANCEL_EVICT);

        assertThat(member.outcome(cancel)).isEqualTo("EVICTION_CANCELLED");
        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
    }

    @Test
    void itHoldsWhereThatOfTheProcessIsCancelled() {
        Peer member = leader("a");
        evict();
        settle();

        long notEvicted = member.command(Command.Type.CANCEL_EVICT);
        seconds(5);

        assertThat(member.outcome(notEvicted)).isEqualTo("NOT_EVICTED");
        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
    }

    @Test
    void whoeverWaitedToReenterIsToldThatItIsEvicted() {
        Peer member = leader("a");
        member.command(Command.Type.EVICT);
        settle();
        hold(member, Ask.ENTER);
        long cancel = member.command(Command.Type.CANCEL_EVICT);

        evict();
        settle();

        assertThat(member.outcome(cancel)).isEqualTo("failed: SUPERSEDED");
    }

    private void evict() {
        world.store().put(OF_A, new EvictionValue("ops", "disk", 7, 0).text());
    }
}
