package io.github.election4j.internal.machine;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * P7: until when an earlier leader might still be valid, as far as this member knows.
 *
 * <p>Why a member that waits for its horizon is safe: a leader is valid for at most D after it sent its last committed
 * heartbeat. Every claim starts when this member has received that heartbeat, or a read of the whole queue after it, so
 * no earlier than it was sent; and lasts D(1+2ρ), which is more than D on any clock within the bound.
 */
final class Horizon {
    /** Claims by the create revision of the key that vanished; the value is the moment until which it holds. */
    private final TreeMap<Long, Long> vanished = new TreeMap<>();

    private boolean unseen;
    private long unseenSince;
    private long largestValidityMillis;

    /** Learns how long a member of this election may believe in its leadership; kept for reads to come. */
    void know(long validityMillis) {
        largestValidityMillis = Math.max(largestValidityMillis, validityMillis);
    }

    long largestValidityMillis() {
        return largestValidityMillis;
    }

    /** The head's key vanished without a release: it may be valid for a time after the last put that was received. */
    void headVanished(long createRevision, long lastPutReceivedAt, long validityMillis) {
        vanished.put(createRevision, lastPutReceivedAt + Timing.waitNanos(validityMillis));
    }

    /** The queue was read after a gap: leaders may have come and gone unseen, and their heartbeats too. */
    void leadersUnseen(long receivedAt) {
        unseen = true;
        unseenSince = receivedAt;
    }

    /** The writer of this key leads or led, so every leader before it has stopped. */
    void fallBefore(long createRevision) {
        vanished.headMap(createRevision).clear();
    }

    /** A key that is still in the queue leads or led: whoever was not seen came before it, and has stopped. */
    void unseenFall() {
        unseen = false;
    }

    /** These terms have stopped, by the word of their holder. */
    void stopped(Collection<Long> createRevisions) {
        vanished.keySet().removeAll(createRevisions);
    }

    /** Nobody has led since the election last ended in order. */
    void clear() {
        vanished.clear();
        unseen = false;
    }

    boolean passed(long now) {
        vanished.values().removeIf(until -> Timing.reached(until, now));
        if (unseen && Timing.reached(unseenUntil(), now)) {
            unseen = false;
        }
        return vanished.isEmpty() && !unseen;
    }

    void wakeAt(Wakeup wakeup) {
        for (Map.Entry<Long, Long> claim : vanished.entrySet()) {
            wakeup.at(claim.getValue());
        }
        if (unseen) {
            wakeup.at(unseenUntil());
        }
    }

    private long unseenUntil() {
        return unseenSince + Timing.waitNanos(largestValidityMillis);
    }
}
