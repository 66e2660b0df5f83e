package io.github.election4j.internal.machine;

import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session machine is told. */
public sealed interface SessionInput {
    /** Begin. */
    record Start() implements SessionInput {}

    /** A moment that the machine named has come. */
    record Alarm() implements SessionInput {}

    /** Every election is closed: end the session. */
    record Close() implements SessionInput {}

    /** What the lease needs (P1). */
    sealed interface OfLease extends SessionInput {}

    /**
     * A lease was granted.
     *
     * @param generation which request
     * @param lease the lease
     */
    record Granted(long generation, ElectionStore.Lease lease) implements OfLease {}

    /**
     * The lease was renewed.
     *
     * @param generation which request
     */
    record Renewed(long generation) implements OfLease {}

    /**
     * A request failed.
     *
     * @param generation which request
     * @param cause why
     */
    record Failed(long generation, StoreException cause) implements OfLease {}

    /**
     * A transaction found the lease gone.
     *
     * @param leaseId the lease
     */
    record LeaseGone(long leaseId) implements OfLease {}

    /**
     * H6: give up the lease, and ask for another.
     *
     * @param leaseId the lease
     * @param reason why
     */
    record GiveUp(long leaseId, String reason) implements OfLease {}

    /** P13: the store has another history than it had. */
    record HistoryLost() implements OfLease {}

    /** The lease is revoked, or that was tried. */
    record Revoked() implements OfLease {}

    /** What beats prove (P4). */
    sealed interface OfBeats extends SessionInput {}

    /**
     * From now on beats prove this place.
     *
     * @param election its election, as {@link SessionEffect.TellElection} names it
     * @param group which beat
     * @param key its key
     * @param createRevision its create revision
     */
    record Cover(String election, int group, String key, long createRevision) implements OfBeats {}

    /**
     * Beats prove this place no more.
     *
     * @param election its election
     * @param group which beat
     * @param createRevision its create revision
     */
    record Uncover(String election, int group, long createRevision) implements OfBeats {}

    /**
     * A beat at once.
     *
     * @param group which
     */
    record BeatNow(int group) implements OfBeats {}

    /** P13: a read has gone back; a write tells whether the history has. */
    record Probe() implements OfBeats {}

    /**
     * A beat was committed, or its guards have failed.
     *
     * @param group which beat
     * @param number which request
     * @param result what it did
     */
    record BeatCommitted(int group, long number, TxnResult result) implements OfBeats {}

    /**
     * A beat failed, or its outcome is unknown.
     *
     * @param group which beat
     * @param number which request
     * @param cause why
     */
    record BeatFailed(int group, long number, StoreException cause) implements OfBeats {}

    /** What others' beats tell (P7). */
    sealed interface OfOthers extends SessionInput {}

    /**
     * An election follows a beat from now on, and no other.
     *
     * @param election which
     * @param beat the key of the beat, null for none
     */
    record Follow(String election, @Nullable String beat) implements OfOthers {}

    /**
     * A beat was found further on than its watch has told.
     *
     * @param beat its key
     * @param revision the revision in which it was put
     */
    record BeatSeen(String beat, long revision) implements OfOthers {}

    /**
     * A beat was read.
     *
     * @param beat its key
     * @param number which request
     * @param result what was found
     */
    record BeatRead(String beat, long number, TxnResult result) implements OfOthers {}

    /**
     * A beat could not be read.
     *
     * @param beat its key
     * @param number which request
     * @param cause why
     */
    record BeatReadFailed(String beat, long number, StoreException cause) implements OfOthers {}

    /**
     * The watch of a beat delivered.
     *
     * @param beat its key
     * @param events what happened to it
     */
    record BeatWatched(String beat, List<WatchEvent> events) implements OfOthers {}

    /**
     * The watch of a beat ended.
     *
     * @param beat its key
     * @param cause why
     */
    record BeatWatchEnded(String beat, StoreException cause) implements OfOthers {}
}
