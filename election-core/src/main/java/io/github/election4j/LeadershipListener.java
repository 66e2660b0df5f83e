package io.github.election4j;

import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;

/**
 * An {@link ElectionListener} with a method for each kind of event. What it promises, it promises of each of these.
 *
 * @since 0.1.0
 */
public interface LeadershipListener extends ElectionListener {
    /**
     * This member leads from now on.
     *
     * @param change what happened
     */
    default void onGranted(LeaderChanged change) {}

    /**
     * This member leads no longer. The successor begins when this has returned, or the step-down timeout has passed.
     *
     * @param change what happened
     */
    default void onRevoked(LeaderChanged change) {}

    /**
     * Another member leads from now on, or nobody does.
     *
     * @param change what happened
     */
    default void onLeaderChanged(LeaderChanged change) {}

    /**
     * Something failed, and is tried again.
     *
     * @param error what happened
     */
    default void onError(ElectionError error) {}

    @Override
    default void onEvent(ElectionEvent event) {
        if (event instanceof ElectionError error) {
            onError(error);
        } else if (event instanceof LeaderChanged change) {
            switch (change.state()) {
                case IS_LEADER -> onGranted(change);
                case RETIRE_FROM_LEADER -> onRevoked(change);
                case IS_NOT_LEADER -> onLeaderChanged(change);
            }
        }
    }
}
