package io.github.election4j.spring.observation;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.micrometer.observation.Observation;

/**
 * One call of a listener.
 *
 * @since 0.1.0
 */
public class ElectionObservationContext extends Observation.Context {
    private final ElectionListener listener;
    private final ElectionEvent event;

    /**
     * Creates a context.
     *
     * @param listener who is told
     * @param event what it is told
     */
    public ElectionObservationContext(ElectionListener listener, ElectionEvent event) {
        this.listener = listener;
        this.event = event;
    }

    /** {@return who is told} */
    public ElectionListener getListener() {
        return listener;
    }

    /** {@return what it is told} */
    public ElectionEvent getEvent() {
        return event;
    }
}
