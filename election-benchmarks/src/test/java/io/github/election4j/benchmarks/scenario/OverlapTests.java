package io.github.election4j.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.benchmarks.scenario.Overlap.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTests {
    @Test
    void whoStopsBeforeTheSuccessorStartsLeavesAGap() {
        Overlap overlap = Overlap.of(List.of(new Run(0, 10, 11), new Run(20, 30, 11)), 100);

        assertThat(overlap).isEqualTo(new Overlap(0, 0, 70));
    }

    @Test
    void answersAfterTheSuccessorsFirstAreCountedAndNobodyWasMissing() {
        Overlap overlap = Overlap.of(List.of(new Run(0, 10, 11), new Run(120, 130, 5), new Run(200, 250, 7)), 100);

        assertThat(overlap).isEqualTo(new Overlap(12, 150, 0));
    }

    @Test
    void ofARunThatStraddlesTheSuccessionOnlyTheLaterAnswersCount() {
        Run each10 = new Run(0, 100, 11);

        assertThat(Overlap.of(List.of(each10), 65)).isEqualTo(new Overlap(4, 35, 0));
        assertThat(Overlap.of(List.of(each10), 99)).isEqualTo(new Overlap(1, 1, 0));
        assertThat(Overlap.of(List.of(each10), 0)).isEqualTo(new Overlap(10, 100, 0));
    }

    @Test
    void anAnswerAtTheSameInstantIsNotBeside() {
        assertThat(Overlap.of(List.of(new Run(0, 100, 11)), 100)).isEqualTo(new Overlap(0, 0, 0));
    }

    @Test
    void whoNeverLedLeavesNoGap() {
        assertThat(Overlap.of(List.of(), 100)).isEqualTo(new Overlap(0, 0, 0));
    }
}
