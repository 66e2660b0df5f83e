package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyValue;
import java.util.List;

/**
 * P7: what this member knows of the mark, the key without a lease that outlives every candidate. It holds the largest
 * validity that any member entered with since the election last ended in order.
 */
final class Mark {
    private final String key;
    private long revision;
    private long validityMillis;
    private boolean denied;
    private boolean warned;

    Mark(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** The mod revision last seen, 0 for absent. */
    long revision() {
        return revision;
    }

    boolean absent() {
        return revision == 0 && !denied;
    }

    boolean denied() {
        return denied;
    }

    /** The value to write: never less than what is there. */
    long validityWith(long ownValidityMillis) {
        return Math.max(validityMillis, ownValidityMillis);
    }

    void found(List<KeyValue> found, Horizon horizon) {
        if (found.isEmpty()) {
            gone();
        } else {
            revision = found.get(0).modRevision();
            validityMillis = parse(found.get(0).value());
            horizon.know(validityMillis);
        }
    }

    void written(long writtenRevision, long writtenMillis) {
        revision = writtenRevision;
        validityMillis = writtenMillis;
    }

    void gone() {
        revision = 0;
        validityMillis = 0;
    }

    /**
     * Permission was refused: for the mark or for the queue itself, which only another try can tell, made at once and
     * without the mark. Returns whether to make it; if that was it, the queue itself is refused.
     */
    boolean tryWithout() {
        denied = !denied;
        return denied;
    }

    /** Asks for the mark again; permission may have been given since. */
    void probe() {
        denied = false;
    }

    /** A request got through: if it was one without the mark, then it is the mark that is refused. */
    void warnIfDenied(Step step) {
        if (denied && !warned) {
            warned = true;
            step.emit(new Effect.Warn("No permission to read and write the key '" + key
                    + "'. It is taken to be present: every start waits out the longest lease known. Grant readwrite on"
                    + " it, as on the election's own prefix."));
        }
    }

    private static long parse(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
