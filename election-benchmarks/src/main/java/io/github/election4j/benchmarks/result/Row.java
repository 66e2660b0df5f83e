package io.github.election4j.benchmarks.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one subject in one scenario.
 *
 * @param scenario the name of the scenario
 * @param subject a peer, or the floor
 * @param figures by name, in the order in which they are shown; NaN where there is none
 * @param failure why there are none; null if there are
 * @param nanos the durations that percentiles are of, in the order in which they were measured
 */
public record Row(
        String scenario,
        String subject,
        Map<String, Double> figures,
        @Nullable String failure,
        List<Long> nanos) {
    /** Of fewer, the 99th percentile would be the maximum by another name. */
    private static final int ENOUGH_FOR_P99 = 100;

    /** {@return a row without figures yet} */
    public static Row of(String scenario, String subject) {
        return new Row(scenario, subject, new LinkedHashMap<>(), null, List.of());
    }

    /** {@return a row that says that the subject failed} */
    public static Row failed(String scenario, String subject, Throwable failure) {
        return new Row(
                scenario,
                subject,
                Map.of(),
                failure.toString().lines().findFirst().orElse("?"),
                List.of());
    }

    /** {@return this row with another figure} */
    public Row with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(name, value);
        return new Row(scenario, subject, more, failure, nanos);
    }

    /** {@return this row with durations: their percentiles in milliseconds, and how many there are} */
    public Row with(Times times) {
        Row row = new Row(scenario, subject, figures, failure, times.measured()).with("p50 ms", times.p50() / 1e6);
        if (times.count() >= ENOUGH_FOR_P99) {
            row = row.with("p99 ms", times.p99() / 1e6);
        }
        return row.with("max ms", times.max() / 1e6).with("times", times.count());
    }
}
