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
    /** By the first place that stood when the queue was read; the value is the moment until which it holds. */
    private final TreeMap<Long, Long> entries = new TreeMap<>();
    /** By the revision of an entry that a watch still has to bear out. */
    private final TreeMap<Long, Entry> unheard = new TreeMap<>();
    /** By the place that vanished. */
    private final TreeMap<Long, Long> vanished = new TreeMap<>();

    /** By the first place that stood when the queue was read, until when it holds. */
    record Entry(long first, long until) {}

    /** Leaders may have come and gone before this member read the queue. */
    void add(Entry claim) {
        entries.merge(claim.first(), claim.until(), Timing::later);
    }

    /**
     * The same, unless it turns out that this member followed the queue all along: then it has a claim for each of
     * those that it saw, and there were no others.
     */
    void enteredFollowing(long revision, Entry claim) {
        unheard.put(revision, claim);
    }

    /** The watch has told of everything up to this revision, and was unbroken since before the entries until then. */
    void heard(long revision) {
        unheard.headMap(revision, true).clear();
    }

    /** The watch is no more by which the queue was followed. */
    void broken() {
        unheard.values().forEach(this::add);
        unheard.clear();
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
        unheard.values().removeIf(each -> each.first() <= words.released());
        vanished.keySet().removeIf(words::tells);
    }

    /** Another history. */
    void clear() {
        entries.clear();
        unheard.clear();
        vanished.clear();
    }

    boolean passed(long now) {
        entries.values().removeIf(until -> Timing.reached(until, now));
        unheard.values().removeIf(each -> Timing.reached(each.until(), now));
        return entries.isEmpty() && unheard.isEmpty() && noneVanished(now);
    }

    /** Whether nobody who was seen to vanish can be valid. */
    boolean noneVanished(long now) {
        vanished.values().removeIf(until -> Timing.reached(until, now));
        return vanished.isEmpty();
    }

    void wakeAt(Wakeup wakeup) {
        entries.values().forEach(wakeup::at);
        unheard.values().forEach(each -> wakeup.at(each.until()));
        vanished.values().forEach(wakeup::at);
    }
}
