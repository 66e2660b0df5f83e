package io.github.election4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.testing.Evidence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S1 and S2 in every state of the model, and that the rules are needed: see docs/safety-model.md. */
@Tag("proof")
class SpinModelIT {
    private static final Map<String, String> ASSERTIONS =
            Map.of("S1", ")<=1)", "S2", "(es[q]==0)", "P5", "!(((st[m]==1)&&(valid[m]==0)))");

    @BeforeAll
    static void needsSpin() {
        List<String> missing = Spin.missing();
        Evidence.require(missing.isEmpty(), String.join(" and ", missing), "apt-get install spin gcc.");
    }

    /**
     * M members, P places, F faults, views that lag by L events; and four fifths of the states that there are as this
     * is written, for a model that has lost some of its steps would have no violation either.
     */
    @ParameterizedTest
    @CsvSource({
        "1660000, M=2 P=2 F=3 L=3",
        "2000000, M=2 P=2 F=2 L=2 D=2",
        "1580000, M=2 P=3 F=1 L=2 CRASHES=0 HEAD_ONLY",
        "4160000, M=3 P=3 F=1 L=2 CRASHES=0 HEAD_ONLY ONCE"
    })
    void neverTwoLeaders(long statesAtLeast, String bounds) throws IOException, InterruptedException {
        membersFollowEachOther(bounds);
        Spin.Search search = Spin.search("full " + bounds, bounds.split(" "));
        System.out.printf("MEASURED model: %,d states (%s)%n", search.states(), bounds);
        assertThat(search.errors()).as(search.output()).isZero();
        assertThat(search.complete()).as(search.output()).isTrue();
        assertThat(search.states()).as(search.output()).isGreaterThan(statesAtLeast);
    }

    /** The smallest bounds within which the rule is missed, and the promise that is broken then. */
    @ParameterizedTest
    @CsvSource({
        "RANGE_CLAIM, S1, M=2 P=2 F=1",
        "VANISH_CLAIM, S1, M=2 P=2 F=1",
        "CLOCK_CHECK, S1, M=2 P=2 F=1",
        "SEND_TIME, S1, M=2 P=2 F=1",
        "HEARTBEATS_ONLY, S1, M=2 P=2 F=1",
        "DRIFT_ALLOWANCE, S1, M=2 P=2 F=1",
        "MARK, S1, M=2 P=2 F=1",
        "LAPSE, P5, M=2 P=2 F=1",
        "CREATE_GUARD, S1, M=2 P=2 F=1",
        "SECOND_LOOK, S1, M=2 P=2 F=1",
        "EVERY_EVENT, S2, M=2 P=2 F=1",
        "DOUBT_OF_UNKNOWN, S1, M=2 P=2 F=2",
        "CREATE_REVISION, S1, M=2 P=3 F=1 ONLY_S1",
        "STOP_BEFORE_STOPPED, S1, M=2 P=3 F=1 ONLY_S1",
        "VIEW_OF_DELETION, S1, M=2 P=3 F=1 ONLY_S1",
        "AGE_OF_MARK, S1, M=2 P=3 F=1 ONLY_S1",
        "RIGHT_TO_RELEASE, S1, M=3 P=3 F=1 ONCE ONLY_S1",
        "DELETION, S2, M=2 P=2 F=1",
    })
    void eachRuleIsNeeded(String rule, String broken, String bounds) throws IOException, InterruptedException {
        String macros = "WITHOUT_" + rule + " L=2 CRASHES=0 HEAD_ONLY " + bounds;
        Spin.Search search = Spin.search(rule, macros.split(" "));
        assertThat(search.errors()).isPositive();
        assertThat(search.violation()).contains(ASSERTIONS.get(broken));
    }

    /** The search is not empty: within these bounds one member follows another. */
    private static void membersFollowEachOther(String bounds) throws IOException, InterruptedException {
        Spin.Search search = Spin.search("hand-over " + bounds, ("WITNESS_HANDOVER " + bounds).split(" "));
        assertThat(search.violation()).as(search.output()).contains("(leader==m)");
    }
}
