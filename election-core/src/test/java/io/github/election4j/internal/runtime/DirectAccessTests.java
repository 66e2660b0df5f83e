package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionException;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ModelStore;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is asked of the store itself: who leads, and P10. */
class DirectAccessTests {
    private static final String KEY = "/bench/a/";
    private static final String LEADING =
            "{\"id\":\"dead\",\"addr\":\"there\",\"validityMs\":8000,\"state\":\"leading\",\"stopped\":[]}";

    private final Bench bench = new Bench();
    private final ModelStore model = bench.store().model();

    @Test
    void readsWhoLeads() {
        Election election = bench.lead("a").get(0);
        assertThat(answer(election.fetchLeader())).isEqualTo(election.leader());
    }

    @Test
    void readsTheFirstThatHasNotStopped() {
        model.put(KEY + "1", LEADING.replace("leading", "released"));
        model.put(KEY + "not-hex", LEADING);
        model.put(KEY + "2", LEADING);
        Election election = bench.elections().join(Bench.config("a"));
        assertThat(answer(election.fetchLeader())).contains(new Candidate("dead", "there", KEY + "2", 4));
    }

    @Test
    void findsNobodyWhereNobodyIs() {
        Election election = bench.elections().join(Bench.config("a").withEvicted(true));
        bench.settle();
        assertThat(answer(election.fetchLeader())).isEmpty();
    }

    @Test
    void clearsEveryCandidacyOfAnId() {
        model.put(KEY + "1", LEADING);
        model.put(KEY + "2", LEADING.replace("dead", "alive"));
        model.put(KEY + "3", LEADING.replace("leading", "waiting"));
        Election election = bench.elections().join(Bench.config("a").withEvicted(true));
        bench.settle();

        assertThat(answer(election.clear("dead"))).isEqualTo(OperationOutcome.CLEARED);

        assertThat(model.range(KEY))
                .singleElement()
                .satisfies(left -> assertThat(left.key()).isEqualTo(KEY + "2"));
        assertThat(answer(election.clear("dead"))).isEqualTo(OperationOutcome.NOT_FOUND);
    }

    /** A twin of the same id, from an earlier life: its own live key is none of a dead member. */
    @Test
    void clearsNoKeyOfItsOwnLease() {
        Election election = bench.lead("a").get(0);
        model.put(KEY + "9", LEADING.replace("dead", "m1"));

        assertThat(answer(election.clear("m1"))).isEqualTo(OperationOutcome.CLEARED);

        assertThat(election.isLeader()).isTrue();
        assertThat(model.range(KEY)).hasSize(1);
        assertThat(answer(election.clear("m1"))).isEqualTo(OperationOutcome.NOT_FOUND);
    }

    @Test
    void clearsNothingThatCameAfterIt() {
        model.put(KEY + "1", LEADING);
        Election election = bench.elections().join(Bench.config("a").withEvicted(true));
        bench.settle();
        CompletableFuture<OperationOutcome> cleared = election.clear("dead");
        bench.store().beforeNextWrite(() -> {
            model.delete(KEY + "1");
            model.put(KEY + "1", LEADING);
        });

        assertThat(answer(cleared)).isEqualTo(OperationOutcome.NOT_FOUND);

        assertThat(model.range(KEY)).hasSize(1);
        assertThat(bench.store().commits())
                .as("it gave up at the first guard")
                .filteredOn(this::deletes)
                .isEmpty();
    }

    @Test
    void saysWhatFailed() {
        Election election = bench.lead("a").get(0);
        bench.store().fail(StoreException.Kind.DENIED, request -> request.contains(KEY));
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

    private boolean deletes(Txn txn) {
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
