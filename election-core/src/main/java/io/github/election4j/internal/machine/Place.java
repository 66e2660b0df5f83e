package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * A candidate's key in its create revision.
 *
 * @param key the key
 * @param createRevision the revision in which it came to be
 * @param value what it says, for ever
 */
record Place(String key, long createRevision, CandidateValue value) implements Comparable<Place> {
    static Place of(KeyValue found) {
        return new Place(found.key(), found.createRevision(), CandidateValue.parse(found.value()));
    }

    boolean ours() {
        return value.ours();
    }

    long waitNanos() {
        return Timing.waitNanos(value.validityMillis());
    }

    /** Who proves this place, null for a foreign one. */
    @Nullable
    String beat(ElectionKeys keys) {
        return ours() && value.group() != CandidateValue.NO_GROUP
                ? ElectionKeys.beat(keys.leaseOf(key), value.group())
                : null;
    }

    Candidate candidate() {
        return new Candidate(value.id(), value.address(), key, createRevision, value.since());
    }

    @Override
    public int compareTo(Place other) {
        int byAge = Long.compare(createRevision, other.createRevision);
        return byAge != 0 ? byAge : key.compareTo(other.key);
    }
}
