package io.github.election4j.internal.runtime;

import static io.github.election4j.internal.runtime.Bench.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.ElectionState;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several elections in one session: what they share, and what must stay each one's own. */
class SharedSessionTests {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Bench bench = new Bench();

    @Test
    void heartbeatsThatFallDueTogetherAreOneTransactionWithTheGuardsOfEach() {
        bench.lead("a", "b", "c");
        bench.store().commits().clear();

        bench.pass(Bench.PERIOD);

        assertThat(bench.store().commits()).singleElement().satisfies(shared -> {
            assertThat(shared.then()).hasSize(3);
            assertThat(shared.then())
                    .allSatisfy(op -> assertThat(((Txn.Nested) op).txn().compares())
                            .extracting(Txn.Compare::target)
                            .contains(Txn.Target.CREATE_REVISION));
        });
    }

    @Test
    void transactionStaysBelowTheLimitOfTheStore() {
        String[] names = IntStream.range(0, 101).mapToObj(i -> "e" + i).toArray(String[]::new);
        List<Election> many = bench.lead(names);
        List<Long> tokens = tokens(many);
        bench.store().commits().clear();

        bench.pass(Bench.PERIOD);

        assertThat(bench.store().commits())
                .extracting(SharedSessionTests::heartbeats)
                .containsExactly(50, 50, 1);
        bench.pass(Bench.LEASE.multipliedBy(2));
        assertThat(tokens(many)).isEqualTo(tokens).doesNotHaveDuplicates();
    }

    @Test
    void heartbeatsOfUnknownOutcomeProveNothing() {
        List<Election> elections = bench.lead("a", "b", "c");
        bench.pass(Bench.PERIOD);
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.contains("/bench/"));

        bench.pass(Bench.VALIDITY.minus(Bench.PERIOD));
        assertThat(elections).allMatch(Election::isLeader);
        bench.pass(Bench.PERIOD);

        assertThat(elections).noneMatch(Election::isLeader);
        assertThat(elections)
                .allMatch(each -> String.valueOf(each.status().lastError()).contains("as the test says"));
    }

    /** A guard of each: a key that is gone, unknown to the watch, is found out by its own heartbeat and no other's. */
    @Test
    void eachHearsTheAnswerToItsOwnHeartbeat() {
        List<Election> elections = bench.lead("a", "b", "c");
        List<Long> tokens = tokens(elections);
        bench.store().model().deleteUntold(ownKey(elections.get(1)));

        bench.pass(Bench.PERIOD.plus(MOMENT));

        List<Long> now = tokens(elections);
        assertThat(now.get(0)).isEqualTo(tokens.get(0));
        assertThat(now.get(1)).isGreaterThan(tokens.get(1));
        assertThat(now.get(2)).isEqualTo(tokens.get(2));
    }

    @Test
    void heartbeatThatIsDeniedHoldsUpNoOther() {
        provesTheOthersAlone(StoreException.Kind.DENIED);
    }

    @Test
    void heartbeatThatIsRefusedHoldsUpNoOther() {
        provesTheOthersAlone(StoreException.Kind.REFUSED);
    }

    private void provesTheOthersAlone(StoreException.Kind kind) {
        List<Election> elections = bench.lead("a", "b", "c");
        List<Long> tokens = tokens(elections);
        bench.store().fail(kind, request -> request.contains("/bench/b"));

        bench.pass(Bench.VALIDITY.multipliedBy(2));

        assertThat(tokens(elections)).containsExactly(tokens.get(0), 0L, tokens.get(2));
        assertThat(elections.get(1).status().lastError()).contains("as the test says");
        assertThat(elections.get(0).status().lastError()).isNull();
    }

    @Test
    void allLoseTheSessionAndAllReturn() {
        List<Election> elections = bench.lead("a", "b", "c");
        List<Long> tokens = tokens(elections);
        long lease = bench.elections().session().leaseId();

        bench.store().expire(lease);
        bench.pass(Bench.PERIOD.plus(MOMENT));

        assertThat(bench.elections().session().leaseId()).isNotZero().isNotEqualTo(lease);
        bench.pass(Bench.VALIDITY.multipliedBy(2));
        assertThat(elections).allMatch(Election::isLeader);
        assertThat(tokens(elections)).doesNotContainAnyElementsOf(tokens);
    }

    @Test
    void closingOneLeavesTheLeaseToTheOthers() {
        List<Election> elections = bench.lead("a", "b");
        List<Long> tokens = tokens(elections);

        var closed = elections.get(0).closeAsync();
        bench.pass(Bench.LEASE.multipliedBy(2));

        assertThat(closed).isCompleted();
        assertThat(bench.store().leases())
                .containsExactly(bench.elections().session().leaseId());
        assertThat(tokens(elections)).containsExactly(0L, tokens.get(1));
        assertThat(bench.store().openWatches()).isEqualTo(1);
        assertThat(bench.elections().elections()).containsExactly(elections.get(1));
    }

    @Test
    void whoJoinsLaterFindsTheSessionUp() {
        bench.lead("a");
        bench.pass(Bench.LEASE);

        bench.lead("b");

        assertThat(bench.store().leases()).hasSize(1);
    }

    @Test
    void whoJoinsWhenTheStoreIsOutOfReachIsToldSo() {
        bench.lead("a");
        bench.store().fail(StoreException.Kind.UNAVAILABLE, MemoryStore::everything);
        bench.pass(Bench.LEASE);

        Election late = bench.elections().join(Bench.config("late"));
        bench.settle();

        assertThat(late.status().state()).isEqualTo(ElectionState.DISCONNECTED);
    }

    private String ownKey(Election election) {
        return election.key() + "/"
                + Long.toHexString(bench.elections().session().leaseId());
    }

    /** How many heartbeats a transaction carries. */
    private static int heartbeats(Txn txn) {
        long nested = txn.then().stream().filter(Txn.Nested.class::isInstance).count();
        return (int) Math.max(1, nested);
    }
}
