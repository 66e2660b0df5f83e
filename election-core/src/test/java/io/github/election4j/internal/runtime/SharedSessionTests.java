package io.github.election4j.internal.runtime;

import static io.github.election4j.internal.runtime.Bench.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionState;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.ArrayList;
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
        List<Election> many = leadMany(100);
        List<Long> tokens = tokens(many);
        bench.store().commits().clear();

        bench.pass(Bench.PERIOD);

        assertThat(bench.store().commits())
                .extracting(SharedSessionTests::nested)
                .containsExactly(50, 50);
        bench.pass(Bench.LEASE.multipliedBy(2));
        assertThat(tokens(many)).isEqualTo(tokens).doesNotHaveDuplicates();
    }

    @Test
    void heartbeatThatIsLeftOverGoesAlone() {
        leadMany(51);
        bench.store().commits().clear();

        bench.pass(Bench.PERIOD);

        assertThat(bench.store().commits())
                .extracting(SharedSessionTests::nested)
                .containsExactly(50, 0);
    }

    @Test
    void heartbeatsOfUnknownOutcomeProveNothing() {
        List<Election> elections = bench.lead("a", "b", "c");
        bench.pass(Bench.PERIOD);
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.contains("/bench/"));

        bench.pass(Bench.PERIOD);
        assertThat(elections).extracting(each -> each.status().lastError()).containsOnly("heartbeat: as the test says");
        bench.pass(Bench.VALIDITY.minus(Bench.PERIOD.multipliedBy(2)));
        assertThat(elections).allMatch(Election::isLeader);
        bench.pass(Bench.PERIOD);

        assertThat(elections).noneMatch(Election::isLeader);
    }

    /** A guard of each: a key that is gone, unknown to the watch, is found out by its own heartbeat and no other's. */
    @Test
    void eachHearsTheAnswerToItsOwnHeartbeat() {
        List<Election> elections = bench.lead("a", "b", "c");
        List<Long> tokens = tokens(elections);
        bench.store().model().deleteUntold(ownKey(elections.get(0)));

        bench.pass(Bench.PERIOD.plus(MOMENT));

        List<Long> now = tokens(elections);
        assertThat(now.get(0)).isGreaterThan(tokens.get(0));
        assertThat(now.subList(1, 3)).isEqualTo(tokens.subList(1, 3));
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
        List<ElectionEvent> errors = new ArrayList<>();
        elections.forEach(each -> each.addListener(errors::add));
        bench.settle();
        errors.clear();
        bench.store().fail(kind, request -> request.contains("/bench/b"));

        bench.pass(Bench.PERIOD);
        assertThat(elections)
                .extracting(each ->
                        each.leadership().orElseThrow().remaining().compareTo(Bench.VALIDITY.minus(Bench.PERIOD)) > 0)
                .as("proven in this period")
                .containsExactly(true, false, true);
        assertThat(errors).extracting(ElectionEvent::election).containsOnly("b");
        bench.pass(Bench.VALIDITY.multipliedBy(2));

        assertThat(tokens(elections)).containsExactly(tokens.get(0), 0L, tokens.get(2));
        assertThat(elections.get(1).status().lastError()).contains("as the test says");
        assertThat(elections.get(0).status().lastError()).isNull();
    }

    @Test
    void allLoseTheSessionAndAllReturn() {
        List<Election> elections = bench.lead("a", "b", "c");
        List<Long> tokens = tokens(elections);
        bench.pass(Bench.PERIOD);
        long lease = bench.elections().session().leaseId();

        bench.store().expire(lease);
        bench.settle();

        // At once, and not with the next renewal: who enters finds the lease gone, and tells the session.
        assertThat(bench.elections().session().leaseId()).isNotZero().isNotEqualTo(lease);
        bench.pass(Bench.VALIDITY.multipliedBy(2));
        assertThat(elections).allMatch(Election::isLeader);
        assertThat(tokens(elections)).doesNotContainAnyElementsOf(tokens);
    }

    /** P1: also where the keys are still there. */
    @Test
    void allAreToldThatTheLeaseIsGone() {
        List<Election> elections = bench.lead("a", "b", "c");
        bench.store().leases().clear();

        bench.pass(Bench.PERIOD);

        assertThat(elections)
                .allSatisfy(each -> assertThat(each.status().history())
                        .extracting(LeaderChanged::reason)
                        .contains(ChangeReason.SESSION_LOST));
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
    void whoHasClosedHearsNothingMoreOfTheSession() {
        List<Election> elections = bench.lead("a", "b");
        List<ElectionEvent> heard = new ArrayList<>();
        elections.get(0).addListener(heard::add);
        var unused = elections.get(0).closeAsync();
        bench.settle();
        heard.clear();

        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.equals("keepAlive"));
        bench.pass(Bench.LEASE);

        assertThat(elections.get(1).status().lastError()).isNotNull();
        assertThat(heard).isEmpty();
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

    private List<Election> leadMany(int count) {
        return bench.lead(IntStream.range(0, count).mapToObj(i -> "e" + i).toArray(String[]::new));
    }

    private static int nested(Txn txn) {
        return (int) txn.then().stream().filter(Txn.Nested.class::isInstance).count();
    }
}
