package io.github.election4j;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An eviction that lasts: it is kept in etcd, and every member with this id stays out of the queue while it is there,
 * after a restart too. What it says beside the id is for people and has no effect.
 *
 * @param id whom it is for
 * @param by who asked for it; empty if nobody said
 * @param reason why; empty if nobody said
 * @param since when it was written, by the wall clock of the member that did so; null if that is not known
 * @param until when etcd ends it at the earliest, by the same clock: its time begins anew when etcd changes its leader;
 *     null if only {@link Election#cancelEvict(String)} ends it
 * @since 0.1.0
 */
public record Eviction(
        String id,
        String by,
        String reason,
        @Nullable Instant since,
        @Nullable Instant until) {
    /**
     * Creates an eviction.
     *
     * @param id see {@link #id()}
     * @param by see {@link #by()}
     * @param reason see {@link #reason()}
     * @param since see {@link #since()}
     * @param until see {@link #until()}
     */
    public Eviction {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(reason, "reason");
    }
}
