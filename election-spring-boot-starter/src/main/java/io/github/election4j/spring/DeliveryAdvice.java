package io.github.election4j.spring;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;

/** What the starter does around each call of a listener of its elections. Not for applications, which listen. */
@FunctionalInterface
interface DeliveryAdvice {
    /**
     * Calls the listener, once, whatever else fails, and throws what it throws: hand-overs rest on it.
     *
     * @param listener the listener
     * @param event what it is told
     */
    void deliver(ElectionListener listener, ElectionEvent event);
}
