package io.github.election4j.internal.machine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** This member's own place in the queue, from entering until it is known to be gone. Confined to its machine. */
final class Candidacy {
    private final String key;
    private final long leaseId;
    private final long createRevision;
    private final long validityNanos;
    private final @Nullable Instant since;
    private boolean led;
    private boolean proven;
    private long provenAt;

    Candidacy(String key, long leaseId, long createRevision, long validityNanos, @Nullable Instant since) {
        this.key = key;
        this.leaseId = leaseId;
        this.createRevision = createRevision;
        this.validityNanos = validityNanos;
        this.since = since;
    }

    String key() {
        return key;
    }

    /** For people. */
    @Nullable
    Instant since() {
        return since;
    }

    long leaseId() {
        return leaseId;
    }

    /** The fencing token, if this member comes to lead. */
    long createRevision() {
        return createRevision;
    }

    /** D: as its key tells, for ever. */
    long validityNanos() {
        return validityNanos;
    }

    /** P4: a beat that was sent at this time and covers this place is known to be committed. */
    void proven(long sentAt) {
        provenAt = proven ? Timing.later(provenAt, sentAt) : sentAt;
        proven = true;
    }

    boolean valid(long now) {
        return proven && !Timing.reached(validUntil(), now);
    }

    /** Whether a beat proves it that was sent no earlier than this moment. */
    boolean provenSince(long moment) {
        return proven && Timing.reached(moment, provenAt);
    }

    long validUntil() {
        return provenAt + validityNanos;
    }

    boolean led() {
        return led;
    }

    void leads() {
        led = true;
    }
}
