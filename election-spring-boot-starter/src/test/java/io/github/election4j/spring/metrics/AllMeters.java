package io.github.election4j.spring.metrics;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import io.github.election4j.spring.ElectionObservations;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;

/** All meters of an application with one election, of which a listener was called once. */
final class AllMeters {
    private static final LeaderChanged GRANTED =
            new LeaderChanged("default", null, null, LeaderState.IS_LEADER, 7L, ChangeReason.ELECTED, Instant.EPOCH);

    private AllMeters() {}

    static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Script.meteredBy(registry, new MeteringEngineObserver(registry), "default");
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        new ElectionObservations(observations, null).deliver(event -> {}, GRANTED);
        return registry;
    }
}
