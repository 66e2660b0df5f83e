package io.github.election4j.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.benchmarks.scenario.Overlap.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTests {
    private static final Run SUCCESSOR = new Run(90, 300, 22);

    @Test
    void whoStopsBeforeTheSuccessorStartsLeavesAGap() {
        assertThat(overlap(new Run(0, 10, 11), new Run(20, 30, 11))).isEqualTo(new Overlap(0, 0, 70));
    }

    @Test
    void answersWhileTheSuccessorLeadsAreCountedAndNobodyWasMissing() {
        Overlap overlap = overlap(new Run(0, 10, 11), new Run(120, 130, 6), new Run(200, 260, 7));

        assertThat(overlap).isEqualTo(new Overlap(9, 160, 0));
    }

    @Test
    void ofARunThatStraddlesTheSuccessionOnlyTheLaterAnswersCount() {
        assertThat(overlap(new Run(0, 140, 15))).isEqualTo(new Overlap(4, 40, 0));
        assertThat(overlap(new Run(0, 100, 11))).isEqualTo(new Overlap(0, 0, 0));
    }

    @Test
    void whoLeadsAgainAfterTheSuccessorIsNotBesideIt() {
        assertThat(overlap(new Run(0, 50, 6), new Run(310, 500, 20))).isEqualTo(new Overlap(0, 0, 50));
        assertThat(Overlap.of(List.of(new Run(310, 390, 9)), List.of(SUCCESSOR, new Run(400, 500, 11))))
                .isEqualTo(new Overlap(0, 0, 0));
    }

    /** It may have been given long after it was asked for, when the other one had stopped. */
    @Test
    void aSingleAnswerSaysOfNoTimeThatItsMemberLed() {
        assertThat(overlap(new Run(150, 150, 1))).isEqualTo(new Overlap(0, 0, 0));
        assertThat(Overlap.of(List.of(new Run(0, 200, 21)), List.of(new Run(100, 100, 1))))
                .isEqualTo(new Overlap(0, 0, 0));
    }

    @Test
    void whoNeverLedLeavesNoGap() {
        assertThat(overlap()).isEqualTo(new Overlap(0, 0, 0));
    }

    private static Overlap overlap(Run... runs) {
        return Overlap.of(List.of(runs), List.of(SUCCESSOR));
    }
}
