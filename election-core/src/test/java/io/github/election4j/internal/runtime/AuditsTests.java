package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.internal.machine.ModelStore;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** P6: what elections see is compared with what the store has, and the keys of the lease with those that are wanted. */
class AuditsTests {
    /** In three ticks everybody has a turn, and a difference has to stand for a second. */
    private static final Duration FOUND_OUT = Bench.LEASE.plusSeconds(2);

    private final Bench bench = new Bench();
    private final ModelStore model = bench.store().model();

    @Test
    void everyElectionHasItsTurnOnceInALease() {
        List<Election> elections = bench.lead("a", "b", "c", "d", "e", "f", "g");
        bench.store().commits().clear();

        bench.pass(Bench.LEASE);

        assertThat(elections)
                .allSatisfy(each -> assertThat(readsOfTheMarkOf(each)).isEqualTo(1));
    }

    @Test
    void manyShareAReadWithinTheLimitOfTheStore() {
        bench.lead(IntStream.range(0, 250).mapToObj(i -> "e" + i).toArray(String[]::new));
        bench.store().commits().clear();

        bench.pass(Bench.LEASE);

        assertThat(audits())
                .hasSizeBetween(6, 9)
                .allSatisfy(audit -> assertThat(audit.then()).hasSizeLessThanOrEqualTo(128));
    }

    /** In most ticks it is nobody's turn. */
    @Test
    void nothingIsReadWhereNobodyHasATurn() {
        bench.lead("a");
        bench.store().commits().clear();

        bench.pass(Bench.LEASE);

        assertThat(audits()).hasSize(1);
        assertThat(bench.store().commits()).noneMatch(each -> each.then().isEmpty());
    }

    @Test
    void theKeysOfTheLeaseAreComparedOnceInALease() {
        bench.lead("a");
        int[] asked = new int[1];
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> {
            asked[0] += request.equals("keys") ? 1 : 0;
            return false;
        });

        bench.pass(Bench.LEASE.multipliedBy(3));

        assertThat(asked[0]).isEqualTo(3);
    }

    @Test
    void keysThatAreWantedAreNotReadForThat() {
        bench.lead("a");
        bench.store().commits().clear();

        bench.pass(FOUND_OUT);

        assertThat(bench.store().commits()).noneMatch(each -> each.then().equals(List.of(new Txn.Get(ownKey("a")))));
    }

    @Test
    void aDifferenceIsMended() {
        List<Election> elections = bench.lead("a", "b", "c", "d");
        elections.forEach(each -> model.deleteUntold(each.key() + ".~held"));

        bench.pass(FOUND_OUT);

        assertThat(elections)
                .allSatisfy(each -> assertThat(model.get(each.key() + ".~held")).isNotNull());
        assertThat(elections).allMatch(Election::isLeader);
    }

    /** H7. */
    @Test
    void oneThatIsDeniedKeepsNoOtherFromBeingCompared() {
        bench.lead("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
        bench.store().fail(StoreException.Kind.DENIED, request -> request.contains("/bench/d"));
        model.deleteUntold("/bench/a.~held");
        model.deleteUntold("/bench/g.~held");
        model.deleteUntold("/bench/j.~held");

        bench.pass(FOUND_OUT);

        assertThat(model.get("/bench/a.~held")).isNotNull();
        assertThat(model.get("/bench/g.~held")).isNotNull();
        assertThat(model.get("/bench/j.~held")).isNotNull();
    }

    /** H5: an entry that was put late, for an election that had been closed by then, would stand for ever. */
    @Test
    void keysOfTheLeaseThatNoElectionOwnsAreDeleted() {
        List<Election> elections = bench.lead("a", "b");
        String late = ownKey("a");
        var closed = elections.get(0).closeAsync();
        bench.settle();
        assertThat(closed).isCompleted();
        model.put(late, new CandidateValue("m1", "", 8_000, 0, 0).text(), lease());

        bench.pass(FOUND_OUT);

        assertThat(model.get(late)).isNull();
        assertThat(elections.get(1).isLeader()).isTrue();
    }

    @Test
    void allOtherKeysAreLeftAlone() {
        bench.lead("a");
        model.put("/bench/z/" + Long.toHexString(lease()) + "/else", "the application's", lease());
        model.put("/mine", "the application's", lease());
        model.put("/bench/z/1", "another process's");
        List<String> before = new ArrayList<>();
        model.range("/").forEach(each -> before.add(each.key()));

        bench.pass(FOUND_OUT.multipliedBy(2));

        assertThat(model.range("/")).extracting(KeyValue::key).containsExactlyElementsOf(before);
        assertThat(model.get("/election4j/beat/" + Long.toHexString(lease()) + "/0"))
                .isNotNull();
    }

    /** H2: the election that is joined again under this lease must not adopt it either. */
    @Test
    void aKeyThatWasDeletedSoIsNoPlaceOfWhoJoinsAgain() {
        List<Election> elections = bench.lead("a", "b");
        String late = ownKey("a");
        var closed = elections.get(0).closeAsync();
        bench.settle();
        model.put(late, new CandidateValue("m1", "", 8_000, 0, 0).text(), lease());
        long place = model.revision();
        bench.pass(FOUND_OUT);
        assertThat(closed).isCompleted();

        Election again = bench.elections().join(Bench.config("a"));
        bench.pass(Bench.LEASE);

        assertThat(again.leadership().orElseThrow().fencingToken()).isGreaterThan(place);
    }

    /** H2: also where it is not known to be deleted yet. */
    @Test
    void aKeyThatIsToBeDeletedIsNoPlaceOfWhoJoinsAgain() {
        List<Election> elections = bench.lead("a", "b");
        String late = ownKey("a");
        var closed = elections.get(0).closeAsync();
        bench.settle();
        model.put(late, new CandidateValue("m1", "", 8_000, 0, 0).text(), lease());
        long place = model.revision();
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.contains("Delete[key=" + late));
        bench.pass(FOUND_OUT);
        assertThat(closed).isCompleted();
        assertThat(model.get(late)).isNotNull();
        bench.store().heal();

        Election again = bench.elections().join(Bench.config("a"));
        bench.pass(Bench.LEASE);

        assertThat(again.leadership().orElseThrow().fencingToken()).isGreaterThan(place);
    }

    @Test
    void whatCannotBeComparedIsComparedTheNextTime() {
        List<Election> elections = bench.lead("a");
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.equals("keys"));
        bench.pass(FOUND_OUT);

        assertThat(elections.get(0).isLeader()).isTrue();
        assertThat(elections.get(0).status().lastError()).isNull();
    }

    private String ownKey(String name) {
        return "/bench/" + name + "/" + Long.toHexString(lease());
    }

    private long lease() {
        return bench.elections().session().leaseId();
    }

    private long readsOfTheMarkOf(Election election) {
        return audits().stream()
                .filter(each -> each.then().contains(new Txn.Get(election.key() + ".~held")))
                .count();
    }

    private List<Txn> audits() {
        return bench.store().commits().stream()
                .filter(each -> each.then().stream()
                        .anyMatch(op -> op instanceof Txn.Get get && get.key().endsWith(".~held")))
                .toList();
    }
}
