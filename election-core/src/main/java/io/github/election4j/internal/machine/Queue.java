package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** P3: the queue of candidates as of one revision, kept by a range and then a watch. Confined to its machine. */
final class Queue {
    private final String prefix;
    private final Map<String, Entry> byKey = new HashMap<>();
    private final TreeSet<Entry> byAge =
            new TreeSet<>(Comparator.comparingLong(Entry::createRevision).thenComparing(Entry::key));
    private long revision;
    private @Nullable List<Candidate> candidates;

    Queue(String prefix) {
        this.prefix = prefix;
    }

    /**
     * One key.
     *
     * @param receivedAt when this member received the last put, never before it was sent
     */
    record Entry(String key, long createRevision, long modRevision, CandidateValue value, long receivedAt) {
        static Entry of(KeyValue found, long receivedAt) {
            return new Entry(
                    found.key(),
                    found.createRevision(),
                    found.modRevision(),
                    CandidateValue.parse(found.value()),
                    receivedAt);
        }

        boolean released() {
            return value.state() == CandidateState.RELEASED;
        }

        boolean leading() {
            return value.state() == CandidateState.LEADING;
        }

        /** A foreign member leads as soon as it is the head; one of ours says so itself. */
        boolean leadsAsHead() {
            return leading() || value.state() == CandidateState.UNSTATED;
        }

        Candidate candidate() {
            return new Candidate(value.id(), value.address(), key, createRevision);
        }
    }

    boolean holds(String key) {
        return Transactions.isCandidate(prefix, key);
    }

    /** The revision up to which every change is known. */
    long revision() {
        return revision;
    }

    void advanceTo(long newRevision) {
        revision = Math.max(revision, newRevision);
    }

    @Nullable
    Entry find(String key) {
        return byKey.get(key);
    }

    Collection<Entry> entries() {
        return byAge;
    }

    boolean isEmpty() {
        return byAge.isEmpty();
    }

    /** Puts an entry and returns the one it replaces. */
    @Nullable
    Entry put(Entry entry) {
        Entry previous = remove(entry.key());
        byKey.put(entry.key(), entry);
        byAge.add(entry);
        return previous;
    }

    @Nullable
    Entry remove(String key) {
        candidates = null;
        Entry previous = byKey.remove(key);
        if (previous != null) {
            byAge.remove(previous);
        }
        return previous;
    }

    /** Replaces everything by what was read. A put that was known already keeps the time of its first receipt. */
    void replace(List<KeyValue> found, long readRevision, long receivedAt) {
        Map<String, Entry> known = new HashMap<>(byKey);
        byKey.clear();
        byAge.clear();
        candidates = null;
        for (KeyValue each : found) {
            if (holds(each.key())) {
                Entry before = known.get(each.key());
                if (before != null && before.modRevision() == each.modRevision()) {
                    put(before);
                } else {
                    put(Entry.of(each, receivedAt));
                }
            }
        }
        revision = readRevision;
    }

    /** The first key that is not released. */
    @Nullable
    Entry head() {
        return unreleased(0);
    }

    /** Whether the place is the head of the queue, judged by key and create revision, never by id. */
    boolean isHead(Place place) {
        return matches(head(), place);
    }

    /** Whether nothing is before the place any more, not even a key that is released and about to be deleted. */
    boolean isFirst(Place place) {
        return !byAge.isEmpty() && matches(byAge.first(), place);
    }

    /** Whether a key that is released still stands before the head, which leads only once that is deleted. */
    boolean releasedComesFirst() {
        return !byAge.isEmpty() && byAge.first().released();
    }

    /** The next in line proves itself in advance, so that taking over needs no round trip. */
    boolean isHeadOrNext(Place place) {
        return isHead(place) || matches(unreleased(1), place);
    }

    boolean contains(Place place) {
        return matches(find(place.key()), place);
    }

    List<Candidate> candidates() {
        if (candidates == null) {
            List<Candidate> listed = new ArrayList<>(byAge.size());
            byAge.stream().filter(entry -> !entry.released()).forEach(entry -> listed.add(entry.candidate()));
            candidates = List.copyOf(listed);
        }
        return candidates;
    }

    private @Nullable Entry unreleased(int index) {
        int remaining = index;
        for (Entry entry : byAge) {
            if (!entry.released() && remaining-- == 0) {
                return entry;
            }
        }
        return null;
    }

    private static boolean matches(@Nullable Entry entry, Place place) {
        return entry != null
                && entry.createRevision() == place.createRevision()
                && entry.key().equals(place.key());
    }
}
