package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionState;
import io.github.election4j.Leadership;
import io.github.election4j.OperationOutcome;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One election, as its user sees it. */
class DefaultElectionTests {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Bench bench = new Bench();
    private final Election election = bench.elections()
            .join(Bench.config("a").withAddress("http://m1").withStepDownTimeout(Duration.ofSeconds(3)));

    @Test
    void tellsWhatItIs() {
        assertThat(election.name()).isEqualTo("a");
        assertThat(election.key()).isEqualTo("/bench/a");
        assertThat(election.id()).isEqualTo("m1");
        assertThat(election.address()).isEqualTo("http://m1");
    }

    @Test
    void startsWithoutALeader() {
        assertThat(election.isLeader()).isFalse();
        assertThat(election.leadership()).isEmpty();
        assertThat(election.leader()).isEmpty();
        assertThat(election.candidates()).isEmpty();
        assertThat(election.status().state()).isEqualTo(ElectionState.STARTING);
    }

    @Test
    void leadsAlone() {
        bench.settle();

        Candidate self = election.leader().orElseThrow();
        assertThat(self.id()).isEqualTo("m1");
        assertThat(self.address()).isEqualTo("http://m1");
        assertThat(election.candidates()).containsExactly(self);
        assertThat(election.leadership().map(Leadership::fencingToken)).contains(self.fencingToken());
        assertThat(election.leadership().map(Leadership::remaining)).contains(Bench.VALIDITY);
        assertThat(election.status().state()).isEqualTo(ElectionState.LEADING);
        assertThat(election.status().fencingToken()).isEqualTo(self.fencingToken());
    }

    @Test
    void leadsOnWhileItsHeartbeatsAreCommitted() {
        bench.settle();
        Leadership term = election.leadership().orElseThrow();
        bench.pass(Bench.LEASE.multipliedBy(10));
        assertThat(term.isValid()).isTrue();
        assertThat(term.remaining()).isBetween(Bench.VALIDITY.minus(Bench.PERIOD), Bench.VALIDITY);
    }

    /** P9: whoever asks first after a pause is told the truth, before the loop has run. */
    @Test
    void doesNotLeadAfterAPause() {
        bench.settle();
        bench.loop().skip(Bench.VALIDITY);
        assertThat(election.isLeader()).isFalse();
        assertThat(election.leadership()).isEmpty();
        assertThat(election.status().state()).isEqualTo(ElectionState.STEPPING_DOWN);
    }

    /** P5: a heartbeat is taken in by a step that began in time; somebody has found the term lapsed meanwhile. */
    @Test
    void doesNotReviveATermThatSomebodyHasFoundLapsed() {
        election.addListener(event -> {});
        bench.settle();
        long token = election.leadership().orElseThrow().fencingToken();
        bench.store().leaveUnanswered(request -> request.equals("keepAlive")); // Or the loop looks at its clock twice.
        bench.loop().pass(Bench.PERIOD, bench.loop()::run);
        bench.loop().skip(Bench.VALIDITY.minus(Bench.PERIOD).minus(MOMENT));
        assertThat(election.isLeader()).isTrue();
        // The first step is the session's, which takes in the beat; the election's is the next.
        bench.meanwhile(() -> bench.meanwhile(() -> {
            bench.loop().skip(MOMENT);
            assertThat(election.isLeader()).isFalse();
        }));

        bench.settleButListeners();
        bench.store().heal();

        assertThat(election.isLeader()).isFalse();
        assertThat(election.status().history())
                .last()
                .satisfies(change -> assertThat(change.reason()).isEqualTo(ChangeReason.EXPIRED));
        bench.pass(Bench.LEASE);
        assertThat(election.leadership().orElseThrow().fencingToken()).isGreaterThan(token);
    }

    @Test
    void commandsCompleteWithWhatHappened() {
        bench.settle();
        assertThat(outcome(election.cancelEvict())).isEqualTo(OperationOutcome.NOT_EVICTED);
        assertThat(outcome(election.resign())).isEqualTo(OperationOutcome.RELEASED);
        assertThat(election.isLeader()).as("again, alone").isTrue();
        assertThat(outcome(election.evict())).isEqualTo(OperationOutcome.RELEASED);
        assertThat(election.status().state()).isEqualTo(ElectionState.EVICTED);
        assertThat(outcome(election.evict())).isEqualTo(OperationOutcome.ALREADY_EVICTED);
        assertThat(outcome(election.resign())).isEqualTo(OperationOutcome.NOT_IN_QUEUE);
        assertThat(outcome(election.cancelEvict())).isEqualTo(OperationOutcome.REJOINED);
        assertThat(election.isLeader()).isTrue();
    }

    /** Whoever is told may block: never on the loop. */
    @Test
    void commandsCompleteOnTheThreadsOfThePool() {
        bench.settle();
        CompletableFuture<OperationOutcome> evicted = election.evict();
        bench.settleButListeners();
        assertThat(evicted).isNotDone();
        bench.settle();
        assertThat(evicted).isCompletedWithValue(OperationOutcome.RELEASED);
    }

    @Test
    void commandThatAnotherOvertakesFails() {
        bench.settle();
        assertThat(outcome(election.evict())).isEqualTo(OperationOutcome.RELEASED);
        CompletableFuture<OperationOutcome> cancelled = election.cancelEvict();
        var evictedAgain = election.evict();
        bench.settle();
        assertThat(kind(cancelled)).isEqualTo(ElectionException.Kind.SUPERSEDED);
        assertThat(cancelled.handle((done, failure) -> failure).join()).hasMessageStartingWith("Election 'a': ");
        assertThat(evictedAgain).isCompleted();
    }

    @Test
    void commandsFailOnceItIsClosed() {
        bench.settle();
        assertThat(election.closeAsync()).isNotDone();
        bench.settle();
        assertThat(election.closeAsync()).isCompleted();
        assertThat(kind(election.evict())).isEqualTo(ElectionException.Kind.CLOSED);
        assertThat(election.status().state()).isEqualTo(ElectionState.CLOSED);
        assertThat(bench.store().openWatches()).isZero();
        election.close();
    }

    @Test
    void commandsFailOnceTheLoopHasEnded() {
        bench.settle();
        bench.loop().shutdown();
        assertThat(election.resign()).isCompletedExceptionally();
        assertThat(kind(election.resign())).isEqualTo(ElectionException.Kind.CLOSED);
    }

    /** Each asker has a future of his own. */
    @Test
    void isNotClosedBecauseSomebodySaysSo() {
        election.closeAsync().complete(null);
        assertThat(election.closeAsync()).isNotDone();
    }

    @Test
    void closesInTimeThoughNothingAnswers() {
        bench.settle();
        bench.store().leaveUnanswered(MemoryStore::everything);
        CompletableFuture<Void> closed = election.closeAsync();
        bench.pass(Duration.ofSeconds(3).plus(Bench.TIMEOUT));
        assertThat(closed).isCompleted();
    }

    @Test
    void closeWaits() {
        Thread.currentThread().interrupt();
        try (LogCapture log = new LogCapture(BoundedWait.class)) {
            election.close();
            assertThat(log.lines()).singleElement().asString().contains("Election 'a': interrupted while closing");
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void watchesAgainWhenTheWatchEnds() {
        bench.settle();
        bench.store().endWatches();
        bench.pass(Bench.PERIOD);
        assertThat(bench.store().openWatches()).isEqualTo(1);

        Candidate before = election.leader().orElseThrow();
        bench.store().model().delete(before.key());
        bench.pass(Bench.LEASE);

        assertThat(election.leadership().orElseThrow().fencingToken()).isGreaterThan(before.fencingToken());
    }

    @Test
    void tellsWhatFailsUntilItSucceeds() {
        bench.store().fail(StoreException.Kind.DENIED, request -> request.contains("/bench/a"));
        bench.pass(Bench.LEASE);
        assertThat(election.status().lastError()).endsWith(": as the test says");

        bench.store().heal();
        bench.pass(Bench.LEASE);

        assertThat(election.isLeader()).isTrue();
        assertThat(election.status().lastError()).isNull();
    }

    private OperationOutcome outcome(CompletableFuture<OperationOutcome> future) {
        bench.settle();
        assertThat(future).isCompleted();
        return future.join();
    }

    private static ElectionException.Kind kind(CompletableFuture<?> future) {
        return ((ElectionException) future.handle((value, failure) -> failure).join()).kind();
    }
}
