package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.internal.machine.MachineSnapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the loop lets other threads see of an election. Written by the loop, read by anybody. */
final class StatusBoard {
    private static final Logger log = LoggerFactory.getLogger(StatusBoard.class);
    private static final int HISTORY = 20;

    private final ElectionConfig config;
    private final Deque<LeaderChanged> history = new ArrayDeque<>();
    private volatile ElectionStatus published;

    StatusBoard(ElectionConfig config, MachineSnapshot snapshot, Instant now) {
        this.config = config;
        this.published = status(snapshot, now, null, List.of());
    }

    void record(LeaderChanged change) {
        history.addLast(change);
        if (history.size() > HISTORY) {
            history.removeFirst();
        }
    }

    void publish(MachineSnapshot snapshot, Instant now, @Nullable String lastError) {
        ElectionStatus before = published;
        boolean sameState = before.state() == snapshot.state();
        published = status(snapshot, sameState ? before.since() : now, lastError, List.copyOf(history));
        if (!sameState) {
            log.info(
                    "Election '{}': {} -> {}, leader {}",
                    config.name(),
                    before.state(),
                    snapshot.state(),
                    name(snapshot.leader()));
        }
    }

    ElectionStatus last() {
        return published;
    }

    /**
     * The status, corrected by the clock: who was paused must not be shown as leading. The clock is asked last, or who
     * begins to lead meanwhile would be shown as stepping down.
     */
    ElectionStatus now(BooleanSupplier leading) {
        ElectionStatus last = published;
        if (last.state() != ElectionState.LEADING || leading.getAsBoolean()) {
            return last;
        }
        return new ElectionStatus(
                last.name(),
                last.key(),
                last.id(),
                last.address(),
                ElectionState.STEPPING_DOWN,
                null,
                last.evicted(),
                last.candidates(),
                last.evictions(),
                null,
                last.since(),
                last.lastError(),
                last.history(),
                last.terms());
    }

    private ElectionStatus status(
            MachineSnapshot snapshot, Instant since, @Nullable String lastError, List<LeaderChanged> changes) {
        Candidate term = snapshot.term();
        return new ElectionStatus(
                config.name(),
                config.key(),
                config.id(),
                config.address(),
                snapshot.state(),
                snapshot.leader(),
                snapshot.evicted(),
                snapshot.candidates(),
                snapshot.evictions(),
                term == null ? null : term.fencingToken(),
                since,
                lastError,
                changes,
                snapshot.terms());
    }

    private static String name(@Nullable Candidate leader) {
        return leader == null ? "nobody" : "'" + leader.id() + "' (token " + leader.fencingToken() + ")";
    }
}
