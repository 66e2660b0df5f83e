package io.github.election4j.spring;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.LeaderState;

/**
 * A listener whose failure on a grant means that the work of the leader has not started. It throws what the listener
 * throws, for the engine tells of that. Two of them are equal if they are for the same listener, by which the engine
 * removes one.
 */
record StartGuard(ElectionListener listener, ManagedElection election) implements ElectionListener {
    @Override
    public void onEvent(ElectionEvent event) {
        if (event instanceof LeaderChanged change && change.fencingToken() != null) {
            onChange(change, change.fencingToken());
        } else {
            election.advice.deliver(listener, event);
        }
    }

    private void onChange(LeaderChanged change, long token) {
        boolean returned = false;
        try {
            election.advice.deliver(listener, change);
            returned = true;
        } finally {
            if (change.state() == LeaderState.IS_LEADER && !returned) {
                election.startFailed(token, listener instanceof EssentialListener);
            } else if (change.state() == LeaderState.RETIRE_FROM_LEADER) {
                election.termEnded(token);
            }
        }
    }
}
