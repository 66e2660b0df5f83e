package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.spi.Txn;
import org.jspecify.annotations.Nullable;

/** What an election machine wants done; the runtime performs effects in order, once the status tells of them. */
public sealed interface Effect {
    /**
     * Commit a transaction and answer with the tag.
     *
     * @param tag the request
     * @param txn the transaction
     * @param timeoutNanos when to give up
     */
    record Commit(Tag tag, Txn txn, long timeoutNanos) implements Effect {}

    /**
     * Watch a prefix.
     *
     * @param generation which watch
     * @param prefix the prefix
     * @param fromRevision the first revision of interest
     */
    record OpenWatch(long generation, String prefix, long fromRevision) implements Effect {}

    /** End the watch that is open. */
    record CloseWatch() implements Effect {}

    /**
     * From now on this member leads.
     *
     * @param leader this member
     * @param validUntilNanos until when, unless extended
     */
    record BeginTerm(Candidate leader, long validUntilNanos) implements Effect {}

    /**
     * A heartbeat of the present term was committed.
     *
     * @param validUntilNanos until when the term is valid, unless extended again
     */
    record ExtendTerm(long validUntilNanos) implements Effect {}

    /**
     * From now on this member does not lead.
     *
     * @param reason why
     */
    record EndTerm(ChangeReason reason) implements Effect {}

    /**
     * Tell the listeners of a change; of a retirement, answer when all have returned.
     *
     * @param previous who led before
     * @param leader who leads now
     * @param state what it means for this member
     * @param token the term that began or ended
     * @param reason why
     */
    record Announce(
            @Nullable Candidate previous,
            @Nullable Candidate leader,
            LeaderState state,
            @Nullable Long token,
            ChangeReason reason)
            implements Effect {}

    /**
     * Tell of a failure that is retried.
     *
     * @param operation what failed
     * @param message what was found
     * @param attempt how often in a row
     */
    record Report(String operation, String message, int attempt) implements Effect {}

    /**
     * Tell of something an operator should know; nothing is retried because of it.
     *
     * @param message what was found and what to do
     */
    record Warn(String message) implements Effect {}

    /**
     * An operation that had failed succeeds again, or is not wanted any more.
     *
     * @param operation which
     */
    record Recovered(String operation) implements Effect {}

    /**
     * Complete a command.
     *
     * @param command the command
     * @param outcome what it did
     */
    record Complete(long command, OperationOutcome outcome) implements Effect {}

    /**
     * Fail a command.
     *
     * @param command the command
     * @param kind why
     * @param message what was found
     */
    record FailCommand(long command, ElectionException.Kind kind, String message) implements Effect {}

    /**
     * The store says that the lease is gone.
     *
     * @param leaseId the lease
     */
    record LeaseGone(long leaseId) implements Effect {}

    /** Whoever waits for the close waits no longer. */
    record Closed() implements Effect {}

    /** The machine wants nothing more. */
    record Ended() implements Effect {}
}
