package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeaderCallsTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(50);

    private long now = 100;
    private @Nullable Term present = term(7);
    private final LeaderCalls calls =
            new LeaderCalls(() -> Optional.<Leadership>ofNullable(present).filter(Leadership::isValid));

    @Test
    void thereAreNoneOnAFollower() {
        present = null;
        assertThat(calls.begin()).isNull();
    }

    @Test
    void theEndOfATermWaitsForThoseThatBeganInIt() {
        LeaderCall one = begin();
        LeaderCall other = begin();

        CompletableFuture<Void> returned = endTerm();

        assertThat(calls.begin()).isNull();
        one.end();
        await().during(MOMENT).atMost(LIMIT).until(() -> !returned.isDone());
        other.end();
        await().atMost(LIMIT).until(returned::isDone);
    }

    @Test
    void theEndOfATermDoesNotWaitForThoseOfTheNext() {
        LeaderCall former = begin();
        CompletableFuture<Void> returned = endTerm();
        present = term(8);
        LeaderCall next = begin();

        former.end();

        await().atMost(LIMIT).until(returned::isDone);
        assertThat(next.term().fencingToken()).isEqualTo(8);
    }

    @Test
    void aTermThatLapsesWhileACallBeginsLetsItNotThrough() {
        LeaderCalls unlucky = new LeaderCalls(() -> {
            Leadership seen = present;
            now = 1_000;
            return Optional.ofNullable(seen);
        });
        assertThat(unlucky.begin()).isNull();
    }

    /** Of one that was added too late for the end to find it, nobody hears again. */
    @Test
    void aCallThatBeginsAsItsTermEndsIsNotLetThroughNorWaitedFor() {
        AtomicBoolean lapses = new AtomicBoolean();
        LeaderCalls unlucky = new LeaderCalls(() -> {
            Leadership seen = present;
            now = lapses.get() ? 1_000 : now;
            return Optional.ofNullable(seen);
        });
        LeaderCall former = Objects.requireNonNull(unlucky.begin());
        lapses.set(true);

        assertThat(unlucky.begin()).isNull();

        CompletableFuture<Void> returned = endTerm();
        former.end();
        await().atMost(LIMIT).until(returned::isDone);
    }

    @Test
    void oneThatFailsOnItsLossDoesNotKeepTheOthersFromBeingWaitedFor() {
        AtomicInteger lost = new AtomicInteger();
        List<LeaderCall> begun = List.of(begin(), begin(), begin());
        begun.forEach(call -> call.onLoss(() -> {
            lost.incrementAndGet();
            throw new IllegalStateException("on loss");
        }));

        CompletableFuture<Void> returned = endTerm();

        await().atMost(LIMIT).until(() -> lost.get() == begun.size());
        await().during(MOMENT).atMost(LIMIT).until(() -> !returned.isDone());
        begun.forEach(LeaderCall::end);
        await().atMost(LIMIT).until(returned::isDone);
    }

    @Test
    void isPartOfItsTerm() throws Exception {
        LeaderCall call = begin();
        assertThat(call.run(false, Leadership::current)).isSameAs(present);
        assertThatThrownBy(Leadership::current).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoEndsHisOwnTermIsNotWaitedFor() throws Exception {
        LeaderCall outer = begin();
        LeaderCall inner = begin();
        LeaderCall ofAnotherThread = begin();
        CompletableFuture<Void> returned = outer.run(
                false,
                () -> inner.run(false, () -> {
                    LeaderCall.callerEnds(present);
                    return endTerm();
                }));

        await().during(MOMENT).atMost(LIMIT).until(() -> !returned.isDone());
        ofAnotherThread.end();
        await().atMost(LIMIT).until(returned::isDone);
    }

    /** What he asked for was refused. */
    @Test
    void whoDoesNotEndHisOwnTermAfterAllIsWaitedForAndHears() throws Exception {
        LeaderCall call = begin();
        AtomicInteger lost = new AtomicInteger();
        call.onLoss(lost::incrementAndGet);
        call.run(false, () -> LeaderCall.callerEnds(present)).run();

        CompletableFuture<Void> returned = endTerm();

        await().atMost(LIMIT).until(() -> lost.get() == 1);
        await().during(MOMENT).atMost(LIMIT).until(() -> !returned.isDone());
        call.run(false, () -> LeaderCall.callerEnds(call.term()));
        await("what ends a term that is lost already").atMost(LIMIT).until(returned::isDone);
    }

    @Test
    void whoEndsHisOwnTermHearsOfNoLossAndIsNotInterrupted() throws Exception {
        LeaderCall call = begin();
        AtomicInteger lost = new AtomicInteger();
        call.onLoss(lost::incrementAndGet);

        boolean interrupted = call.run(true, () -> {
            LeaderCall.callerEnds(present);
            CompletableFuture<Void> returned = endTerm();
            await().atMost(LIMIT).until(returned::isDone);
            return Thread.currentThread().isInterrupted();
        });

        assertThat(interrupted).isFalse();
        assertThat(lost).hasValue(0);
    }

    @Test
    void whoEndsTheTermOfAnotherElectionIsWaitedFor() throws Exception {
        LeaderCall call = begin();
        CompletableFuture<Void> returned = call.run(false, () -> {
            LeaderCall.callerEnds(term(9));
            LeaderCall.callerEnds(null);
            return endTerm();
        });

        await().during(MOMENT).atMost(LIMIT).until(() -> !returned.isDone());
        call.end();
    }

    @Test
    void interruptsOnLossAndLeavesTheFlagAsItWas() throws Exception {
        LeaderCall outer = begin();
        LeaderCall inner = begin();
        outer.run(true, () -> {
            inner.run(true, () -> {
                CompletableFuture<Void> unused = endTerm();
                return untilInterrupted();
            });
            inner.end();
            return untilInterrupted();
        });

        assertThat(Thread.interrupted()).isFalse();
        outer.end();
    }

    @Test
    void interruptsACallThatBeginsItsWorkAfterTheLoss() throws Exception {
        LeaderCall call = begin();
        AtomicInteger lost = new AtomicInteger();
        call.onLoss(lost::incrementAndGet);
        CompletableFuture<Void> returned = endTerm();
        await().atMost(LIMIT).until(() -> lost.get() == 1);

        assertThat(call.run(true, () -> Thread.currentThread().isInterrupted())).isTrue();

        assertThat(Thread.interrupted()).isFalse();
        call.onLoss(lost::incrementAndGet);
        assertThat(lost).hasValue(2);
        call.end();
        await().atMost(LIMIT).until(returned::isDone);
    }

    @Test
    void whoHasLeftACallDoesNotEndIt() throws Exception {
        LeaderCall call = begin();
        call.run(false, () -> call);
        LeaderCall.callerEnds(present);

        CompletableFuture<Void> returned = endTerm();

        await().during(MOMENT).atMost(LIMIT).until(() -> !returned.isDone());
        call.end();
    }

    @Test
    void aCallThatHasEndedHearsOfNoLoss() {
        AtomicInteger lost = new AtomicInteger();
        LeaderCall call = begin();
        call.onLoss(lost::incrementAndGet);
        call.end();

        CompletableFuture<Void> returned = endTerm();

        await().atMost(LIMIT).until(returned::isDone);
        assertThat(lost).hasValue(0);
    }

    @Test
    void theFlagIsClearedForAnOuterCallThatIsNotInterrupted() throws Exception {
        LeaderCall outer = begin();
        LeaderCall inner = begin();
        boolean left = outer.run(false, () -> {
            inner.run(true, () -> {
                CompletableFuture<Void> unused = endTerm();
                return untilInterrupted();
            });
            return Thread.currentThread().isInterrupted();
        });

        assertThat(left).isFalse();
        inner.end();
        outer.end();
    }

    @Test
    void aCallThatIsNotToBeInterruptedIsNot() throws Exception {
        LeaderCall call = begin();
        CountDownLatch lost = new CountDownLatch(1);
        call.onLoss(lost::countDown);
        CompletableFuture<Void> unused = endTerm();

        assertThat(call.run(false, () -> {
                    lost.await();
                    return Thread.currentThread().isInterrupted();
                }))
                .isFalse();
        call.end();
    }

    /** Leaves the flag set. */
    private static boolean untilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        return true;
    }

    private LeaderCall begin() {
        return Objects.requireNonNull(calls.begin());
    }

    private CompletableFuture<Void> endTerm() {
        Term ended = Objects.requireNonNull(present);
        present = null;
        return ended.end(ChangeReason.RESIGNED, hook -> new Thread(hook, "pool").start());
    }

    private Term term(long token) {
        return new Term("e", new Candidate("a", "", "/e/" + token, token), 200, () -> now);
    }
}
