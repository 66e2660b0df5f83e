package io.github.election4j.benchmarks.store;

import java.util.List;

/** Figures in the text format of Prometheus. */
final class Metrics {
    private Metrics() {}

    /** {@return the sum of a metric over its labels, or NaN if there is no metric of that name} */
    static double sum(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }
}
