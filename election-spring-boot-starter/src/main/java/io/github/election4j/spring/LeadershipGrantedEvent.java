package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;

/**
 * This member has become the leader. By the time a listener hears it, {@code isLeader()} may be false again.
 *
 * @since 0.1.0
 */
public class LeadershipGrantedEvent extends LeaderChangedEvent {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an event.
     *
     * @param source the election
     * @param change what changed
     */
    public LeadershipGrantedEvent(Election source, LeaderChanged change) {
        super(source, change);
    }
}
