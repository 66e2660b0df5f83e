package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.github.election4j.LeaderState;
import io.github.election4j.internal.machine.Effect;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the listeners of one election are told, in order. Confined to the loop. */
final class Announcements {
    private final ElectionConfig config;
    private final Environment environment;
    private final ListenerDispatcher dispatcher;

    Announcements(ElectionConfig config, Environment environment, ListenerDispatcher.Outcome outcome) {
        this.config = config;
        this.environment = environment;
        this.dispatcher = new ListenerDispatcher(
                config.name(), environment.listeners(), environment.ticker(), environment.observer(), outcome);
    }

    /**
     * The first thing a listener hears is who leads.
     *
     * @param leader who leads; {@code null} for nobody
     * @param own whether that is this member
     */
    void add(ElectionListener listener, @Nullable Candidate leader, boolean own) {
        if (leader == null) {
            dispatcher.add(listener, List.of());
        } else {
            dispatcher.add(
                    listener,
                    List.of(new ElectionEvent.LeaderChanged(
                            config.name(),
                            null,
                            leader,
                            own ? LeaderState.IS_LEADER : LeaderState.IS_NOT_LEADER,
                            leader.fencingToken(),
                            own ? ChangeReason.ELECTED : ChangeReason.OBSERVED,
                            environment.wallClock().instant())));
        }
    }

    void remove(ElectionListener listener) {
        dispatcher.remove(listener);
    }

    void publish(ElectionEvent.LeaderChanged change, Runnable allReturned) {
        dispatcher.publish(change, allReturned);
    }

    void error(String operation, String message, int attempt, Instant time) {
        if (ErrorLog.isWorthTelling(attempt)) {
            dispatcher.publish(new ElectionEvent.ElectionError(config.name(), operation, message, time), () -> {});
        }
    }

    ElectionEvent.LeaderChanged change(Effect.Announce announce, Instant time) {
        return new ElectionEvent.LeaderChanged(
                config.name(),
                announce.previous(),
                announce.leader(),
                announce.state(),
                announce.token(),
                announce.reason(),
                time);
    }
}
