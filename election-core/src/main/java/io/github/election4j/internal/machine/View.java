package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.LeaderTerm;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * P3: the queue as of one revision, and the newest mark that is known. Confined to its machine.
 *
 * <p>The mark may be newer than the queue, since every answer tells it: a word in it is true in any order. Who needs
 * one that belongs to the queue compares its revision with that of the queue.
 */
final class View {
    /** Nobody counts further: neither beats nor take-overs are the business of who is there. */
    static final int FURTHER_BACK = 3;

    private final ElectionKeys keys;
    private final Map<String, Place> byKey = new HashMap<>();
    private final TreeSet<Place> byAge = new TreeSet<>();
    private final Evictions evictions;
    private final KeptBeside<Order> orders;
    private final KeptBeside<LeaderTerm> terms;
    private long revision;
    private Mark mark = Mark.ABSENT;
    private long markAsOf;
    private long followedMark;
    private @Nullable List<Candidate> candidates;

    View(ElectionKeys keys) {
        this.keys = keys;
        this.evictions = new Evictions(keys);
        this.orders = new KeptBeside<>(keys.orders(), Order::of);
        this.terms = new KeptBeside<>(keys.terms(), TermJournal::describe);
    }

    Evictions evictions() {
        return evictions;
    }

    /** What is asked of members, and what they have answered. */
    KeptBeside<Order> orders() {
        return orders;
    }

    /** The last terms, oldest first. */
    KeptBeside<LeaderTerm> terms() {
        return terms;
    }

    /** The revision up to which every change of the queue is known; 0 if nothing is. */
    long revision() {
        return revision;
    }

    Mark mark() {
        return mark;
    }

    /** Takes in the mark as an answer or an event tells it, unless a newer one is known. */
    void learn(Mark found, long asOf) {
        if (asOf >= markAsOf) {
            mark = found;
            markAsOf = asOf;
        }
    }

    /** Another history: what was known is worth nothing. */
    void forget() {
        byKey.clear();
        byAge.clear();
        evictions.forget();
        orders.forget();
        terms.forget();
        candidates = null;
        revision = 0;
        mark = Mark.ABSENT;
        markAsOf = 0;
        followedMark = 0;
    }

    /** Takes in the whole range as it was read. */
    void replace(List<KeyValue> found, long readRevision) {
        byKey.clear();
        byAge.clear();
        candidates = null;
        found.stream().filter(each -> keys.isPlace(each.key())).forEach(each -> put(Place.of(each)));
        evictions.replace(found, readRevision);
        orders.replace(found, readRevision);
        terms.replace(found, readRevision);
        learn(markIn(found), readRevision);
        followedMark = markIn(found).modRevision();
        revision = readRevision;
    }

    /** Takes in one change; whatever belongs to the same revision follows before anybody looks. */
    void apply(WatchEvent event) {
        String key = event.key();
        if (key.equals(keys.mark())) {
            followedMark = event instanceof WatchEvent.Put ? event.revision() : 0;
            learn(event instanceof WatchEvent.Put put ? Mark.of(put.keyValue()) : mark.gone(), event.revision());
        } else if (keys.isPlace(key)) {
            remove(key);
            if (event instanceof WatchEvent.Put put) {
                put(Place.of(put.keyValue()));
            }
        } else {
            evictions.apply(event);
            orders.apply(event);
            terms.apply(event);
        }
        revision = Math.max(revision, event.revision());
    }

    /** The revision of the mark as the queue was followed, 0 for absent; each entry of a member of ours changes it. */
    long followedMark() {
        return followedMark;
    }

    Mark markIn(List<KeyValue> found) {
        return markOf(
                found.stream().filter(each -> each.key().equals(keys.mark())).findFirst());
    }

    /** The mark as it was found, or not; the words of the last one stay true. */
    Mark markOf(Optional<KeyValue> found) {
        return found.map(Mark::of).orElseGet(mark::gone);
    }

    Optional<Place> first() {
        return byAge.isEmpty() ? Optional.empty() : Optional.of(byAge.first());
    }

    @Nullable
    Place find(String key) {
        return byKey.get(key);
    }

    boolean contains(Candidacy own) {
        Place found = byKey.get(own.key());
        return found != null && found.createRevision() == own.createRevision();
    }

    boolean contains(Place place) {
        return byAge.contains(place);
    }

    /** P5: judged by key and create revision, never by id. */
    boolean isFirst(Candidacy own) {
        return rank(own) == 0;
    }

    /** How many are before a place, counted up to {@link #FURTHER_BACK}; -1 if it is not in the queue. */
    int rank(Candidacy own) {
        if (!contains(own)) {
            return -1;
        }
        int rank = 0;
        for (Place each : byAge) {
            if (rank == FURTHER_BACK || each.key().equals(own.key())) {
                break;
            }
            rank++;
        }
        return rank;
    }

    boolean isAlone(Candidacy own) {
        return byAge.size() == 1 && contains(own);
    }

    /** A copy, by age. */
    SortedSet<Place> places() {
        return new TreeSet<>(byAge);
    }

    long longestValidityMillis() {
        long longest = 0;
        for (Place each : byAge) {
            longest = Math.max(longest, each.value().validityMillis());
        }
        return longest;
    }

    List<Candidate> candidates() {
        if (candidates == null) {
            List<Candidate> listed = new ArrayList<>(byAge.size());
            byAge.forEach(each -> listed.add(each.candidate()));
            candidates = List.copyOf(listed);
        }
        return candidates;
    }

    private void put(Place place) {
        candidates = null;
        byKey.put(place.key(), place);
        byAge.add(place);
    }

    private void remove(String key) {
        candidates = null;
        Place previous = byKey.remove(key);
        if (previous != null) {
            byAge.remove(previous);
        }
    }
}
