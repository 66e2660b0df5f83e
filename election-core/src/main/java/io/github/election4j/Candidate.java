package io.github.election4j;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One place in the queue of an election: who waits or leads there, and since which revision.
 *
 * @param id the identity the member chose; for a foreign value that is not JSON, the raw text. Cut after 256
 *     characters, with control characters escaped, as is an address after 1,024; those that this library writes are
 *     never changed, since it refuses such
 * @param address where the member can be reached; empty if it did not say
 * @param key the etcd key of this place, {@code <election key>/<lease id in hex>}
 * @param fencingToken the create revision of the key: unique in its election and rising, so a resource that remembers
 *     the highest token it has seen can refuse an earlier leader
 * @param since when this place was asked for, by the wall clock of its member: for people, nothing rests on it; null
 *     where that is not told, as by a member of another library
 * @since 0.1.0
 */
public record Candidate(
        String id,
        String address,
        String key,
        long fencingToken,
        @Nullable Instant since) {
    /**
     * Creates a candidate.
     *
     * @param id see {@link #id()}
     * @param address see {@link #address()}
     * @param key see {@link #key()}
     * @param fencingToken see {@link #fencingToken()}
     * @param since see {@link #since()}
     */
    public Candidate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(key, "key");
    }

    /**
     * Creates a candidate of which is not told since when it is one.
     *
     * @param id see {@link #id()}
     * @param address see {@link #address()}
     * @param key see {@link #key()}
     * @param fencingToken see {@link #fencingToken()}
     */
    public Candidate(String id, String address, String key, long fencingToken) {
        this(id, address, key, fencingToken, null);
    }
}
