package io.github.election4j.internal.machine;

import io.github.election4j.internal.wire.MarkValue;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the session remembers of one election, whatever becomes of the machine: a member that closes and joins again
 * under the same lease must neither revive a place that it has ended (H2) nor take for a clean start what it has known
 * to be in use (H3). Confined to the loop of the session.
 */
public final class ElectionMemory {
    /** Enough for every claim that can still be open: an older place is long over. */
    private static final int REMEMBERED = 8;

    /** By key, that is by lease; of leases that are long gone nothing can come any more. */
    private final Map<String, Long> lastHeld = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** P7: words that nobody has been told. */
    private MarkValue owed = MarkValue.NOTHING;
    /** Words of places under a lease that is gone: etcd may have lost its history, in which others had these places. */
    private MarkValue doubtful = MarkValue.NOTHING;

    private final Deque<Long> own = new ArrayDeque<>();
    private long longestValidityMillis;
    private long knownSince;

    /**
     * P2: a place was held, or its end was sent for.
     *
     * @param key its key
     * @param createRevision its create revision
     */
    public void held(String key, long createRevision) {
        lastHeld.merge(key, createRevision, Math::max);
        if (!own.contains(createRevision)) {
            remember(own, createRevision);
        }
    }

    /** The newest place that was held under this key, 0 for none. */
    long lastHeld(String key) {
        return lastHeld.getOrDefault(key, 0L);
    }

    /** Whether a place is or was this member's own. */
    boolean owns(long createRevision) {
        return own.contains(createRevision);
    }

    /** A twin may hold the places on. */
    void disown() {
        own.clear();
    }

    /** P7: this place is gone and nobody has been told that it stopped; that is told with the next entry. */
    void owe(long createRevision) {
        owed = owed.withStopped(List.of(createRevision));
    }

    /** The same of a place that led: nobody before it was valid then, and nobody before it can come back. */
    void oweRelease(long createRevision) {
        owed = owed.withReleased(createRevision);
    }

    MarkValue owed() {
        return owed;
    }

    /** These words are known to be told. */
    void told(MarkValue words) {
        owed = owed.withoutWords(words);
    }

    void owesNothing() {
        owed = MarkValue.NOTHING;
        doubtful = MarkValue.NOTHING;
    }

    /** The lease is gone. An entry under it, and so its words, would be refused where the history is another one. */
    void leaseEnds() {
        doubtful = doubtful.withWords(owed);
        owed = MarkValue.NOTHING;
    }

    /** One watch has told that these places were deleted and that a later one came to be: the history is the same. */
    void confirm(Collection<Long> places) {
        if (doubtful.released() != 0 && places.contains(doubtful.released())) {
            owed = owed.withReleased(doubtful.released());
        }
        owed = owed.withStopped(
                doubtful.stopped().stream().filter(places::contains).toList());
        doubtful = MarkValue.NOTHING;
    }

    /** Nobody will be able to tell whether they are true. */
    void dropDoubtful() {
        doubtful = MarkValue.NOTHING;
    }

    /** P13: revisions begin again, and what is known by them is of other places; a validity is not. */
    void historyLost(long validityMillis) {
        lastHeld.clear();
        own.clear();
        owesNothing();
        knownSince = 0;
        knows(validityMillis);
    }

    /** How long a member of this election may believe in its leadership; from any time on. */
    void knows(long validityMillis) {
        knows(validityMillis, 0);
    }

    /** The same, as it became known with this revision. */
    void knows(long validityMillis, long revision) {
        if (validityMillis > 0) {
            knownSince = longestValidityMillis == 0 ? revision : Math.min(knownSince, revision);
            longestValidityMillis = Math.max(longestValidityMillis, validityMillis);
        }
    }

    /** Whether there was reason to think that anybody took part before this revision; an entry tells of itself. */
    boolean knewBefore(long revision) {
        return longestValidityMillis > 0 && knownSince < revision;
    }

    /** The largest validity known, 0 if there is no reason to think that anybody took part. */
    long longestValidityMillis() {
        return longestValidityMillis;
    }

    /** An own place ended in order: whatever was known is in the mark, or nobody is left. */
    void endedInOrder() {
        longestValidityMillis = 0;
    }

    /** {@return whether it would make no difference to forget it, once the lease is another one} */
    public boolean isBlank() {
        return owed.isSilent() && doubtful.isSilent() && longestValidityMillis == 0;
    }

    private static void remember(Deque<Long> revisions, long revision) {
        revisions.addLast(revision);
        if (revisions.size() > REMEMBERED) {
            revisions.removeFirst();
        }
    }
}
