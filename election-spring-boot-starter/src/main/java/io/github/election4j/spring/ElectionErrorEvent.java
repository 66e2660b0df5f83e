package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.ElectionError;
import java.time.Instant;
import org.springframework.context.ApplicationEvent;

/**
 * Something failed in an election. Participation goes on: what failed is tried again.
 *
 * @since 0.1.0
 */
public class ElectionErrorEvent extends ApplicationEvent {
    private static final long serialVersionUID = 1L;

    private final transient ElectionError error;

    /**
     * Creates an event.
     *
     * @param source the election
     * @param error what failed
     */
    public ElectionErrorEvent(Election source, ElectionError error) {
        super(source);
        this.error = error;
    }

    /** {@return the name of the election} */
    public String getElection() {
        return error.election();
    }

    /** {@return what failed: session, reconnect, watch, enter, heartbeat, release or listener} */
    public String getOperation() {
        return error.operation();
    }

    /** {@return what was found, without secrets} */
    public String getMessage() {
        return error.message();
    }

    /** {@return when, by the wall clock} */
    public Instant getTime() {
        return error.time();
    }

    @Override
    public String toString() {
        return "ElectionErrorEvent[" + error + "]";
    }
}
