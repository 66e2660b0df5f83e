package io.github.election4j.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTests {
    private final Results results = new Results();

    @Test
    void tellsOnWhatItWasMeasured() {
        results.circumstance("machine", "2 processors");

        assertThat(results.table()).contains("machine", "2 processors");
    }

    @Test
    void whoFailedIsInTheTableWithWhatItFailedOf() {
        results.begin("crash", "Fail-over");
        results.add(Row.of("crash", "one").with(Times.of(List.of(2_000_000L))));
        results.add(Row.failed("crash", "another", new IllegalStateException("Nobody leads\nat all")));

        assertThat(results.table().lines())
                .anyMatch(line -> line.strip().startsWith("one") && line.contains("2"))
                .anyMatch(
                        line -> line.strip().matches("another +FAILED: java.lang.IllegalStateException: Nobody leads"));
    }

    @Test
    void whatNobodyKnowsIsNoFigure() {
        results.begin("idle", "Idle");
        results.add(Row.of("idle", "one").with("writes/h", Double.NaN).with("requests/h", 1_234));
        results.add(Row.of("idle", "another").with("requests/h", 0.126));

        assertThat(results.table("idle").lines().map(String::strip))
                .containsSubsequence(
                        "writes/h  requests/h",
                        "one                                        -       1,234",
                        "another                                    -        0.13");
    }

    @Test
    void thereIsNo99thPercentileOfFewerThanAHundred() {
        results.begin("few", "Few");
        results.begin("enough", "Enough");
        results.add(Row.of("few", "one").with(Times.of(Collections.nCopies(99, 1L))));
        results.add(Row.of("enough", "one").with(Times.of(Collections.nCopies(100, 1L))));

        assertThat(results.table("few")).contains("p50 ms", "max ms").doesNotContain("p99 ms");
        assertThat(results.table("enough")).contains("p50 ms", "p99 ms", "max ms");
    }

    @Test
    void isCompleteUnlessSomebodyFailed() {
        results.add(Row.of("ask", "clock").with("ns", 21.4));
        assertThat(results.complete()).isTrue();

        results.add(Row.failed("ask", "call", new IllegalStateException()));
        assertThat(results.complete()).isFalse();
    }

    @Test
    void scenariosDoNotMix() {
        results.begin("first", "First");
        results.begin("second", "Second");
        results.add(Row.of("first", "one").with("a", 1));
        results.add(Row.of("second", "one").with("b", 2));

        assertThat(results.table("first")).contains("a").doesNotContain("b");
    }

    @Test
    void isWrittenAsJsonToo(@TempDir Path folder) throws Exception {
        results.circumstance("load at start", "0.10");
        results.begin("ask", "One call");
        results.add(Row.of("ask", "clock").with("ns", 21.4).with(Times.of(List.of(3L, 1L, 2L))));
        Path file = folder.resolve("benchmarks.json");

        results.write(file);

        JsonNode told = new ObjectMapper().readTree(file.toFile());
        assertThat(told.at("/circumstances/load at start").asText()).isEqualTo("0.10");
        assertThat(told.at("/scenarios/ask").asText()).isEqualTo("One call");
        assertThat(told.at("/rows/0/figures/ns").asDouble()).isEqualTo(21.4);
        assertThat(told.at("/rows/0/nanos")).extracting(JsonNode::asLong).containsExactly(3L, 1L, 2L);
    }
}
