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
    /** Two full periods, and more than one renewal. */
    private static final Duration LONG = Bench.LEASE.multipliedBy(2);

    private final Bench bench = new Bench();

    @Test
    void oneBeatProvesAllUnderTheGuardOfEach() {
        List<Election> elections = bench.lead("a", "b", "c");
        bench.store().commits().clear();

        bench.pass(Bench.PERIOD);

        assertThat(bench.beats()).singleElement().satisfies(beat -> {
            assertThat(beat.then()).hasSize(1);
            assertThat(beat.compares())
                    .containsExactlyInAnyOrderElementsOf(elections.stream()
                            .map(each -> Txn.Compare.created(
                                    ownKey(each),
                                    each.leadership().orElseThrow().fencingToken()))
                            .toList());
        });
    }

    @Test
    void allLeadOnByTheirCommonBeat() {
        List<Election> elections = bench.lead("a", "b", "c");
        List<Long> tokens = tokens(elections);

        bench.pass(LONG.multipliedBy(5));

        assertThat(tokens(elections)).isEqualTo(tokens).doesNotContain(0L);
        assertThat(elections)
                .allSatisfy(each -> assertThat(each.leadership().orElseThrow().remaining())
                        .isGreaterThanOrEqualTo(Bench.VALIDITY.minus(Bench.PERIOD)));
    }

    @Test
    void whatIsAskedForInOneTurnSharesATransaction() {
        List<Election> elections = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            elections.add(bench.elections().join(Bench.config(name)));
        }
        bench.settle();

        assertThat(elections).allMatch(Election::isLeader);
        assertThat(nestedInEach())
                .as("reads, entries, then what they write of their terms")
                .containsExactly(3, 3, 3);
    }

    @Test
    void sharedTransactionsAndBeatsStayBelowTheLimitOfTheStore() {
        List<Election> many = leadMany(250);
        List<Long> tokens = tokens(many);
        assertThat(nestedInEach()).isNotEmpty().allMatch(nested -> nested <= 40);
        bench.store().commits().clear();

        bench.pass(Bench.PERIOD);

        assertThat(bench.beats()).extracting(beat -> beat.compares().size()).containsExactlyInAnyOrder(100, 100, 50);
        bench.pass(LONG);
        assertThat(tokens(many)).isEqualTo(tokens).doesNotContain(0L);
        assertThat(bench.store().commits()).allMatch(SharedSessionTests::isWithinBounds);
    }

    @Test
    void beatOfUnknownOutcomeProvesNothing() {
        List<Election> elections = bench.lead("a", "b", "c");
        bench.pass(Bench.PERIOD);
        bench.store().loseAnswers(Bench::isBeat);

        bench.pass(Bench.PERIOD);
        assertThat(elections).extracting(each -> each.status().lastError()).containsOnly("heartbeat: as the test says");
        bench.pass(Bench.VALIDITY.minus(Bench.PERIOD.multipliedBy(2)));
        assertThat(elections).allMatch(Election::isLeader);
        bench.pass(Bench.PERIOD);

        assertThat(elections).noneMatch(Election::isLeader);
    }

    /** A guard of each: a key that is gone, unknown to the watch, ends one term and no other. */
    @Test
    void keyThatIsGoneEndsNoOtherTerm() {
        List<Election> elections = bench.lead("a", "b", "c");
        List<Long> tokens = tokens(elections);
        bench.store().model().deleteUntold(ownKey(elections.get(1)));

        bench.pass(Bench.PERIOD.plus(MOMENT));

        List<Long> now = tokens(elections);
        assertThat(List.of(now.get(0), now.get(2))).containsExactly(tokens.get(0), tokens.get(2));
        assertThat(elections.get(0).leadership().orElseThrow().remaining())
                .as("of the others, proven again at once")
                .isGreaterThan(Bench.VALIDITY.minus(Duration.ofMillis(500)));
        assertThat(now.get(1)).as("is back at once").isGreaterThan(tokens.get(1));
    }

    /** H7: etcd asks for permission for every key that is compared. */
    @Test
    void keyThatIsDeniedHoldsUpNoOther() {
        provesTheOthersAlone(StoreException.Kind.DENIED);
    }

    @Test
    void keyThatIsRefusedHoldsUpNoOther() {
        provesTheOthersAlone(StoreException.Kind.REFUSED);
    }

    private void provesTheOthersAlone(StoreException.Kind kind) {
        List<Election> elections = bench.lead("a", "b", "c");
        List<Long> tokens = tokens(elections);
        bench.store().fail(kind, request -> request.contains("/bench/b"));

        bench.pass(Bench.PERIOD);
        assertThat(elections)
                .extracting(each ->
                        each.leadership().orElseThrow().remaining().compareTo(Bench.VALIDITY.minus(Bench.PERIOD)) > 0)
                .as("proven in this period")
                .containsExactly(true, false, true);
        bench.pass(Bench.VALIDITY);

        assertThat(tokens(elections)).containsExactly(tokens.get(0), 0L, tokens.get(2));
        assertThat(elections.get(1).status().lastError()).contains("as the test says");
    }

    @Test
    void entryThatIsDeniedHoldsUpNoOther() {
        bench.store().fail(StoreException.Kind.DENIED, request -> request.contains("/bench/b"));
        List<Election> elections = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            elections.add(bench.elections().join(Bench.config(name)));
        }
        bench.settle();

        assertThat(elections).extracting(Election::isLeader).containsExactly(true, false, true);
        assertThat(elections.get(1).status().lastError()).contains("as the test says");
    }

    /** Each waits behind whom it finds in its own queue, and in no neighbour's. */
    @Test
    void eachHearsTheAnswerToItsOwnEntry() {
        bench.store().model().put("/bench/b/1", "somebody-else");
        List<Election> elections = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            elections.add(bench.elections().join(Bench.config(name)));
        }
        bench.settle();

        assertThat(elections).extracting(Election::isLeader).containsExactly(true, false, true);
        assertThat(elections).extracting(each -> each.candidates().size()).containsExactly(1, 2, 1);
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
        bench.pass(LONG);

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

    /** How many of the elections share each transaction, of those that are shared. */
    private List<Integer> nestedInEach() {
        return bench.store().commits().stream()
                .map(each -> (int) each.then().stream()
                        .filter(Txn.Nested.class::isInstance)
                        .count())
                .filter(nested -> nested > 0)
                .toList();
    }

    /** etcd bounds the comparisons and operations of each level by 128. */
    private static boolean isWithinBounds(Txn txn) {
        return txn.compares().size() <= 128
                && txn.then().size() <= 128
                && txn.orElse().size() <= 128
                && txn.then().stream()
                        .filter(Txn.Nested.class::isInstance)
                        .allMatch(each -> isWithinBounds(((Txn.Nested) each).txn()));
    }
}
