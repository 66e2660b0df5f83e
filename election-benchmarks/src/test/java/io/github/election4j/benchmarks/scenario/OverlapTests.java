package io.github.election4j.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.benchmarks.scenario.Overlap.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTests {
    /** Whose first answer was there at 100. */
    private static final Run SUCCESSOR = new Run(90, 100, 300, 301, 22);

    @Test
    void whoStopsBeforeTheSuccessorStartsLeavesAGap() {
        assertThat(overlap(run(0, 10, 11), run(20, 30, 11))).isEqualTo(new Overlap(0, 0, 70));
    }

    @Test
    void answersWhileTheSuccessorLeadsAreCountedAndNobodyWasMissing() {
        Overlap overlap = overlap(run(0, 10, 11), run(120, 130, 6), run(200, 260, 7));

        assertThat(overlap).isEqualTo(new Overlap(13, 160, 0));
    }

    @Test
    void ofARunThatStraddlesTheSuccessionOnlyTheLaterAnswersCount() {
        assertThat(overlap(run(0, 140, 15))).isEqualTo(new Overlap(5, 40, 0));
        assertThat(overlap(run(0, 99, 12))).isEqualTo(new Overlap(0, 0, 1));
    }

    @Test
    void whoLeadsAgainAfterTheSuccessorIsNotBesideIt() {
        assertThat(overlap(run(0, 50, 6), run(310, 500, 20))).isEqualTo(new Overlap(0, 0, 50));
        assertThat(Overlap.of(List.of(run(310, 390, 9)), List.of(SUCCESSOR, run(400, 500, 11))))
                .isEqualTo(new Overlap(0, 0, 0));
    }

    /** As the first one after a pause may be. */
    @Test
    void aSingleAnswerIsCountedIfItWasAskedForAndThereWhileTheSuccessorLed() {
        assertThat(overlap(new Run(150, 151, 150, 151, 1))).isEqualTo(new Overlap(1, 50, 0));
    }

    /** It may have been given when the other one had stopped, or did not lead yet. */
    @Test
    void anAnswerThatWasAskedForEarlierOrThereLaterIsNotCounted() {
        assertThat(overlap(new Run(99, 150, 99, 150, 1))).isEqualTo(new Overlap(0, 0, 1));
        assertThat(overlap(new Run(150, 305, 150, 305, 1))).isEqualTo(new Overlap(0, 0, 0));
        assertThat(Overlap.of(List.of(run(0, 200, 21)), List.of(new Run(100, 101, 100, 101, 1))))
                .isEqualTo(new Overlap(0, 0, 0));
    }

    @Test
    void whoNeverLedLeavesNoGap() {
        assertThat(overlap()).isEqualTo(new Overlap(0, 0, 0));
    }

    /** Each answer takes no time. */
    private static Run run(long from, long to, long count) {
        return new Run(from, from, to, to, count);
    }

    private static Overlap overlap(Run... runs) {
        return Overlap.of(List.of(runs), List.of(SUCCESSOR));
    }
}
