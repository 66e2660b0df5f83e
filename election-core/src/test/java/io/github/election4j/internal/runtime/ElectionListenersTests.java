package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** S3, S4: what the listeners of an election hear, and who waits for them. */
class ElectionListenersTests {
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration STEP_DOWN = Duration.ofSeconds(3);

    private final Bench bench = new Bench();
    private final Election election = bench.elections().join(Bench.config("a").withStepDownTimeout(STEP_DOWN));
    private final List<ElectionEvent> heard = new ArrayList<>();

    @Test
    void whoIsThereFromTheStartHearsOfTheTermOnce() {
        election.addListener(heard::add);
        bench.settle();
        long token = token();
        assertThat(changes()).containsExactly("ELECTED IS_LEADER " + token);
        assertThat(heard.get(0).election()).isEqualTo("a");
        assertThat(heard.get(0).time()).isCloseTo(Instant.EPOCH, within(1, ChronoUnit.MICROS));
    }

    @Test
    void whoComesLateHearsWhoLeadsFirst() {
        bench.settle();
        bench.pass(MOMENT);

        election.addListener(heard::add);
        bench.settle();

        assertThat(changes()).containsExactly("ELECTED IS_LEADER " + token());
        LeaderChanged change = (LeaderChanged) heard.get(0);
        assertThat(change.previous()).isNull();
        assertThat(change.leader()).isEqualTo(election.leader().orElseThrow());
        assertThat(change.time()).isCloseTo(Instant.EPOCH.plus(MOMENT), within(1, ChronoUnit.MICROS));
    }

    @Test
    void whoComesLateHearsOfAnotherLeaderAsObserved() {
        bench.store().model().put("/bench/a/1", "{\"id\":\"other\",\"addr\":\"\"}");
        bench.settle();
        assertThat(election.leader().orElseThrow().id()).isEqualTo("other");

        election.addListener(heard::add);
        bench.settle();

        assertThat(changes()).containsExactly("OBSERVED IS_NOT_LEADER 2");
    }

    @Test
    void hearsOfEveryTermItsEndAndTheNext() {
        election.addListener(heard::add);
        bench.settle();
        long first = token();

        election.resign();
        bench.settle();

        assertThat(changes())
                .containsExactly(
                        "ELECTED IS_LEADER " + first,
                        "RESIGNED RETIRE_FROM_LEADER " + first,
                        "ELECTED IS_LEADER " + token());
        assertThat(election.status().history()).isEqualTo(heard);
    }

    @Test
    void whoIsRemovedHearsNothingMore() {
        ElectionListener listener = heard::add;
        election.addListener(listener);
        bench.settle();
        heard.clear();

        election.removeListener(listener);
        election.resign();
        bench.settle();

        assertThat(heard).isEmpty();
    }

    /** S4: the word that this member has stopped goes out when its listeners have. */
    @Test
    void keepsItsPlaceUntilItsListenersHaveReturned() {
        election.addListener(heard::add);
        bench.settle();
        List<?> place = bench.store().model().range("/bench/a/");

        CompletableFuture<OperationOutcome> evicted = election.evict();
        bench.settleButListeners();
        assertThat(election.isLeader()).isFalse();
        assertThat(bench.store().model().range("/bench/a/")).isEqualTo(place);
        bench.settle();

        assertThat(evicted).isCompletedWithValue(OperationOutcome.RELEASED);
        assertThat(bench.store().model().range("/bench/a/")).isEmpty();
    }

    @Test
    void waitsNoLongerThanTheStepDownTimeout() {
        election.addListener(heard::add);
        bench.settle();

        election.evict();
        bench.loop().pass(STEP_DOWN.minus(MOMENT), bench::settleButListeners);
        assertThat(bench.store().model().range("/bench/a/")).hasSize(1);
        bench.loop().pass(MOMENT, bench::settleButListeners);

        assertThat(bench.store().model().range("/bench/a/")).isEmpty();
    }

    @Test
    void listenerThatFailsIsSeenByAllAndInTheStatusUntilItIsWell() {
        boolean[] broken = {true};
        election.addListener(event -> {
            if (broken[0]) {
                throw new IllegalStateException("broken");
            }
        });
        election.addListener(heard::add);
        bench.settle();

        assertThat(election.status().lastError()).startsWith("listener: a listener failed on IS_LEADER");
        assertThat(heard)
                .filteredOn(ElectionError.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    ElectionError error = (ElectionError) event;
                    assertThat(error.operation()).isEqualTo("listener");
                    assertThat(error.message()).contains("broken");
                });
        assertThat(bench.observed()).contains("listener of a false", "listener of a true");

        broken[0] = false;
        election.resign();
        bench.settle();

        assertThat(election.status().lastError()).isNull();
    }

    @Test
    void hearsOfFailuresThatAreRetried() {
        election.addListener(heard::add);
        bench.store().fail(StoreException.Kind.DENIED, request -> request.contains("/bench/a"));
        bench.settle();
        assertThat(heard).isNotEmpty().allSatisfy(event -> {
            assertThat(((ElectionError) event).message()).isEqualTo("as the test says");
            assertThat(event.election()).isEqualTo("a");
        });
    }

    @Test
    void isToldOfALostTermWhenSomebodyDeletesItsKey() {
        election.addListener(heard::add);
        bench.settle();
        CompletableFuture<?> lost = election.leadership().orElseThrow().lost();

        bench.store().model().delete(election.leader().orElseThrow().key());
        bench.settleButListeners();
        assertThat(lost).as("completes on the pool").isNotDone();
        bench.settle();

        assertThat(lost).isCompleted();
        bench.pass(Bench.LEASE);
        assertThat(heard)
                .extracting(event -> ((LeaderChanged) event).state())
                .containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER, LeaderState.IS_LEADER);
    }

    private long token() {
        return election.leadership().orElseThrow().fencingToken();
    }

    private List<String> changes() {
        return heard.stream()
                .map(LeaderChanged.class::cast)
                .map(change -> change.reason() + " " + change.state() + " " + change.fencingToken())
                .toList();
    }
}
