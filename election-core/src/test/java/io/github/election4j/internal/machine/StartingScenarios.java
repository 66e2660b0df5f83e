package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.machine.Tag.Purpose;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

abstract class StartingScenarios extends Scenario {
    @Test
    void followsTheQueueBeforeItHasASession() {
        Peer member = world.peer("a");

        member.step(new Input.Alarm());
        settle();

        assertThat(member.state()).isEqualTo(ElectionState.STARTING);
        assertThat(member.requests()).containsExactly(Purpose.READ_QUEUE);
        assertThat(member.effects(Effect.OpenWatch.class)).hasSize(1);
    }

    @Test
    void doesNotEnterBeforeItFollowsTheQueue() {
        Peer member = world.peer("a");
        hold(member, Purpose.READ_QUEUE);

        member.start();
        settle();

        assertThat(member.requests(Purpose.ENTER)).isZero();
        assertThat(member.state()).isEqualTo(ElectionState.STARTING);
    }

    @Test
    void leadsAtOnceOnACleanStart() {
        Peer member = world.peer("a").start();

        Duration took = world.runUntil(member::isLeader, MOMENT);

        assertThat(took).isLessThanOrEqualTo(World.LATENCY.multipliedBy(7));
        assertThat(member.state()).isEqualTo(ElectionState.LEADING);
    }

    @Test
    void sendsAHeartbeatThatSaysLeadingAtOnce() {
        Peer member = leader("a");

        assertThat(member.stateInStore()).isEqualTo(CandidateState.LEADING);
        assertThat(world.elapsed()).isLessThan(PERIOD);
    }

    @Test
    void asksAgainAfterAnUnknownOutcomeOfEntering() {
        Peer member = world.peer("a");
        member.network().fault(Fault.REPLY_LOST, Purpose.ENTER);
        member.start();
        settle();
        long entered = Objects.requireNonNull(member.found()).createRevision();

        member.network().heal();
        world.runFor(REQUEST.plus(MOMENT));

        assertThat(member.requests(Purpose.ENTER)).isEqualTo(2);
        assertThat(member.found()).isNotNull().matches(found -> found.createRevision() == entered);
        world.runUntil(member::isLeader, WAIT);
        assertThat(member.token()).isEqualTo(entered);
    }

    @Test
    void waitsAfterAnUnknownOutcomeSinceTheMarkIsThereByThen() {
        Peer member = world.peer("a");
        member.network().fault(Fault.LOST, Purpose.ENTER);
        member.start();
        settle();
        member.network().heal();
        world.store().put(World.MARK, "8000");

        world.runFor(REQUEST.plus(MOMENT));

        assertThat(member.found()).isNotNull();
        assertThat(member.isLeader())
                .as("started clean, by a view that was not exact")
                .isTrue();
    }

    /** It counts what the entering transaction finds, not what was there before. */
    @Test
    void leadsAtOnceIfTheElectionEndedInOrderJustBeforeItEntered() {
        world.store().put(World.MARK, "8000");
        Peer member = world.peer("a");
        hold(member, Purpose.ENTER);
        member.start();
        settle();
        world.store().delete(World.MARK);

        member.network().heal();
        member.network().held(Purpose.ENTER).send();
        settle();

        assertThat(member.isLeader()).isTrue();
    }

    @Test
    void entersAfterAnotherMemberWroteTheMarkInBetween() {
        Peer member = world.peer("a", Duration.ofSeconds(5), false);
        hold(member, Purpose.ENTER);
        member.start();
        settle();
        Peer other = leader("b");

        member.network().heal();
        member.network().held(Purpose.ENTER).send();
        settle();

        assertThat(other.isLeader()).isTrue();
        assertThat(member.found()).isNotNull();
        assertThat(world.store().get(World.MARK))
                .isNotNull()
                .matches(mark -> mark.value().equals("8000"));
    }

    @Test
    void neverMakesTheMarkSmaller() {
        world.store().put(World.MARK, "20000");

        follower("a");

        assertThat(world.store().get(World.MARK))
                .isNotNull()
                .matches(mark -> mark.value().equals("20000"));
    }

    @Test
    void writesTheMarkEvenIfItStaysTheSame() {
        leader("a");
        long before = Objects.requireNonNull(world.store().get(World.MARK)).modRevision();

        follower("b");

        assertThat(world.store().get(World.MARK)).isNotNull().matches(mark -> mark.modRevision() > before);
    }

    @Test
    void takesTheMarkAsPresentIfItIsDenied() {
        Peer member = world.peer("a");
        member.network().deny(World.MARK);
        member.start();

        Duration took = world.runUntil(member::isLeader, LEASE);

        assertThat(took).isGreaterThanOrEqualTo(WAIT);
        assertThat(member.effects(Effect.Warn.class))
                .singleElement()
                .matches(warning -> warning.message().contains(World.MARK));
    }

    @Test
    void tellsThatTheLeaseIsGone() {
        Peer member = world.peer("a");
        member.network().fault(Fault.NO_LEASE, Purpose.ENTER);

        member.start();
        settle();

        assertThat(member.effects(Effect.LeaseGone.class))
                .isNotEmpty()
                .allMatch(gone -> gone.leaseId() == member.lease());
    }

    @Test
    void doesNotAcceptAReplyToARequestOfAnEarlierSession() {
        Peer member = world.peer("a");
        hold(member, Purpose.ENTER);
        member.start();
        settle();
        Network.Request late = member.network().held(Purpose.ENTER);
        member.sessionDown();
        member.sessionUp();
        settle();

        late.fail(Kind.DENIED);
        settle();

        assertThat(member.effects(Effect.Report.class)).isEmpty();
    }

    @Test
    void startsEvicted() {
        Peer member = world.peer("a", LEASE, true).start();

        seconds(1);

        assertThat(member.state()).isEqualTo(ElectionState.EVICTED);
        assertThat(member.requests()).containsExactly(Purpose.READ_QUEUE);
    }

    /** P7. A read by a member of etcd that lags behind says nothing of what the entry was guarded by. */
    @Test
    void anEntryIsCleanOnlyIfTheAbsenceOfTheMarkGuardedIt() {
        TxnResult nothingYet = world.store()
                .commit(new Txn(List.of(), List.of(new Txn.Range(World.PREFIX), new Txn.Get(World.MARK)), List.of()));
        Peer leader = leader("a");
        Peer next = world.peer("b");
        hold(next, Purpose.ENTER);
        next.start();
        settle();
        leader.freeze();
        world.store().delete(leader.key());
        hold(next, Purpose.READ_QUEUE);
        next.endWatch(Kind.UNAVAILABLE);
        seconds(1);
        next.step(new Input.Committed(last(next, Purpose.READ_QUEUE).tag(), nothingYet));

        next.network().held(Purpose.ENTER).send();
        settle();

        assertThat(next.found()).isNotNull();
        assertThat(next.isLeader()).isFalse();
    }

    private static Effect.Commit last(Peer peer, Purpose purpose) {
        return peer.effects(Effect.Commit.class).stream()
                .filter(each -> each.tag().purpose() == purpose)
                .reduce((before, after) -> after)
                .orElseThrow();
    }
}
