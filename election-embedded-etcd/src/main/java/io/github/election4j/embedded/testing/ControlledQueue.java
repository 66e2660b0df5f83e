package io.github.election4j.embedded.testing;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue of a controllable election: this member, and perhaps another that leads. Guarded by the election. */
final class ControlledQueue {
    private static final long OWN_LEASE = 0x694d;

    private final ElectionConfig config;
    private long revision;
    private @Nullable Candidate own;
    private @Nullable Candidate other;

    ControlledQueue(ElectionConfig config) {
        this.config = config;
    }

    @Nullable
    Candidate own() {
        return own;
    }

    @Nullable
    Candidate other() {
        return other;
    }

    /** First come first: the tokens rise. */
    List<Candidate> candidates() {
        return Stream.of(own, other)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(Candidate::fencingToken))
                .toList();
    }

    /** This member enters at the tail, unless it is there. */
    Candidate enter() {
        Candidate present = own;
        if (present == null) {
            present = place(config.id(), config.address(), OWN_LEASE);
            own = present;
        }
        return present;
    }

    /** Returns whether this member was there. */
    boolean leave() {
        boolean there = own != null;
        own = null;
        return there;
    }

    Candidate otherEnters(String id, String address) {
        Candidate entered = place(id, address, OWN_LEASE + revision + 1);
        other = entered;
        return entered;
    }

    void otherLeaves() {
        other = null;
    }

    private Candidate place(String id, String address, long lease) {
        return new Candidate(id, address, config.key() + "/" + Long.toHexString(lease), ++revision);
    }
}
