package io.github.election4j.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
    void eachIsDescribedInTheDocumentation() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "performance.md"));

        assertThat(Scenario.all()).allSatisfy(each -> assertThat(page).contains("`" + each.name() + "`"));
    }

    @Test
    void onlySomeNeedAClusterSoThatTheEmbeddedEtcdHasTheOthers() {
        assertThat(Scenario.all())
                .filteredOn(each -> each.body().needsCluster())
                .extracting(Scenario::name)
                .containsExactly("hand-over-cluster", "hand-over-cluster-10");
    }

    @Test
    void someAreMeasuredOnlyIfAskedFor() {
        assertThat(Scenario.all()).extracting(Scenario::usual).contains(true, false);
    }
}
