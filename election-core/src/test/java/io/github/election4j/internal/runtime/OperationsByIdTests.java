package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.Election;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionException.Kind;
import io.github.election4j.EvictOptions;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.ModelStore;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.EvictionValue;
import io.github.election4j.internal.wire.OrderValue;
import io.github.election4j.internal.wire.OrderValue.Answered;
import io.github.election4j.internal.wire.OrderValue.Asked;
import io.github.election4j.internal.wire.OrderValue.Operation;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one member does to others by their ids: m2 leads, and is nothing but its place. */
class OperationsByIdTests {
    private static final ElectionKeys KEYS = new ElectionKeys("/bench/a");
    private static final String LEADER = KEYS.place(9);
    private static final String ORDER = KEYS.order(LEADER);
    /** The step-down timeout and the request timeout. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Bench bench = new Bench();
    private final ModelStore store = bench.store().model();
    private Election election;
    private long session;

    @BeforeEach
    void m2Leads() {
        store.grant(9);
        store.put(LEADER, new CandidateValue("m2", "", 60_000, 0, 0).text(), 9);
        election = bench.elections().join(Bench.config("a").withStepDownTimeout(Duration.ofSeconds(3)));
        bench.settle();
        session = bench.store().leases().iterator().next();
    }

    @Test
    void anOrderIsWrittenAndItsAnswerTakenAway() {
        CompletableFuture<OperationOutcome> transfer = election.transferTo("m3");
        bench.settle();

        KeyValue order = Objects.requireNonNull(store.get(ORDER));
        assertThat(OrderValue.parse(order.value())).isEqualTo(new Asked(Operation.TRANSFER, "m3", place(LEADER), "m1"));
        assertThat(order.lease()).isNotZero().isNotEqualTo(session);
        answer(new Answered(1, OperationOutcome.RELEASED, Kind.TIMEOUT, ""));
        assertThat(transfer).as("answers another order").isNotDone();
        answer(new Answered(order.modRevision(), OperationOutcome.TRANSFERRED, Kind.TIMEOUT, ""));

        assertThat(transfer).isCompletedWithValue(OperationOutcome.TRANSFERRED);
        assertThat(store.get(ORDER)).isNull();
    }

    @Test
    void whatTheLeaderDidNotDoIsToldAsItsAnswer() {
        assertThat(answered(Kind.REFUSED, "no"))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("'m2'", "answered: no");
        assertThat(answered(Kind.CLOSED, "closed before"))
                .as("not this election")
                .satisfies(closed -> assertThat(closed.kind()).isEqualTo(Kind.TIMEOUT));
        assertThat(answered(Kind.TIMEOUT, "")).hasMessageContaining("does not know");
    }

    @Test
    void whatIsNotAnsweredInTimeIsWithdrawn() {
        CompletableFuture<OperationOutcome> resign = election.resign("m2");
        bench.settle();
        assertThat(store.get(ORDER)).isNotNull();

        bench.pass(LIMIT.plusSeconds(1));

        assertThat(failure(resign).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure(resign)).hasMessageContaining("was withdrawn");
        assertThat(store.get(ORDER)).isNull();
    }

    /** As where this member's watch is broken. */
    @Test
    void anAnswerThatIsSeenAtLastCounts() {
        CompletableFuture<OperationOutcome> resign = election.resign("m2");
        bench.settle();
        long order = Objects.requireNonNull(store.get(ORDER)).modRevision();
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.contains("Range"));
        bench.store().endWatches();
        bench.settle();
        store.put(ORDER, new Answered(order, OperationOutcome.RELEASED, Kind.TIMEOUT, "").text());

        bench.pass(LIMIT.plusSeconds(1));

        assertThat(resign).isCompletedWithValue(OperationOutcome.RELEASED);
    }

    @Test
    void whatCannotBeWithdrawnStandsAsLongAsIsSaid() {
        CompletableFuture<OperationOutcome> resign = election.resign("m2");
        bench.settle();
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.contains(ORDER));

        bench.pass(LIMIT.plusSeconds(1));

        assertThat(failure(resign)).hasMessageContaining("it stands for 7 s at most");
        assertThat(store.get(ORDER)).isNotNull();
    }

    @Test
    void anOrderOfUnknownOutcomeIsTakenBack() {
        bench.store().loseAnswers(request -> request.contains("Put[key=" + ORDER));
        CompletableFuture<OperationOutcome> resign = election.resign("m2");
        bench.settle();

        assertThat(failure(resign).kind()).isEqualTo(Kind.STORE);
        assertThat(store.get(ORDER)).isNull();
        assertThat(bench.store().leases()).containsExactly(session);
    }

    @Test
    void anOrderThatIsRefusedLeavesNoLease() {
        bench.store().beforeNextWrite(() -> store.delete(LEADER));
        CompletableFuture<OperationOutcome> resign = election.resign("m2");
        bench.settle();

        assertThat(failure(resign).kind()).isEqualTo(Kind.REFUSED);
        assertThat(bench.store().leases()).containsExactly(session);
    }

    /** It may have taken the place of one that was to stay: to end it would let the member in. */
    @Test
    void anEvictionOfUnknownOutcomeStands() {
        evict("m2", Duration.ofHours(1));
        bench.store().loseAnswers(request -> request.contains("~evicted/m2, value"));
        CompletableFuture<OperationOutcome> evict =
                election.evict(EvictOptions.of("m2").withDuration(Duration.ofHours(2)));
        bench.settle();
        assertThat(failure(evict).kind()).isEqualTo(Kind.STORE);
        assertThat(store.get(KEYS.eviction("m2"))).isNotNull();
    }

    @Test
    void theLeaseOfAnEvictionThatIsReplacedOrCancelledEnds() {
        evict("m9", Duration.ofHours(1));
        evict("m9", Duration.ofHours(2));
        assertThat(bench.store().leases()).hasSize(2);

        CompletableFuture<OperationOutcome> cancel = election.cancelEvict("m9");
        bench.settle();

        assertThat(cancel).isCompletedWithValue(OperationOutcome.EVICTION_CANCELLED);
        assertThat(bench.store().leases()).containsExactly(session);
    }

    /** By hand, under the lease of somebody who has more than that. */
    @Test
    void theLeaseOfSomebodyElseDoesNotEnd() {
        store.put(KEYS.eviction("m9"), new EvictionValue("", "", 0, 0).text(), session);

        election.cancelEvict("m9");
        bench.settle();

        assertThat(bench.store().leases()).containsExactly(session);
        assertThat(store.keysOf(session)).isNotEmpty();
    }

    /** It was short, or somebody has cancelled it: the place was given up all the same. */
    @Test
    void anEvictionThatHasEndedBeforeThePlaceIsGivenUpIsObeyed() {
        CompletableFuture<OperationOutcome> evict = election.evict(EvictOptions.of("m2"));
        bench.settle();
        store.delete(KEYS.eviction("m2"));
        bench.settle();
        assertThat(evict).isNotDone();

        store.delete(LEADER);
        store.put(LEADER, new CandidateValue("m2", "", 60_000, 0, 0).text(), 9);
        bench.settle();

        assertThat(evict).isCompletedWithValue(OperationOutcome.RELEASED);
    }

    @Test
    void anEvictionThatIsNotObeyedIsToldAsItIs() {
        CompletableFuture<OperationOutcome> stands = election.evict(EvictOptions.of("m2"));
        bench.settle();
        bench.pass(LIMIT.plusSeconds(1));
        assertThat(failure(stands)).hasMessageContaining("The eviction stands");

        CompletableFuture<OperationOutcome> ended = election.evict(EvictOptions.of("m2"));
        bench.settle();
        store.delete(KEYS.eviction("m2"));
        bench.pass(LIMIT.plusSeconds(1));
        assertThat(failure(ended)).hasMessageContaining("has ended meanwhile");
    }

    @Test
    void whatThisMemberDoesNotSeeIsLookedAtInTheEnd() {
        CompletableFuture<OperationOutcome> evict = election.evict(EvictOptions.of("m2"));
        bench.settle();
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.contains("Range"));
        bench.store().endWatches();
        bench.settle();
        store.delete(LEADER);
        bench.pass(LIMIT.minusMillis(100));
        assertThat(evict).isNotDone();
        bench.store().heal();

        bench.pass(Duration.ofSeconds(1));

        assertThat(evict).isCompletedWithValue(OperationOutcome.RELEASED);
    }

    @Test
    void whenItIsClosedNothingIsDoneAndNothingWaitedFor() {
        election.closeAsync();
        bench.settle();
        List<Txn> before = List.copyOf(bench.store().commits());

        List<CompletableFuture<OperationOutcome>> asked = List.of(
                election.resign("m2"),
                election.transferTo("m3"),
                election.evict(EvictOptions.of("m2")),
                election.cancelEvict("m2"));

        assertThat(asked).allSatisfy(each -> assertThat(failure(each).kind()).isEqualTo(Kind.CLOSED));
        assertThat(bench.store().commits()).isEqualTo(before);
    }

    /** It is closed while an answer is waited for: what nobody can see any more is not waited for. */
    @Test
    void whoWaitsWhenItIsClosedIsTold() {
        CompletableFuture<OperationOutcome> evict = election.evict(EvictOptions.of("m2"));
        bench.settle();

        election.closeAsync();
        bench.settle();

        assertThat(evict).isDone();
    }

    @Test
    void anIdThatNobodyCanHaveIsRefusedAtOnce() {
        for (String id : List.of("", "x".repeat(257), "a\nb")) {
            assertThatThrownBy(() -> election.transferTo(id)).isInstanceOf(InvalidElectionConfigException.class);
            assertThatThrownBy(() -> election.resign(id)).isInstanceOf(InvalidElectionConfigException.class);
            assertThatThrownBy(() -> election.cancelEvict(id)).isInstanceOf(InvalidElectionConfigException.class);
        }
    }

    /** What this member holds is its own to give up, and only while it leads. */
    @Test
    void itsOwnPlaceInTheQueueIsNoneToResignFromByItsId() {
        long place = place(KEYS.place(session));
        CompletableFuture<OperationOutcome> resign = election.resign("m1");
        bench.settle();

        assertThat(failure(resign)).hasMessageContaining("'m2' leads, not 'm1'");
        assertThat(place(KEYS.place(session))).isEqualTo(place);
    }

    private void evict(String id, Duration duration) {
        CompletableFuture<OperationOutcome> unused =
                election.evict(EvictOptions.of(id).withDuration(duration));
        bench.settle();
    }

    private ElectionException answered(Kind kind, String message) {
        CompletableFuture<OperationOutcome> resign = election.resign("m2");
        bench.settle();
        answer(new Answered(Objects.requireNonNull(store.get(ORDER)).modRevision(), null, kind, message));
        return failure(resign);
    }

    private void answer(Answered how) {
        store.put(ORDER, how.text(), Objects.requireNonNull(store.get(ORDER)).lease());
        bench.settle();
    }

    private long place(String key) {
        return Objects.requireNonNull(store.get(key)).createRevision();
    }

    private static ElectionException failure(CompletableFuture<OperationOutcome> operation) {
        assertThat(operation).isDone();
        return (ElectionException)
                operation.handle((outcome, failure) -> failure).join();
    }
}
