package io.github.election4j.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTests {
    private static final List<String> LINES = List.of(
            "# HELP received messages",
            "received{method=\"Put\"} 3",
            "received{method=\"Range\"} 4",
            "received_bytes 900",
            "puts 1e+06");

    @Test
    void sumsOverLabels() {
        assertThat(Metrics.sum(LINES, "received")).isEqualTo(7);
        assertThat(Metrics.sum(LINES, "puts")).isEqualTo(1_000_000);
    }

    @Test
    void whatIsNotThereIsUnknownRatherThanNothing() {
        assertThat(Metrics.sum(LINES, "deletes")).isNaN();
    }
}
