package io.github.election4j.embedded.testing;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener heard, and what held at that moment. */
final class Heard implements ElectionListener {
    private final Election election;
    private final List<ElectionEvent> events = new CopyOnWriteArrayList<>();
    private final List<Boolean> leading = new CopyOnWriteArrayList<>();
    private final List<ElectionState> states = new CopyOnWriteArrayList<>();

    Heard(Election election) {
        this.election = election;
        election.addListener(this);
    }

    @Override
    public void onEvent(ElectionEvent event) {
        events.add(event);
        leading.add(election.isLeader());
        states.add(election.status().state());
    }

    List<ElectionEvent> events() {
        return events;
    }

    ElectionEvent last() {
        return events.get(events.size() - 1);
    }

    List<LeaderState> changes() {
        return events.stream()
                .filter(LeaderChanged.class::isInstance)
                .map(event -> ((LeaderChanged) event).state())
                .toList();
    }

    List<Boolean> leading() {
        return leading;
    }

    List<ElectionState> states() {
        return states;
    }
}
