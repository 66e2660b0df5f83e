package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;

/**
 * Says what a change of leader is called in the language of another library. What it says is published as the starter's
 * own events are: every listener hears of it, and an ordered step-down waits for each.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ElectionEventTranslator {
    /**
     * Translates a change. Called on a thread of the listeners.
     *
     * @param election whose leader has changed
     * @param change what has changed
     * @return what to publish; null for nothing
     */
    @Nullable
    ApplicationEvent translate(Election election, LeaderChanged change);
}
