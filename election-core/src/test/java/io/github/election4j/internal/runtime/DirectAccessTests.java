package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionException;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ModelStore;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is asked of the store itself: who leads, and P10. */
class DirectAccessTests {
    private static final String KEY = "/bench/a/";
    private static final String MARK = "/bench/a.~held";
    private static final String DEAD = "{\"id\":\"dead\",\"addr\":\"there\",\"validityMs\":8000,\"beat\":0}";
    private static final String ALIVE = DEAD.replace("dead", "alive");

    private final Bench bench = new Bench();
    private final ModelStore model = bench.store().model();

    @Test
    void readsWhoLeads() {
        Election election = bench.lead("a").get(0);
        assertThat(answer(election.fetchLeader())).isEqualTo(election.leader());
    }

    @Test
    void readsTheFirstByAge() {
        model.put(KEY + "not-hex", DEAD);
        model.put(KEY + "2", DEAD);
        model.put(KEY + "1", ALIVE);
        Election election = bench.elections().join(Bench.config("a"));
        assertThat(answer(election.fetchLeader())).contains(new Candidate("dead", "there", KEY + "2", 3));
    }

    @Test
    void findsNobodyWhereNobodyIs() {
        Election election = evicted();
        assertThat(answer(election.fetchLeader())).isEmpty();
    }

    @Test
    void clearsEveryCandidacyOfAnIdWithItsWord() {
        model.put(MARK, new MarkValue(8_000, 0, List.of()).text());
        long first = put(KEY + "1", DEAD);
        put(KEY + "2", ALIVE);
        long second = put(KEY + "3", DEAD);
        Election election = evicted();

        assertThat(answer(election.clear("dead"))).isEqualTo(OperationOutcome.CLEARED);

        assertThat(model.range(KEY)).extracting(KeyValue::key).containsExactly(KEY + "2");
        assertThat(mark()).isEqualTo(new MarkValue(8_000, 0, List.of(first, second)));
        assertThat(answer(election.clear("dead"))).isEqualTo(OperationOutcome.NOT_FOUND);
    }

    @Test
    void clearsWithoutAWordWhereThereIsNoMark() {
        put(KEY + "1", DEAD);
        Election election = evicted();

        assertThat(answer(election.clear("dead"))).isEqualTo(OperationOutcome.CLEARED);

        assertThat(model.range("/bench/")).isEmpty();
    }

    /** The word and the deletion are of one revision, or somebody could act between them. */
    @Test
    void saysTheWordWithTheDeletion() {
        model.put(MARK, new MarkValue(8_000, 0, List.of()).text());
        put(KEY + "1", DEAD);
        Election election = evicted();
        long before = model.revision();

        answer(election.clear("dead"));

        assertThat(model.revision()).isEqualTo(before + 1);
    }

    /** What others have said meanwhile must not be unsaid. */
    @Test
    void isTriedAgainWithTheMarkAsItIsByThen() {
        model.put(MARK, new MarkValue(8_000, 0, List.of()).text());
        long dead = put(KEY + "1", DEAD);
        Election election = evicted();
        CompletableFuture<OperationOutcome> cleared = election.clear("dead");
        bench.store().beforeNextWrite(() -> model.put(MARK, new MarkValue(9_000, 0, List.of(1L)).text()));

        assertThat(answer(cleared)).isEqualTo(OperationOutcome.CLEARED);

        assertThat(mark()).isEqualTo(new MarkValue(9_000, 0, List.of(1L, dead)));
        assertThat(model.range(KEY)).isEmpty();
    }

    /** A twin of the same id, from an earlier life: its own live key is none of a dead member. */
    @Test
    void clearsNoKeyOfItsOwnLease() {
        Election election = bench.lead("a").get(0);
        put(KEY + "9", DEAD.replace("dead", "m1"));

        assertThat(answer(election.clear("m1"))).isEqualTo(OperationOutcome.CLEARED);

        assertThat(election.isLeader()).isTrue();
        assertThat(model.range(KEY)).hasSize(1);
        assertThat(answer(election.clear("m1"))).isEqualTo(OperationOutcome.NOT_FOUND);
    }

    @Test
    void clearsNothingThatCameAfterIt() {
        model.put(MARK, new MarkValue(8_000, 0, List.of()).text());
        put(KEY + "1", DEAD);
        Election election = evicted();
        CompletableFuture<OperationOutcome> cleared = election.clear("dead");
        bench.store().beforeNextWrite(() -> {
            model.delete(KEY + "1");
            model.put(KEY + "1", DEAD);
        });

        assertThat(answer(cleared)).isEqualTo(OperationOutcome.NOT_FOUND);

        assertThat(model.range(KEY)).hasSize(1);
        assertThat(mark().stopped()).isEmpty();
        assertThat(bench.store().commits())
                .as("it gave up at the first guard")
                .filteredOn(DirectAccessTests::deletes)
                .hasSize(1);
    }

    @Test
    void saysWhatFailed() {
        Election election = bench.lead("a").get(0);
        bench.store().fail(StoreException.Kind.DENIED, request -> request.contains("/bench/a"));
        assertThat(failure(election.fetchLeader()))
                .hasMessage("Election 'a': could not read the leader under key '/bench/a': as the test says")
                .hasCauseInstanceOf(StoreException.class);
        ElectionException cleared = failure(election.clear("x"));
        assertThat(cleared).hasMessageContaining("could not clear candidate 'x'");
        assertThat(cleared.kind()).isEqualTo(ElectionException.Kind.STORE);
    }

    /** Whoever is told may block: never on a thread of the store. */
    @Test
    void answersOnTheThreadsOfThePool() {
        Election election = bench.lead("a").get(0);
        CompletableFuture<Optional<Candidate>> leader = election.fetchLeader();
        bench.settleButListeners();
        assertThat(leader).isNotDone();
        bench.settle();
        assertThat(leader).isCompleted();
    }

    private Election evicted() {
        Election election = bench.elections().join(Bench.config("a").withEvicted(true));
        bench.settle();
        return election;
    }

    /** Returns the place. */
    private long put(String key, String value) {
        model.put(key, value);
        return model.revision();
    }

    private MarkValue mark() {
        return MarkValue.parse(Objects.requireNonNull(model.get(MARK)).value());
    }

    private static boolean deletes(Txn txn) {
        return txn.then().stream().anyMatch(Txn.Delete.class::isInstance);
    }

    private <T> T answer(CompletableFuture<T> future) {
        bench.settle();
        assertThat(future).isCompleted();
        return future.join();
    }

    private ElectionException failure(CompletableFuture<?> future) {
        bench.settle();
        assertThat(future).isCompletedExceptionally();
        return (ElectionException) future.handle((value, failure) -> failure).join();
    }
}
