package io.github.election4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import io.github.election4j.spring.ElectionObservations;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Prometheus takes no two meters of one name whose tags differ. */
class PrometheusTests {
    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)\\{(.*)} ");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"[^\"]*\"");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();

    @Test
    void noTwoMetersClash() {
        MeteringEngineObserver observer = new MeteringEngineObserver(registry);
        Script election = Script.meteredBy(registry, observer, "default");
        Script.meteredBy(registry, observer, "other");

        Map<String, Set<String>> before = series();
        election.granted();
        election.failed("watch");
        election.revoked(ChangeReason.EXPIRED);
        election.observed();
        observer.onRenewal(Duration.ofMillis(1), true);
        observer.onListener("other", Duration.ofMillis(1), false);
        assertThat(series()).isEqualTo(before);

        observe();
        assertThat(series()).containsAllEntriesOf(before).hasSizeGreaterThan(before.size());
    }

    @Test
    void theRunningTermAndThoseThatEndedAreApart() {
        Script election = Script.meteredBy(registry, new MeteringEngineObserver(registry), "default");
        election.granted();

        assertThat(registry.scrape())
                .contains("election_term_active_seconds_count{election=\"default\"} 1")
                .contains("election_term_seconds_count{election=\"default\"} 0")
                .contains("election_errors_total{election=\"default\",operation=\"watch\"} 0.0")
                .contains("election_transitions_total{election=\"default\",reason=\"elected\",type=\"granted\"} 1.0");
    }

    /** What Spring Boot does with observations. */
    private void observe() {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        ElectionObservations advice = new ElectionObservations(observations, null);
        advice.deliver(
                event -> {},
                new LeaderChanged(
                        "default", null, null, LeaderState.IS_LEADER, 7L, ChangeReason.ELECTED, Instant.EPOCH));
        advice.deliver(event -> {}, new ElectionError("other", "watch", "no answer", Instant.EPOCH));
    }

    /** Each name with the keys of its tags, which are the same wherever it occurs. */
    private Map<String, Set<String>> series() {
        Map<String, Set<String>> keysByName = new LinkedHashMap<>();
        Matcher series = SERIES.matcher(registry.scrape());
        while (series.find()) {
            Set<String> keys = new TreeSet<>();
            TAG.matcher(series.group(2)).results().forEach(tag -> keys.add(tag.group(1)));
            assertThat(keysByName.computeIfAbsent(series.group(1), name -> keys))
                    .as(series.group())
                    .isEqualTo(keys)
                    .contains("election");
        }
        assertThat(keysByName).isNotEmpty();
        return keysByName;
    }
}
