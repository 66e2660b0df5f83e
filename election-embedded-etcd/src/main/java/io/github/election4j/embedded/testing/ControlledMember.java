package io.github.election4j.embedded.testing;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionListener;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of a controllable election and the rules it follows. {@link #perform} takes the lock and is for any thread;
 * what changes something is called within it.
 */
final class ControlledMember {
    private final ElectionConfig config;
    private final Clock clock;
    private final Object lock = new Object();
    private final ControlledQueue queue;
    private final ControlledEvictions evictions = new ControlledEvictions();
    private final Journal journal;
    private final ControlledById byId;
    private final Audience audience;
    private volatile @Nullable ControlledTerm term;
    private boolean evicted;
    private boolean steppingDown;
    private boolean closed;

    ControlledMember(ElectionConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.evicted = config.evicted();
        this.queue = new ControlledQueue(config);
        this.journal = new Journal(state(), clock.instant());
        this.byId = new ControlledById(this, config, queue, evictions, journal, clock);
        this.audience = new Audience(
                config.name(),
                message -> perform(() -> report("listener", message)),
                () -> perform(() -> recover("listener")));
        enterIfWanted();
    }

    /**
     * Changes the state, tells whom it concerns, without the lock, and then gives up the place of a term that ended.
     */
    <T> T perform(Supplier<T> change) {
        T result;
        ControlledTerm before;
        synchronized (lock) {
            before = term;
            result = change.get();
            journal.entered(state(), clock.instant());
        }
        if (before != null) {
            before.tell();
        }
        audience.deliver();
        synchronized (lock) {
            if (steppingDown) {
                steppingDown = false;
                queue.leave();
            }
            enterIfWanted();
            journal.entered(state(), clock.instant());
        }
        return result;
    }

    /** The present term. Any thread. */
    @Nullable
    ControlledTerm term() {
        return term;
    }

    /** Any thread. */
    ElectionStatus status() {
        synchronized (lock) {
            ControlledTerm present = term;
            return new ElectionStatus(
                    config.name(),
                    config.key(),
                    config.id(),
                    config.address(),
                    journal.state(),
                    journal.leader(),
                    staysOut(),
                    queue.candidates(),
                    evictions.list(),
                    present == null ? null : present.fencingToken(),
                    journal.since(),
                    journal.lastError(),
                    journal.history(),
                    journal.terms());
        }
    }

    ControlledTerm grant() {
        requireOpen();
        ControlledTerm present = term;
        if (present != null) {
            return present;
        }
        require(!staysOut(), "it is evicted; call cancelEvict() first");
        require(!steppingDown, "its revoke listeners are running");
        Candidate me = queue.enter();
        queue.otherLeaves();
        ControlledTerm begun = new ControlledTerm(config.name(), me);
        term = begun;
        announce(me, LeaderState.IS_LEADER, me.fencingToken(), ChangeReason.ELECTED);
        return begun;
    }

    /** Returns whether there was a term to lose. */
    boolean lose(ChangeReason reason) {
        ControlledTerm lost = term;
        if (lost == null) {
            return false;
        }
        lost.end(reason);
        term = null;
        steppingDown = true;
        announce(null, LeaderState.RETIRE_FROM_LEADER, lost.fencingToken(), reason);
        return true;
    }

    OperationOutcome leave(ChangeReason reason) {
        requireNotClosed();
        if (lose(reason) || steppingDown) {
            return OperationOutcome.RELEASED;
        }
        return queue.leave() ? OperationOutcome.LEFT_QUEUE : OperationOutcome.NOT_IN_QUEUE;
    }

    ControlledById byId() {
        return byId;
    }

    /** By a command to this process, which ends with it. */
    boolean evicted() {
        return evicted;
    }

    OperationOutcome evict() {
        requireNotClosed();
        boolean already = evicted && !steppingDown;
        evicted = true;
        return already ? OperationOutcome.ALREADY_EVICTED : leave(ChangeReason.EVICTED);
    }

    OperationOutcome cancelEvict() {
        requireNotClosed();
        boolean was = evicted;
        evicted = false;
        if (was && staysOut()) {
            return OperationOutcome.EVICTION_CANCELLED;
        }
        return was ? OperationOutcome.REJOINED : OperationOutcome.NOT_EVICTED;
    }

    boolean close() {
        boolean first = !closed;
        if (first) {
            leave(ChangeReason.CLOSED);
            closed = true;
        }
        return first;
    }

    /** Whether somebody can be made the leader. */
    boolean mayLead() {
        return !closed && term == null && !steppingDown;
    }

    Candidate otherLeads(String id, String address) {
        requireOpen();
        require(term == null, "it was granted meanwhile");
        Candidate other = queue.otherEnters(id, address);
        if (!steppingDown) {
            queue.leave(); // And enters again, behind the other.
        }
        announce(other, LeaderState.IS_NOT_LEADER, other.fencingToken(), ChangeReason.OBSERVED);
        return other;
    }

    /** Returns whether there was one. */
    boolean otherLeaves() {
        requireOpen();
        return queue.other() != null && observeNobody();
    }

    boolean report(String operation, String message) {
        journal.failed(operation, message);
        audience.queue(new ElectionEvent.ElectionError(config.name(), operation, message, clock.instant()));
        return true;
    }

    boolean recover(String operation) {
        return journal.recovered(operation);
    }

    /** The first thing a listener hears is who leads. */
    boolean add(ElectionListener listener) {
        Candidate leader = journal.leader();
        LeaderState state = term == null ? LeaderState.IS_NOT_LEADER : LeaderState.IS_LEADER;
        ChangeReason reason = term == null ? ChangeReason.OBSERVED : ChangeReason.ELECTED;
        return audience.add(
                listener, leader == null ? null : change(null, leader, state, leader.fencingToken(), reason));
    }

    /** Any thread. */
    void remove(ElectionListener listener) {
        audience.remove(listener);
    }

    void requireOpen() {
        require(!closed, "it is closed");
    }

    /** Whoever else led leads no more. */
    boolean observeNobody() {
        queue.otherLeaves();
        announce(null, LeaderState.IS_NOT_LEADER, null, ChangeReason.OBSERVED);
        return true;
    }

    private void announce(@Nullable Candidate leader, LeaderState state, @Nullable Long token, ChangeReason reason) {
        LeaderChanged change = change(journal.leader(), leader, state, token, reason);
        journal.changed(change);
        audience.queue(change);
    }

    private LeaderChanged change(
            @Nullable Candidate previous,
            @Nullable Candidate leader,
            LeaderState state,
            @Nullable Long token,
            ChangeReason reason) {
        return new LeaderChanged(config.name(), previous, leader, state, token, reason, clock.instant());
    }

    private void enterIfWanted() {
        if (!steppingDown && !staysOut() && !closed) {
            queue.enter();
        }
    }

    private ElectionState state() {
        if (term != null) {
            return ElectionState.LEADING;
        } else if (steppingDown) {
            return ElectionState.STEPPING_DOWN;
        } else if (closed) {
            return ElectionState.CLOSED;
        }
        return staysOut() ? ElectionState.EVICTED : ElectionState.WAITING;
    }

    boolean staysOut() {
        return evicted || evictions.contains(config.id());
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException("Election '" + config.name() + "' cannot do that: " + otherwise);
        }
    }

    void requireNotClosed() {
        if (closed) {
            throw failed(ElectionException.Kind.CLOSED, "' is closed");
        }
    }

    ElectionException failed(ElectionException.Kind kind, String message) {
        return new ElectionException(kind, "Election '" + config.name() + message, null);
    }
}
