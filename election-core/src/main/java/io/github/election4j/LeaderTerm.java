package io.github.election4j;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A term of a leader, of whichever member, as etcd keeps it: over restarts of all of them too. Times are by the wall
 * clock of the member that led; nothing rests on them.
 *
 * @param id who led
 * @param address the address of that member; may be empty
 * @param fencingToken the token of the term
 * @param from when it began
 * @param until when it ended; null while it goes on, and where the member could not tell, as when it was killed
 * @param reason why it ended; null where {@code until} is, and for a reason that this version does not know
 * @param by who asked for its end: of an eviction the name it was given, of an order the member that passed it on;
 *     empty if nobody did, or is not known
 * @since 0.1.0
 */
public record LeaderTerm(
        String id,
        String address,
        long fencingToken,
        Instant from,
        @Nullable Instant until,
        @Nullable ChangeReason reason,
        String by) {
    /**
     * Creates a term.
     *
     * @param id see {@link #id()}
     * @param address see {@link #address()}
     * @param fencingToken see {@link #fencingToken()}
     * @param from see {@link #from()}
     * @param until see {@link #until()}
     * @param reason see {@link #reason()}
     * @param by see {@link #by()}
     */
    public LeaderTerm {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(by, "by");
    }
}
