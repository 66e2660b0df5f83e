package io.github.election4j.spring.metrics;

import io.github.election4j.spi.EngineObserver;
import io.micrometer.core.instrument.Gauge;
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
    private volatile double headroom = Double.NaN;

    /**
     * Creates an observer.
     *
     * @param registry where to record
     */
    public MeteringEngineObserver(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Adds an election, whose meters are there from now on, and under whose name renewals are recorded too: all
     * elections share them.
     *
     * @param election the name of the election
     */
    public void addElection(String election) {
        for (boolean succeeded : new boolean[] {true, false}) {
            renewals(election, succeeded);
            listeners(election, succeeded);
        }
        Gauge.builder("election.heartbeat.headroom", this, each -> each.headroom)
                .description("The least validity that was left when the last heartbeat was committed, as a share of it")
                .tag("election", election)
                .register(registry);
        elections.add(election);
    }

    @Override
    public void onHeartbeat(double least) {
        headroom = least;
    }

    @Override
    public void onRenewal(Duration took, boolean succeeded) {
        elections.forEach(election -> renewals(election, succeeded).record(took));
    }

    @Override
    public void onListener(String election, Duration took, boolean succeeded) {
        listeners(election, succeeded).record(took);
    }

    private Timer renewals(String election, boolean succeeded) {
        return timer("election.session.renewal", "Renewals of the lease that all elections share", election, succeeded);
    }

    private Timer listeners(String election, boolean succeeded) {
        return timer("election.listener", "Calls of listeners", election, succeeded);
    }

    private Timer timer(String name, String description, String election, boolean succeeded) {
        return Timer.builder(name)
                .description(description)
                .tag("election", election)
                .tag("outcome", succeeded ? "success" : "failure")
                .register(registry);
    }
}
