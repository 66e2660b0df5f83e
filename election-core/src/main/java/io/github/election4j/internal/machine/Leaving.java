package io.github.election4j.internal.machine;

import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;

/**
 * P8: gives up the place in the queue: {@code released}, then the deletion, both guarded by the create revision. The
 * first says that nobody needs to be waited for, the second lets the next one begin.
 */
final class Leaving {
    private final MachineSettings settings;
    private final Self self;
    private final Retry release;
    private final Retry delete;
    private boolean released;
    private boolean releaseRefused;

    Leaving(MachineSettings settings, Self self) {
        this.settings = settings;
        this.self = self;
        this.release = new Retry(settings.backOffCapNanos());
        this.delete = new Retry(settings.backOffCapNanos());
    }

    /** Whether a deletion is under way, or may have been applied; its answer tells more than the watch. */
    boolean deleting() {
        return delete.inFlight();
    }

    /** What leaving came to, once the key is gone; an attempt of unknown outcome is taken to have done it. */
    OperationOutcome outcome(Place place, boolean deleted) {
        if (!deleted && !released && delete.failures() == 0) {
            return OperationOutcome.NOT_IN_QUEUE;
        }
        return place.led() ? OperationOutcome.RELEASED : OperationOutcome.LEFT_QUEUE;
    }

    boolean released() {
        return released;
    }

    /**
     * Goes on leaving.
     *
     * @param mayRelease whether this member led, or could have: it heads the queue and its horizon has passed. Others
     *     take {@code released} as the word that every earlier leader has stopped, which a member further back, whose
     *     view may lag behind, cannot give
     */
    void advance(boolean mayRelease, Step step) {
        Place place = self.place();
        if (place == null || release.inFlight() || delete.inFlight()) {
            return;
        }
        if (mayRelease && !released && !releaseRefused) {
            if (release.ready(step.now())) {
                step.commit(
                        Tag.Purpose.RELEASE,
                        release,
                        Transactions.release(place, self.value(CandidateState.RELEASED)),
                        settings.requestNanos());
            }
        } else if (delete.ready(step.now())) {
            step.commit(Tag.Purpose.DELETE, delete, Transactions.delete(place), settings.requestNanos());
        }
    }

    /** Returns whether the key is gone already. */
    boolean onReleased(Tag tag, TxnResult result, Step step) {
        if (!release.accepts(tag.generation())) {
            return false;
        }
        step.succeeded(tag.purpose(), release);
        released = result.succeeded();
        return !released;
    }

    /** Returns whether the key is gone; by this deletion or before. */
    boolean onDeleted(Tag tag, Step step) {
        if (!delete.accepts(tag.generation())) {
            return false;
        }
        step.answered(tag.purpose(), delete);
        return true;
    }

    void onFailed(Tag tag, StoreException cause, Step step) {
        Retry failed = tag.purpose() == Tag.Purpose.RELEASE ? release : delete;
        Place place = self.place();
        if (!failed.accepts(tag.generation()) || place == null) {
            return;
        }
        boolean nothingApplied =
                cause.kind() == StoreException.Kind.REFUSED || cause.kind() == StoreException.Kind.DENIED;
        if (tag.purpose() == Tag.Purpose.RELEASE && nothingApplied) {
            // A store without space takes no put but takes a deletion; the successor then waits, which is safe.
            releaseRefused = true;
        }
        step.failed(tag.purpose(), failed, cause.reason());
        if (cause.kind() == StoreException.Kind.LEASE_NOT_FOUND) {
            step.emit(new Effect.LeaseGone(place.leaseId()));
        }
    }

    void reset(Step step) {
        step.dropped(Tag.Purpose.RELEASE, release);
        step.dropped(Tag.Purpose.DELETE, delete);
        released = false;
        releaseRefused = false;
    }

    void wakeAt(Wakeup wakeup) {
        release.wakeAt(wakeup);
        delete.wakeAt(wakeup);
    }
}
