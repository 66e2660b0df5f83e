package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;

/**
 * This member was the leader and is no longer; exactly one follows each {@link LeadershipGrantedEvent}.
 *
 * @since 0.1.0
 */
public class LeadershipRevokedEvent extends LeaderChangedEvent {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an event.
     *
     * @param source the election
     * @param change what changed
     */
    public LeadershipRevokedEvent(Election source, LeaderChanged change) {
        super(source, change);
    }
}
