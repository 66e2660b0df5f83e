package io.github.election4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.testing.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S1 and S2 in every state of the model, and that the rules are needed: see docs/safety-model.md. */
@Tag("proof")
class SpinModelIT {
    private static final Map<String, String> ASSERTIONS =
            Map.of("S1", ")<=1)", "S2", "(((es>>q)&1))", "P5", "!(((st[m]==1)&&(valid[m]==0)))");

    /**
     * M members, P places, F faults, views that lag by L revisions; and three quarters of the states that there are as
     * this is written, for a model that has lost some of its steps would have no violation either.
     */
    private static final Map<String, Long> STATES_AT_LEAST = Map.of(
            "M=2 P=2 F=3 L=3 FLIGHT", 1_410_000L,
            "M=2 P=2 F=2 L=2 D=2 FLIGHT", 1_240_000L,
            "M=2 P=3 F=2 L=2", 1_470_000L,
            "M=2 P=4 F=1 L=2", 1_150_000L,
            "M=2 P=3 F=2 L=2 BIG=0 ODD", 7_400_000L,
            "M=3 P=3 F=2 L=2", 6_960_000L);

    @BeforeAll
    static void needsSpin() {
        List<String> missing = Spin.missing();
        Evidence.require(missing.isEmpty(), String.join(" and ", missing), "apt-get install spin gcc.");
    }

    /** As many searches at once as there are processors, for each keeps one busy. */
    @Test
    void neverTwoLeaders() {
        STATES_AT_LEAST.entrySet().parallelStream()
                .forEach(bounds -> neverTwoLeaders(bounds.getValue(), bounds.getKey()));
    }

    private static void neverTwoLeaders(long statesAtLeast, String bounds) {
        Spin.Search search = searched(bounds);
        System.out.printf("MEASURED model: %,d states (%s)%n", search.states(), bounds);
        String found = bounds + ": " + search.output();
        assertThat(search.errors()).as("%s", found).isZero();
        assertThat(search.complete()).as("%s", found).isTrue();
        assertThat(search.states()).as("%s", found).isGreaterThan(statesAtLeast);
    }

    private static Spin.Search searched(String bounds) {
        try {
            return Spin.search("full " + bounds, Spin.Size.LARGE, bounds.split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted: " + bounds, e);
        }
    }

    /** The smallest bounds within which the rule is missed, and the promise that is broken then. */
    @ParameterizedTest
    @CsvSource({
        "GUARD_OF_BEAT, S1, M=2 P=2 F=1",
        "SEND_TIME, S1, M=2 P=2 F=1",
        "DOUBT_OF_UNKNOWN, S1, M=2 P=2 F=1",
        "BEATS_ONLY, S1, M=2 P=2 F=1",
        "CLOCK_CHECK, S1, M=2 P=2 F=1",
        "LAPSE, P5, M=2 P=2 F=1",
        "DRIFT_ALLOWANCE, S1, M=2 P=2 F=1",
        "CREATE_REVISION, S1, M=2 P=3 F=1",
        "EVERY_EVENT, S1, M=2 P=3 F=1",
        "FIRST_REVISION, S1, M=2 P=3 F=1",
        "VANISH_CLAIM, S1, M=2 P=2 F=1",
        "CLAIM_AFTER_GAP, S1, M=2 P=2 F=1",
        "CLAIM_FOR_ALL_AFTER_GAP, S1, M=2 P=3 F=2",
        "VALIDITY_OF_PLACE, S1, M=2 P=2 F=1 BIG=0",
        "MATCH_OF_BEAT, S1, M=2 P=2 F=1",
        "KNOWN_BEAT, S1, M=2 P=2 F=2",
        "ENTRY_CLAIM, S1, M=2 P=2 F=1",
        "MARK, S1, M=2 P=2 F=1",
        "LARGEST_VALIDITY, S1, M=2 P=2 F=1 BIG=0",
        "KNOWN_VALIDITY, S1, M=2 P=3 F=1",
        "ENTRY_CLAIM_STANDS_FIRST, S1, M=2 P=3 F=2",
        "WORDS_OF_PLACES, S1, M=2 P=3 F=1",
        "GROWING_MARK, S1, M=2 P=2 F=1 BIG=0",
        "GUARD_OF_ENTRY, S1, M=2 P=2 F=1 BIG=0",
        "GUARD_OF_WORD, S1, M=2 P=3 F=1 BIG=0",
        "RAISE, S1, M=2 P=3 F=2 BIG=0",
        "CARE_FOR_MARK, S1, M=2 P=2 F=1",
        "CARE_FOR_LARGEST, S1, M=2 P=3 F=1 BIG=0",
        "EQUAL_VALUE, S1, M=2 P=2 F=1 ODD",
        "MEMORY, S1, M=2 P=2 F=1",
        "RIGHT_TO_RELEASE, S1, M=2 P=3 F=1",
        "CLAIMS_BEFORE_RELEASE, S1, M=3 P=3 F=1",
        "STOP_BEFORE_WORD, S1, M=2 P=2 F=1",
        "CLAIMS_BEFORE_TRANSFER, S1, M=3 P=3 F=1",
        "JOURNAL_OF_TERM, S1, M=2 P=3 F=2",
        "CLAIMS_BEFORE_LAST, S1, M=3 P=3 F=1",
        "ALONE, S1, M=2 P=3 F=1",
        "GUARD_OF_LAST, S1, M=2 P=3 F=1",
        "GUARD_BY_BEAT, S1, M=2 P=2 F=1",
        "WAIT_BEFORE_TAKE_OVER, S1, M=2 P=2 F=1",
        "RECEIPT_OF_THIS_BEAT, S1, M=2 P=2 F=1",
        "BEAT_PRESENT, S1, M=2 P=2 F=2",
        "CLAIMS_BEFORE_TAKE_OVER, S1, M=2 P=3 F=2",
        "WORD_WITH_DELETION, S2, M=2 P=2 F=1",
    })
    void eachRuleIsNeeded(String rule, String broken, String bounds) throws IOException, InterruptedException {
        String only = broken.equals("S2") ? "" : "ONLY_S1 ";
        String macros = "WITHOUT_" + rule + " " + only + bounds;
        Spin.Search search = Spin.search(rule, Spin.Size.SMALL, macros.split(" "));
        assertThat(search.errors()).as(search.output()).isPositive();
        assertThat(search.violation()).contains(ASSERTIONS.get(broken));
    }

    /** The search is not empty: each of this leads to a term, or takes place at all. */
    @ParameterizedTest
    @CsvSource({
        "CLEAN_START",
        "HAND_OVER",
        "TAKE_OVER",
        "ENTRY_CLAIM",
        "VANISH_CLAIM",
        "LOWERED",
        "OWED_WORD",
        "MARK_REMOVED",
        "HEALED",
        "UNFIT",
        "ADOPTED",
        "LATE_WORD",
        "TRANSFER",
        "CLEARED_LEADER"
    })
    void happens(String what) throws IOException, InterruptedException {
        Spin.Search search = Spin.search(what, Spin.Size.SMALL, "WITNESS=" + what, "M=2", "P=3", "F=2");
        assertThat(search.violation()).as(search.output()).contains("!=");
    }
}
