package io.github.election4j.internal.machine;

import io.github.election4j.internal.wire.MarkValue;
import java.util.TreeMap;

/**
 * P7: until when an earlier leader might still be valid, as far as this member knows.
 *
 * <p>Why who waits for every claim is safe: a leader is valid for at most D after it sent its last committed beat. Each
 * claim starts when this member has received that beat, or news that came after it, so no earlier than it was sent; and
 * lasts D(1+2ρ), which is more than D on any clock within the bound.
 */
final class Claims {
    /** By the first place that stood when this member entered; the value is the moment until which it holds. */
    private final TreeMap<Long, Long> entries = new TreeMap<>();
    /** By the place that vanished. */
    private final TreeMap<Long, Long> vanished = new TreeMap<>();

    /** Leaders may have come and gone before this member read the queue, in which this place stood first. */
    void entered(long first, long until) {
        entries.merge(first, until, Timing::later);
    }

    /** A place is gone, and nobody has said that it stopped. */
    void vanished(long createRevision, long until) {
        vanished.merge(createRevision, until, Timing::later);
    }

    /** It is known when the last beat was received that can have proven the place. */
    void lowered(long createRevision, long until) {
        vanished.computeIfPresent(createRevision, (place, before) -> Timing.reached(until, before) ? until : before);
    }

    /**
     * These words are true. What was there before this member entered is ended only by the word of one that stood then
     * or came later: it says that nobody before it is valid.
     */
    void told(MarkValue words) {
        entries.headMap(words.released(), true).clear();
        vanished.keySet().removeIf(words::tells);
    }

    /** Another history. */
    void clear() {
        entries.clear();
        vanished.clear();
    }

    boolean passed(long now) {
        entries.values().removeIf(until -> Timing.reached(until, now));
        vanished.values().removeIf(until -> Timing.reached(until, now));
        return entries.isEmpty() && vanished.isEmpty();
    }

    /** Whether nobody who was seen to vanish can be valid. */
    boolean noneVanished(long now) {
        vanished.values().removeIf(until -> Timing.reached(until, now));
        return vanished.isEmpty();
    }

    void wakeAt(Wakeup wakeup) {
        entries.values().forEach(wakeup::at);
        vanished.values().forEach(wakeup::at);
    }
}
