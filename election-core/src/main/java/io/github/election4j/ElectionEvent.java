package io.github.election4j;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in an election, as this member saw it.
 *
 * @since 0.1.0
 */
public sealed interface ElectionEvent {
    /** {@return the name of the election} */
    String election();

    /** {@return when this member saw it, by its wall clock} */
    Instant time();

    /**
     * The leader changed.
     *
     * <p>For a member's own terms these events alternate strictly (S3): one with {@link LeaderState#IS_LEADER}, then
     * one with {@link LeaderState#RETIRE_FROM_LEADER}, with nothing lost between them.
     *
     * @param election the name of the election
     * @param previous who was known to lead before, null for nobody
     * @param leader who leads now, null for nobody
     * @param state what this means for the member that reports it
     * @param fencingToken the token of the own term that begins or ends, or of the new leader that was observed; null
     *     if nobody leads
     * @param reason why
     * @param time when this member saw it, by its wall clock
     */
    record LeaderChanged(
            String election,
            @Nullable Candidate previous,
            @Nullable Candidate leader,
            LeaderState state,
            @Nullable Long fencingToken,
            ChangeReason reason,
            Instant time)
            implements ElectionEvent {}

    /**
     * Something failed. Nothing ends because of it: what failed is tried again (L2), except a listener's own failure,
     * which is reported once.
     *
     * <p>Of failures in a row the 1st, 2nd, 4th, 8th and so on are told, as they are logged: what fails for hours
     * floods nobody. What fails for the whole session is told to the listeners of each of its elections, and logged
     * once.
     *
     * <p>A listener that is slow does not hear of all: while one error waits for it, a later one of the same operation
     * takes its place. Changes of the leader are never left out.
     *
     * @param election the name of the election
     * @param operation what failed: session, reconnect, watch, enter, heartbeat, release, listener, task or thread
     *     (there is none to call listeners and complete futures on)
     * @param message what was found and what to do, without secrets
     * @param time when, by the wall clock
     */
    record ElectionError(String election, String operation, String message, Instant time) implements ElectionEvent {}
}
