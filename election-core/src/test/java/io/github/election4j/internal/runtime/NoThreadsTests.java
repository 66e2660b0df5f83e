package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.OperationOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** S3, S4, L3: the pool of listeners has no thread for what is asked of it, and has one again. */
class NoThreadsTests {
    private static final int ALL = Integer.MAX_VALUE;
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration STEP_DOWN = Duration.ofSeconds(3);

    private final Bench bench = new Bench();
    private final Election election = bench.elections().join(Bench.config("a").withStepDownTimeout(STEP_DOWN));
    private final List<String> heard = new ArrayList<>();

    @Test
    void listenerHearsOnceThereAreThreadsAgainAndTheStepDownWaitsForIt() {
        election.addListener(listener("one"));
        election.addListener(listener("two"));
        bench.settle();
        heard.clear();

        bench.refuseTasks(ALL);
        CompletableFuture<OperationOutcome> evicted = election.evict();
        bench.pass(SECOND);

        assertThat(heard).isEmpty();
        assertThat(election.isLeader()).isFalse();
        assertThat(bench.store().model().range("/bench/a/")).hasSize(1);
        bench.refuseTasks(0);
        bench.pass(SECOND);

        assertThat(heard).containsExactlyInAnyOrder("one RETIRE_FROM_LEADER", "two RETIRE_FROM_LEADER");
        assertThat(evicted).isCompletedWithValue(OperationOutcome.RELEASED);
        assertThat(bench.store().model().range("/bench/a/")).isEmpty();
    }

    @Test
    void whoIsRefusedOnceIsHeardAndSoAreThoseAfterIt() {
        election.addListener(listener("one"));
        election.addListener(listener("two"));

        bench.refuseTasks(1);
        bench.settle();
        bench.pass(SECOND);
        election.resign();
        bench.pass(SECOND);

        assertThat(heard)
                .filteredOn(each -> each.startsWith("one"))
                .containsExactly("one IS_LEADER", "one RETIRE_FROM_LEADER", "one IS_LEADER");
        assertThat(heard)
                .filteredOn(each -> each.startsWith("two"))
                .containsExactly("two IS_LEADER", "two RETIRE_FROM_LEADER", "two IS_LEADER");
    }

    @Test
    void stepDownWaitsNoLongerThanItsTimeout() {
        election.addListener(listener("one"));
        bench.settle();

        bench.refuseTasks(ALL);
        election.evict();
        bench.pass(STEP_DOWN.minus(MOMENT));
        assertThat(bench.store().model().range("/bench/a/")).hasSize(1);
        bench.pass(MOMENT);

        assertThat(bench.store().model().range("/bench/a/")).isEmpty();
    }

    @Test
    void everyFutureCompletesOnceThereAreThreadsAgain() {
        bench.settle();
        CompletableFuture<?> lost = election.leadership().orElseThrow().lost();

        bench.refuseTasks(ALL);
        CompletableFuture<OperationOutcome> resigned = election.resign();
        CompletableFuture<Optional<Candidate>> fetched = election.fetchLeader();
        bench.pass(SECOND);
        assertThat(List.of(lost, resigned, fetched)).noneMatch(CompletableFuture::isDone);
        bench.refuseTasks(0);
        bench.pass(SECOND);

        assertThat(List.of(lost, resigned, fetched)).allMatch(CompletableFuture::isDone);
        assertThat(election.isLeader()).isTrue();
    }

    @Test
    void closesThoughNoThreadIsEverToBeHad() {
        bench.settle();

        bench.refuseTasks(ALL);
        CompletableFuture<Void> closed = bench.elections().closeAsync();
        bench.pass(Bench.LEASE);

        assertThat(closed).isCompleted();
        assertThat(bench.store().isClosed()).isTrue();
    }

    @Test
    void isToldAsEveryFailureIsUntilItIsOver() {
        List<ElectionEvent> errors = new ArrayList<>();
        bench.settle();
        bench.refuseTasks(ALL);
        election.addListener(event -> {
            if (event instanceof ElectionError) {
                errors.add(event);
            }
        });
        bench.pass(MOMENT);
        assertThat(election.status().lastError())
                .isEqualTo("thread: no thread for listeners and futures: "
                        + "java.util.concurrent.RejectedExecutionException: no thread");

        bench.refuseTasks(0);
        bench.pass(SECOND);

        assertThat(election.status().lastError()).isNull();
        assertThat(errors)
                .first()
                .satisfies(
                        event -> assertThat(((ElectionError) event).operation()).isEqualTo("thread"));
    }

    private ElectionListener listener(String name) {
        return event -> {
            if (event instanceof LeaderChanged change) {
                heard.add(name + " " + change.state());
            }
        };
    }
}
