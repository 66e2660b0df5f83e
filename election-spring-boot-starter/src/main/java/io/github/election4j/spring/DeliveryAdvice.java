package io.github.election4j.spring;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;

/**
 * What is done around each call of a listener of an election, such as to trace it. A bean of this type applies to the
 * elections of the starter.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DeliveryAdvice {
    /**
     * Calls the listener, once, whatever else fails, and throws what it throws: hand-overs rest on it.
     *
     * @param listener the listener
     * @param event what it is told
     */
    void deliver(ElectionListener listener, ElectionEvent event);
}
