package io.github.election4j.spring;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;

/**
 * The leader of an election changed, as this member saw it: for every change, "nobody" included. This member's own
 * terms come as {@link LeadershipGrantedEvent} and {@link LeadershipRevokedEvent}.
 *
 * <p>Published on a thread of the election's listener pool, one event at a time and in order for each election. A
 * listener may block; the step-down of this member waits for it, up to {@code election.step-down-timeout}. The
 * listeners of an event are called one after the other, each of them, also after one has thrown.
 *
 * @since 0.1.0
 */
public class LeaderChangedEvent extends ApplicationEvent {
    private static final long serialVersionUID = 1L;

    private final transient LeaderChanged change;

    /**
     * Creates an event.
     *
     * @param source the election
     * @param change what changed
     */
    public LeaderChangedEvent(Election source, LeaderChanged change) {
        super(source);
        this.change = change;
    }

    /** {@return the name of the election} */
    public String getElection() {
        return change.election();
    }

    /** {@return who was known to lead before, null for nobody} */
    public @Nullable Candidate getPreviousLeader() {
        return change.previous();
    }

    /** {@return who leads now, null for nobody} */
    public @Nullable Candidate getLeader() {
        return change.leader();
    }

    /** {@return what this means for this member} */
    public LeaderState getState() {
        return change.state();
    }

    /** {@return the token of the own term that begins or ends, or of the leader that was observed; null for nobody} */
    public @Nullable Long getFencingToken() {
        return change.fencingToken();
    }

    /** {@return why the leader changed} */
    public ChangeReason getReason() {
        return change.reason();
    }

    /** {@return when this member saw it, by its wall clock} */
    public Instant getTime() {
        return change.time();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + change + "]";
    }
}
