package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.Txn;
import org.jspecify.annotations.Nullable;

/** What an election machine wants done; the runtime performs effects in order, once the status tells of them. */
public sealed interface Effect {
    /** What the session does for an election. */
    sealed interface OfSession extends Effect {}

    /**
     * Commit a transaction and answer with the request.
     *
     * @param request which
     * @param txn the transaction
     * @param timeoutNanos when to give up
     */
    record Commit(RequestId request, Txn txn, long timeoutNanos) implements OfSession {}

    /**
     * Watch a range.
     *
     * @param generation which watch
     * @param keys the range
     * @param fromRevision the first revision of interest
     */
    record OpenWatch(long generation, KeyRange keys, long fromRevision) implements Effect {}

    /** End the watch that is open. */
    record CloseWatch() implements Effect {}

    /**
     * P4: from now on beats prove this place, the first of them at once.
     *
     * @param key its key
     * @param createRevision its create revision
     */
    record Cover(String key, long createRevision) implements OfSession {}

    /**
     * P4: beats prove this place no more.
     *
     * @param createRevision its create revision
     */
    record Uncover(long createRevision) implements OfSession {}

    /** P4: a beat at once. */
    record BeatNow() implements OfSession {}

    /**
     * P7: from now on tell how far this beat has come, and no other.
     *
     * @param beat its key, null to follow none
     */
    record Follow(@Nullable String beat) implements OfSession {}

    /**
     * P12: the beat that is followed has come further than was told: its watch lags behind, or is dead.
     *
     * @param beat its key
     * @param revision the revision in which it was put
     */
    record BeatSeen(String beat, long revision) implements OfSession {}

    /**
     * H6: give up the lease; a key under it can neither be proven nor removed.
     *
     * @param leaseId the lease
     * @param reason why
     */
    record GiveUpSession(long leaseId, String reason) implements OfSession {}

    /**
     * From now on this member leads.
     *
     * @param leader this member
     * @param validUntilNanos until when, unless extended
     */
    record BeginTerm(Candidate leader, long validUntilNanos) implements Effect {}

    /**
     * A beat of the present term was committed.
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
     * Tell of a defect, after which this member starts over.
     *
     * @param cause what was thrown
     */
    record Defect(Throwable cause) implements Effect {}

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
    record LeaseGone(long leaseId) implements OfSession {}

    /** Whoever waits for the close waits no longer. */
    record Closed() implements Effect {}

    /** The machine wants nothing more. */
    record Ended() implements OfSession {}
}
