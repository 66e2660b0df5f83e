package io.github.election4j.spring.metrics;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.github.election4j.SessionStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An election of which a test tells what happens. */
final class Script {
    private static final Candidate ME = new Candidate("m1", "http://m1", "/e/1", 7);

    private final String name;
    private final Election election = mock();
    private final List<ElectionListener> listeners = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private Script(String name) {
        this.name = name;
        when(election.name()).thenReturn(name);
        doAnswer(call -> listeners.add(call.getArgument(0))).when(election).addListener(any());
    }

    static Script meteredBy(MeterRegistry registry, MeteringEngineObserver observer, String name) {
        Script script = new Script(name);
        Elections session = mock();
        when(session.session())
                .thenReturn(
                        new SessionStatus(SessionStatus.State.ACTIVE, 1, Duration.ofSeconds(5), Duration.ZERO, null));
        ElectionMetrics.bind(registry, session, script.election);
        observer.addElection(name);
        return script;
    }

    void granted() {
        tell(change(ME, LeaderState.IS_LEADER, ChangeReason.ELECTED));
    }

    void revoked(ChangeReason reason) {
        tell(change(null, LeaderState.RETIRE_FROM_LEADER, reason));
    }

    void observed() {
        tell(change(ME, LeaderState.IS_NOT_LEADER, ChangeReason.OBSERVED));
    }

    void failed(String operation) {
        tell(new ElectionError(name, operation, "no answer", now));
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    private LeaderChanged change(@Nullable Candidate leader, LeaderState state, ChangeReason reason) {
        return new LeaderChanged(name, null, leader, state, 7L, reason, now);
    }

    private void tell(ElectionEvent event) {
        listeners.forEach(each -> each.onEvent(event));
    }
}
