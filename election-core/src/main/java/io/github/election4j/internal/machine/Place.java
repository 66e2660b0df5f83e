package io.github.election4j.internal.machine;

/** This member's key in the queue, from entering until it is known to be gone. Confined to its machine. */
final class Place {
    private final String key;
    private final long createRevision;
    private final long leaseId;
    private long modRevision;
    private boolean led;
    private boolean proven;
    private long validUntil;

    Place(String key, long leaseId, long createRevision, long modRevision) {
        this.key = key;
        this.leaseId = leaseId;
        this.createRevision = createRevision;
        this.modRevision = modRevision;
    }

    String key() {
        return key;
    }

    long leaseId() {
        return leaseId;
    }

    /** The fencing token, if this member comes to lead. */
    long createRevision() {
        return createRevision;
    }

    long modRevision() {
        return modRevision;
    }

    /** Another put of the key has become known; revisions are never taken back. */
    void moved(long revision) {
        modRevision = Math.max(modRevision, revision);
    }

    /** P4: a heartbeat that was sent at this time is known to be committed. */
    void proven(long sentAt, Timing timing) {
        proven = true;
        validUntil = sentAt + timing.validityNanos();
    }

    boolean valid(long now) {
        return proven && !Timing.reached(validUntil, now);
    }

    long validUntil() {
        return validUntil;
    }

    boolean led() {
        return led;
    }

    void leads() {
        led = true;
    }
}
