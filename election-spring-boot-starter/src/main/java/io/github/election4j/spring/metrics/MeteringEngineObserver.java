package io.github.election4j.spring.metrics;

import io.github.election4j.spi.EngineObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Meters of what the engine does: renewals of the session, and calls of listeners.
 *
 * @since 0.1.0
 */
public class MeteringEngineObserver implements EngineObserver {
    private final MeterRegistry registry;
    private final List<String> elections = new CopyOnWriteArrayList<>();

    /**
     * Creates an observer.
     *
     * @param registry where to record
     */
    public MeteringEngineObserver(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Adds an election, under whose name renewals are recorded too: all elections share them.
     *
     * @param election the name of the election
     */
    public void addElection(String election) {
        elections.add(election);
    }

    @Override
    public void onRenewal(Duration took, boolean succeeded) {
        elections.forEach(election -> Timer.builder("election.session.renewal")
                .description("Renewals of the lease that all elections share")
                .tag("election", election)
                .tag("outcome", outcome(succeeded))
                .register(registry)
                .record(took));
    }

    @Override
    public void onListener(String election, Duration took, boolean succeeded) {
        Timer.builder("election.listener")
                .description("Calls of listeners")
                .tag("election", election)
                .tag("outcome", outcome(succeeded))
                .register(registry)
                .record(took);
    }

    private static String outcome(boolean succeeded) {
        return succeeded ? "success" : "failure";
    }
}
