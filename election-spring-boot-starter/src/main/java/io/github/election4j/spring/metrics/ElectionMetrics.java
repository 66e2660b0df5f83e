package io.github.election4j.spring.metrics;

import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.github.election4j.spring.StarterListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Meters of one election, tagged {@code election} with its name. Each is there from the beginning, with all values that
 * its tags can have: a rise from nothing to one is none that can be alerted on.
 *
 * @since 0.1.0
 */
public class ElectionMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    /** What an {@link ElectionError} can name. */
    private static final List<String> OPERATIONS = List.of(
            "session",
            "watch",
            "enter",
            "heartbeat",
            "mark",
            "release",
            "take-over",
            "order",
            "journal",
            "listener",
            "task",
            "reconnect",
            "thread");

    private final MeterRegistry registry;
    private final String election;
    private final Timer terms;
    private final Timer leaderless;
    private final LongTaskTimer activeTerms;
    private LongTaskTimer.@Nullable Sample activeTerm;
    private @Nullable Instant ledSince;
    private @Nullable Instant leaderlessSince;

    private ElectionMetrics(MeterRegistry registry, String election) {
        this.registry = registry;
        this.election = election;
        this.terms = timer("election.term", "Terms of this member, from grant to loss");
        this.leaderless = timer("election.leaderless", "Times in which nobody led");
        this.activeTerms = LongTaskTimer.builder("election.term.active")
                .description("The term of this member that goes on")
                .tag("election", election)
                .register(registry);
        for (ChangeReason reason : ChangeReason.values()) {
            transitions(type(reason), reason);
        }
        OPERATIONS.forEach(this::errors);
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
        election.addListener((StarterListener) metrics::heard);
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

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tag("election", election)
                .register(registry);
    }

    private Counter transitions(String type, ChangeReason reason) {
        return Counter.builder("election.transitions")
                .description("Changes of leader, as this member saw them")
                .tag("election", election)
                .tag("type", type)
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter errors(String operation) {
        return Counter.builder("election.errors")
                .description("Failures, of those in a row the 1st, 2nd, 4th, 8th and so on")
                .tag("election", election)
                .tag("operation", operation)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    /** One event at a time, in order; the next may come from another thread, or from a session that was opened anew. */
    private synchronized void heard(ElectionEvent event) {
        if (event instanceof LeaderChanged change) {
            changed(change);
        } else if (event instanceof ElectionError error) {
            errors(error.operation()).increment();
        }
    }

    private void changed(LeaderChanged change) {
        transitions(type(change.state()), change.reason()).increment();
        if (change.state() == LeaderState.IS_LEADER) {
            endActiveTerm();
            ledSince = change.time();
            activeTerm = activeTerms.start();
        } else if (change.state() == LeaderState.RETIRE_FROM_LEADER) {
            record(terms, ledSince, change.time());
            ledSince = null;
            endActiveTerm();
        }
        if (change.leader() == null) {
            leaderlessSince = change.time();
        } else {
            record(leaderless, leaderlessSince, change.time());
            leaderlessSince = null;
        }
    }

    private void endActiveTerm() {
        if (activeTerm != null) {
            activeTerm.stop();
            activeTerm = null;
        }
    }

    private static void record(Timer timer, @Nullable Instant from, Instant until) {
        if (from != null) {
            timer.record(Duration.between(from, until));
        }
    }

    private static String type(LeaderState state) {
        return switch (state) {
            case IS_LEADER -> "granted";
            case RETIRE_FROM_LEADER -> "revoked";
            case IS_NOT_LEADER -> "observed";
        };
    }

    /** A reason comes with one type only. */
    private static String type(ChangeReason reason) {
        return type(
                switch (reason) {
                    case ELECTED -> LeaderState.IS_LEADER;
                    case RESIGNED,
                            EVICTED,
                            TRANSFERRED,
                            CLOSED,
                            EXPIRED,
                            KEY_LOST,
                            SESSION_LOST,
                            HISTORY_LOST,
                            DEFECT -> LeaderState.RETIRE_FROM_LEADER;
                    case OBSERVED -> LeaderState.IS_NOT_LEADER;
                });
    }
}
