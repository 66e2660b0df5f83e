package io.github.election4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S1 and S2 in every state of the model, and that the rules are needed: see docs/safety-model.md. */
@Tag("proof")
class SpinModelIT {
    @BeforeAll
    static void needsSpin() {
        List<String> missing = Spin.missing();
        String sentence = "The model needs " + missing + ": install the packages spin and gcc";
        if ("required".equals(System.getenv("ELECTION4J_ETCD"))) {
            assertThat(missing).as(sentence).isEmpty();
        }
        if (!missing.isEmpty()) {
            System.err.println("[WARNING] " + sentence + ". Its tests are skipped.");
        }
        assumeTrue(missing.isEmpty(), sentence);
    }

    /** M members, P places, F faults, views that lag by L events. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "M=2 P=2 F=3 L=3",
                "M=2 P=3 F=1 L=2 CRASHES=0 HEAD_ONLY",
                "M=3 P=3 F=1 L=2 CRASHES=0 HEAD_ONLY ONCE"
            })
    void neverTwoLeaders(String bounds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Spin.Search search = Spin.search("full " + bounds, bounds.split(" "));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("MEASURED model: %,d states, %.0f s (%s)%n", search.states(), seconds, bounds);
        assertThat(search.errors()).as(search.output()).isZero();
        assertThat(search.complete()).as(search.output()).isTrue();
    }

    /** The smallest bounds within which the rule is missed. */
    @ParameterizedTest
    @CsvSource({
        "RANGE_CLAIM, M=2 P=2 F=1",
        "VANISH_CLAIM, M=2 P=2 F=1",
        "CLOCK_CHECK, M=2 P=2 F=1",
        "SEND_TIME, M=2 P=2 F=1",
        "HEARTBEATS_ONLY, M=2 P=2 F=1",
        "DRIFT_ALLOWANCE, M=2 P=2 F=1",
        "MARK, M=2 P=2 F=1",
        "LAPSE, M=2 P=2 F=1",
        "CREATE_GUARD, M=2 P=2 F=1",
        "SECOND_LOOK, M=2 P=2 F=1",
        "EVERY_EVENT, M=2 P=2 F=1",
        "DOUBT_OF_UNKNOWN, M=2 P=2 F=2",
        "CREATE_REVISION, M=2 P=3 F=1 ONLY_S1",
        "STOP_BEFORE_STOPPED, M=2 P=3 F=1 ONLY_S1",
        "VIEW_OF_DELETION, M=2 P=3 F=1 ONLY_S1",
        "AGE_OF_MARK, M=2 P=3 F=1 ONLY_S1",
        "RIGHT_TO_RELEASE, M=3 P=3 F=1 ONCE ONLY_S1",
        "DOUBT_OF_RELEASED, M=3 P=3 F=1 ONCE ONLY_S1",
    })
    void eachRuleIsNeeded(String rule, String bounds) throws IOException, InterruptedException {
        String macros = "WITHOUT_" + rule + " L=2 CRASHES=0 HEAD_ONLY " + bounds;
        assertThat(Spin.search(rule, macros.split(" ")).errors()).isPositive();
    }

    /** The search is not empty: terms begin, and one member follows another. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HANDOVER"})
    void somebodyLeads(String witness) throws IOException, InterruptedException {
        String macros = "WITNESS_" + witness + " L=2 CRASHES=0 HEAD_ONLY M=2 P=2 F=1";
        assertThat(Spin.search(witness, macros.split(" ")).errors()).isPositive();
    }
}
