package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException.Kind;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.OrderValue;
import io.github.election4j.internal.wire.OrderValue.Answered;
import io.github.election4j.internal.wire.OrderValue.Asked;
import io.github.election4j.internal.wire.OrderValue.Operation;
import io.github.election4j.spi.StoreException;
import org.junit.jupiter.api.Test;

/** P3, P8: an order beside the queue, which the holder of the place that it names obeys and answers. */
abstract class OrderScenarios extends Scenario {
    private static final long LEASE_OF_ORDER = 0xff;

    @Test
    void whoLeadsResigns() {
        Peer leader = leader("a");
        Peer next = veteran("b");

        long order = order(leader, asked(Operation.RESIGN, "", leader));
        world.runUntil(next::isLeader, MOMENT);
        settle();

        assertThat(answer(leader)).isEqualTo(done(order, OperationOutcome.RELEASED));
        assertThat(world.store().keysOf(LEASE_OF_ORDER)).containsExactly(orderKey(leader));
        assertThat(ends(leader)).containsExactly(ChangeReason.RESIGNED);
        assertThat(leader.place()).isGreaterThan(next.place());
    }

    @Test
    void whoLeadsHandsOver() {
        Peer leader = leader("a");
        veteran("b");
        Peer named = veteran("c");

        long order = order(leader, asked(Operation.TRANSFER, "c", leader));
        world.runUntil(named::isLeader, MOMENT);
        settle();

        assertThat(answer(leader)).isEqualTo(done(order, OperationOutcome.TRANSFERRED));
    }

    /** S4. */
    @Test
    void isAnsweredWhenItHasTakenEffect() {
        Peer leader = leader("a");
        veteran("b");
        leader.listenersHang();

        long order = order(leader, asked(Operation.RESIGN, "", leader));
        seconds(1);
        assertThat(leader.isLeader()).isFalse();
        assertThat(leader.requests()).doesNotContain(Ask.ANSWER);
        leader.listenersReturn();
        settle();

        assertThat(answer(leader)).isEqualTo(done(order, OperationOutcome.RELEASED));
    }

    @Test
    void whatIsNotPossibleIsAnsweredWithTheReason() {
        Peer leader = leader("a");

        long order = order(leader, asked(Operation.TRANSFER, "nobody", leader));
        settle();

        assertThat(failure(leader, order)).contains("nothing was handed over to 'nobody'");
        assertThat(leader.isLeader()).isTrue();
    }

    @Test
    void whatIsNotKnownIsRefused() {
        Peer leader = leader("a");

        long order = order(leader, new Asked(null, "", leader.place(), "x"));
        settle();

        assertThat(failure(leader, order)).contains("does not know");
        assertThat(leader.isLeader()).isTrue();
    }

    /** It was for a term that is over: the present one is nobody's business who asked then. */
    @Test
    void oneThatComesLateIsRefused() {
        Peer leader = leader("a");
        Asked late = asked(Operation.RESIGN, "", leader);
        leader.command(Command.Type.RESIGN);
        world.runUntil(() -> terms(leader) == 2, WAIT);

        long order = order(leader, late);
        settle();

        assertThat(failure(leader, order)).contains("its place of then is gone");
        assertThat(leader.isLeader()).isTrue();
    }

    @Test
    void isObeyedOnce() {
        Peer leader = leader("a");
        order(leader, asked(Operation.RESIGN, "", leader));
        leader.network().fault(Fault.LOST, Ask.ANSWER);
        world.runUntil(() -> terms(leader) == 2, WAIT);

        leader.endWatch(StoreException.Kind.UNAVAILABLE);
        seconds(5);
        assertThat(terms(leader)).isEqualTo(2);
        leader.network().heal();
        seconds(5);

        assertThat(answer(leader)).isInstanceOf(Answered.class);
        assertThat(terms(leader)).isEqualTo(2);
    }

    @Test
    void anotherOneOfTheSamePlaceIsAnotherOne() {
        Peer leader = leader("a");
        long first = order(leader, asked(Operation.TRANSFER, "b", leader));
        settle();
        assertThat(failure(leader, first)).isNotEmpty();

        long second = order(leader, asked(Operation.TRANSFER, "c", leader));
        settle();

        assertThat(failure(leader, second)).contains("'c'");
    }

    /** Nobody waits for the answer, and nothing is put where nothing was asked. */
    @Test
    void oneThatIsWithdrawnMeanwhileIsNotAnswered() {
        Peer leader = leader("a");
        veteran("b");
        leader.listenersHang();
        order(leader, asked(Operation.RESIGN, "", leader));
        seconds(1);

        world.store().delete(orderKey(leader));
        settle();
        leader.listenersReturn();
        settle();

        assertThat(world.store().get(orderKey(leader))).isNull();
        assertThat(leader.requests()).doesNotContain(Ask.ANSWER);
    }

    @Test
    void oneThatIsWithdrawnDoesNotKeepTheNextFromBeingAnswered() {
        Peer leader = leader("a");
        veteran("b");
        leader.listenersHang();
        order(leader, asked(Operation.RESIGN, "", leader));
        settle();
        world.store().delete(orderKey(leader));
        settle();
        leader.network().fault(Fault.LOST, Ask.ANSWER);
        long second = order(leader, asked(Operation.TRANSFER, "b", leader));
        settle();

        leader.listenersReturn();
        settle();
        leader.network().heal();
        seconds(5);

        assertThat(failure(leader, second)).contains("does not lead");
    }

    /** Its answer arrives when another order stands in its place already. */
    @Test
    void anAnswerIsNeverTakenForThatToAnotherOrder() {
        Peer leader = leader("a");
        hold(leader, Ask.ANSWER);
        order(leader, asked(Operation.TRANSFER, "nobody", leader));
        settle();
        leader.network().heal();

        long second = order(leader, asked(Operation.TRANSFER, "c", leader));
        leader.network().held(Ask.ANSWER).send();
        settle();

        assertThat(failure(leader, second)).contains("'c'");
    }

    /** Its lease has ended, and with it the order, of which the watch has not told yet. */
    @Test
    void oneThatHasEndedIsNotAnsweredForEver() {
        Peer leader = leader("a");
        leader.network().fault(Fault.NO_LEASE, Ask.ANSWER);

        order(leader, asked(Operation.TRANSFER, "nobody", leader));
        seconds(5);

        assertThat(leader.requests(Ask.ANSWER)).isEqualTo(1);
        assertThat(leader.effects(Effect.Report.class)).isEmpty();
    }

    @Test
    void nobodyElseObeysIt() {
        Peer leader = leader("a");
        Peer next = veteran("b");

        order(next, asked(Operation.RESIGN, "", leader));
        settle();

        assertThat(leader.isLeader()).isTrue();
    }

    private static String orderKey(Peer target) {
        return new ElectionKeys(World.KEY).order(target.key());
    }

    private static Asked asked(Operation operation, String to, Peer leader) {
        return new Asked(operation, to, leader.place(), "x");
    }

    private long order(Peer target, Asked asked) {
        world.store().grant(LEASE_OF_ORDER);
        world.store().put(orderKey(target), asked.text(), LEASE_OF_ORDER);
        return revisionOf(orderKey(target));
    }

    private static Answered done(long order, OperationOutcome outcome) {
        return new Answered(order, outcome, Kind.TIMEOUT, "");
    }

    private OrderValue answer(Peer target) {
        var found = world.store().get(orderKey(target));
        return OrderValue.parse(found == null ? "" : found.value());
    }

    private String failure(Peer target, long order) {
        Answered answered = (Answered) answer(target);
        assertThat(answered.order()).isEqualTo(order);
        assertThat(answered.outcome()).isNull();
        assertThat(answered.failure()).isEqualTo(Kind.REFUSED);
        return answered.message();
    }
}
