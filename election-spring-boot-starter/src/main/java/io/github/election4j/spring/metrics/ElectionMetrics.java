package io.github.election4j.spring.metrics;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Meters of one election, tagged {@code election} with its name.
 *
 * @since 0.1.0
 */
public class ElectionMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final String election;
    private @Nullable Instant ledSince;
    private @Nullable Instant leaderlessSince;

    private ElectionMetrics(MeterRegistry registry, String election) {
        this.registry = registry;
        this.election = election;
    }

    /**
     * Binds an election to a registry for as long as both live.
     *
     * @param registry the registry
     * @param session the session
     * @param election the election
     */
    public static void bind(MeterRegistry registry, Elections session, Election election) {
        ElectionMetrics metrics = new ElectionMetrics(registry, election.name());
        metrics.gauges(session, election);
        election.addListener(metrics::heard);
    }

    private void gauges(Elections session, Election target) {
        Gauge.builder("election.leader", target, each -> each.isLeader() ? 1 : 0)
                .description("1 while this member leads, else 0")
                .tag("election", election)
                .register(registry);
        Gauge.builder("election.candidates", target, each -> each.candidates().size())
                .description("Members in the queue")
                .baseUnit("candidates")
                .tag("election", election)
                .register(registry);
        Gauge.builder(
                        "election.session.remaining",
                        session,
                        each -> seconds(each.session().validFor()))
                .description("How long the lease lives if it is not renewed any more")
                .baseUnit("seconds")
                .tag("election", election)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    /** One event at a time, in order: the fields need no lock. */
    private void heard(ElectionEvent event) {
        if (event instanceof LeaderChanged change) {
            changed(change);
        } else if (event instanceof ElectionError error) {
            Counter.builder("election.errors")
                    .description("Failures, each of which is tried again")
                    .tag("election", election)
                    .tag("operation", error.operation())
                    .register(registry)
                    .increment();
        }
    }

    private void changed(LeaderChanged change) {
        Counter.builder("election.transitions")
                .description("Changes of leader, as this member saw them")
                .tag("election", election)
                .tag("type", type(change.state()))
                .tag("reason", change.reason().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
        if (change.state() == LeaderState.IS_LEADER) {
            ledSince = change.time();
        } else if (change.state() == LeaderState.RETIRE_FROM_LEADER) {
            record("election.term", "Terms of this member, from grant to loss", ledSince, change.time());
            ledSince = null;
        }
        if (change.leader() == null) {
            leaderlessSince = change.time();
        } else {
            record("election.leaderless", "Times in which nobody led", leaderlessSince, change.time());
            leaderlessSince = null;
        }
    }

    private void record(String name, String description, @Nullable Instant from, Instant until) {
        if (from != null) {
            Timer.builder(name)
                    .description(description)
                    .tag("election", election)
                    .register(registry)
                    .record(Duration.between(from, until));
        }
    }

    private static String type(LeaderState state) {
        return switch (state) {
            case IS_LEADER -> "granted";
            case RETIRE_FROM_LEADER -> "revoked";
            case IS_NOT_LEADER -> "observed";
        };
    }
}
