package io.github.election4j.embedded.testing;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.LeaderTerm;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a status tells of the past. Guarded by the election. */
final class Journal {
    private static final int HISTORY = 20;
    private static final int TERMS = 50;

    private final Deque<LeaderChanged> history = new ArrayDeque<>();
    private final Deque<LeaderTerm> terms = new ArrayDeque<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private ElectionState state;
    private Instant since;

    Journal(ElectionState state, Instant now) {
        this.state = state;
        this.since = now;
    }

    void entered(ElectionState newState, Instant now) {
        if (newState != state) {
            state = newState;
            since = now;
        }
    }

    void changed(LeaderChanged change) {
        history.addLast(change);
        if (history.size() > HISTORY) {
            history.removeFirst();
        }
        end(change);
        Candidate leader = change.leader();
        if (leader != null) {
            terms.addLast(new LeaderTerm(
                    leader.id(), leader.address(), leader.fencingToken(), change.time(), null, null, ""));
        }
        if (terms.size() > TERMS) {
            terms.removeFirst();
        }
    }

    private void end(LeaderChanged change) {
        LeaderTerm last = terms.peekLast();
        if (last != null && last.until() == null) {
            terms.removeLast();
            terms.addLast(new LeaderTerm(
                    last.id(),
                    last.address(),
                    last.fencingToken(),
                    last.from(),
                    change.time(),
                    change.state() == LeaderState.RETIRE_FROM_LEADER ? change.reason() : null,
                    ""));
        }
    }

    void failed(String operation, String message) {
        errors.remove(operation);
        errors.put(operation, message);
    }

    /** Returns whether it had failed. */
    boolean recovered(String operation) {
        return errors.remove(operation) != null;
    }

    ElectionState state() {
        return state;
    }

    Instant since() {
        return since;
    }

    /** Who was last announced to lead. */
    @Nullable
    Candidate leader() {
        return history.isEmpty() ? null : history.getLast().leader();
    }

    @Nullable
    String lastError() {
        String last = null;
        for (Map.Entry<String, String> each : errors.entrySet()) {
            last = each.getKey() + ": " + each.getValue();
        }
        return last;
    }

    List<LeaderTerm> terms() {
        return List.copyOf(terms);
    }

    List<LeaderChanged> history() {
        return List.copyOf(history);
    }
}
