package io.github.election4j.benchmarks.result;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one subject in one scenario.
 *
 * @param scenario the name of the scenario
 * @param subject a peer, or the floor
 * @param figures by name, in the order in which they are shown; NaN where there is none
 * @param failure why there are none; null if there are
 */
public record Row(
        String scenario,
        String subject,
        Map<String, Double> figures,
        @Nullable String failure) {
    /** {@return a row without figures yet} */
    public static Row of(String scenario, String subject) {
        return new Row(scenario, subject, new LinkedHashMap<>(), null);
    }

    /** {@return a row that says that the subject failed} */
    public static Row failed(String scenario, String subject, Throwable failure) {
        return new Row(
                scenario,
                subject,
                Map.of(),
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("?"));
    }

    /** {@return this row with another figure} */
    public Row with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(name, value);
        return new Row(scenario, subject, more, failure);
    }

    /** {@return this row with the percentiles of durations, in milliseconds} */
    public Row with(Times times) {
        return with("p50 ms", times.p50() / 1e6)
                .with("p99 ms", times.p99() / 1e6)
                .with("max ms", times.max() / 1e6);
    }
}
