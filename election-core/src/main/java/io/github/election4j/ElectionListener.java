package io.github.election4j;

/**
 * Hears what happens in an election.
 *
 * <p>Every listener has a queue of its own: it is called for one event at a time, in order, on a thread of a pool that
 * belongs to nothing else. It may block and may call any method of the election. A listener that is slow or throws
 * delays neither renewal nor detection of loss nor other listeners; what it throws is logged, counted and reported as
 * an {@link ElectionEvent.ElectionError}. The step-down of this member waits for it, up to the step-down timeout (S4).
 *
 * <p>Staleness: an event tells what has happened, not what still holds. When a listener hears that this member is the
 * leader, {@link Election#isLeader()} may already be false again; when it hears that this member has retired, it is
 * false, and stays so for that term.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ElectionListener {
    /**
     * Called for each event; the first call after the listener is added tells the present leader, if one is known.
     *
     * @param event what happened
     */
    void onEvent(ElectionEvent event);
}
