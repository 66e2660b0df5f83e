package io.github.election4j.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScenarioTests {
    @Test
    void eachIsFoundByItsName() {
        assertThat(Scenario.all()).extracting(Scenario::name).doesNotHaveDuplicates();
        assertThat(Scenario.all())
                .allSatisfy(each -> assertThat(Scenario.named(each.name()))
                        .map(Scenario::title)
                        .contains(each.title()));
        assertThat(Scenario.named("hand-over")).isEmpty();
    }

    @Test
    void someAreMeasuredOnlyIfAskedFor() {
        assertThat(Scenario.all()).extracting(Scenario::usual).contains(true, false);
    }
}
