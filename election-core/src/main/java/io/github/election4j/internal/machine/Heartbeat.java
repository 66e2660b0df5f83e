package io.github.election4j.internal.machine;

import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import java.util.List;

/**
 * P4: proves by a committed, guarded write that this member's key still exists. Nothing else makes or keeps a term
 * valid: no acknowledgement of a renewal, no watch event, no read; and an outcome that is not known does not.
 */
final class Heartbeat {
    /** What a reply means. */
    enum Result {
        /** The heartbeat was committed. */
        PROVEN,
        /** Another write of this member came in between: to be sent again. */
        MOVED,
        /** The key is gone, or released by somebody else. */
        KEY_GONE,
        /** The reply belongs to nothing that is under way. */
        STALE
    }

    private final Self self;
    private final Queue queue;
    private final Retry beat;
    private boolean due;
    private long sentAt;

    Heartbeat(MachineSettings settings, Self self, Queue queue) {
        this.self = self;
        this.queue = queue;
        this.beat = new Retry(settings.timing().attemptNanos());
    }

    /** Asks for a heartbeat as soon as none is under way. */
    void request() {
        due = true;
    }

    /** The head and the next in line; and who steps down, whose key must outlive its listeners. */
    void tick() {
        Place place = self.place();
        if (place != null && (place.led() || queue.isHeadOrNext(place))) {
            request();
        }
    }

    /** Sends what is due. A place that is being left is not written again, so that its release stands. */
    void advance(boolean termEnding, Step step) {
        Place place = self.place();
        if (place == null || !beat.ready(step.now()) || (self.leaving() && !termEnding)) {
            return;
        }
        boolean unproven = !place.led() && !place.valid(step.now()) && queue.isHeadOrNext(place);
        if (due || unproven) {
            due = false;
            sentAt = step.now();
            CandidateState state = place.led() ? CandidateState.LEADING : CandidateState.WAITING;
            step.commit(
                    Tag.Purpose.HEARTBEAT,
                    beat,
                    Transactions.heartbeat(place, self.value(state)),
                    self.timing().attemptNanos());
        }
    }

    Result onCommitted(Tag tag, TxnResult result, Step step) {
        Place place = self.place();
        if (!beat.accepts(tag.generation()) || place == null) {
            return Result.STALE;
        }
        step.succeeded(tag.purpose(), beat);
        if (result.succeeded()) {
            place.moved(result.revision());
            place.proven(sentAt, self.timing());
            return Result.PROVEN;
        }
        List<KeyValue> found = Transactions.found(result, 0);
        if (found.isEmpty() || found.get(0).createRevision() != place.createRevision() || released(found.get(0))) {
            return Result.KEY_GONE;
        }
        place.moved(found.get(0).modRevision());
        due = true;
        return Result.MOVED;
    }

    void onFailed(Tag tag, StoreException cause, Step step) {
        Place place = self.place();
        if (beat.accepts(tag.generation()) && place != null) {
            due = true;
            step.failed(tag.purpose(), beat, cause.reason());
            if (cause.kind() == StoreException.Kind.LEASE_NOT_FOUND) {
                step.emit(new Effect.LeaseGone(place.leaseId()));
            }
        }
    }

    /** Nothing is to come of one that is under way. */
    void abandon() {
        due = false;
        beat.abandon();
    }

    void reset(Step step) {
        due = false;
        step.dropped(Tag.Purpose.HEARTBEAT, beat);
    }

    void wakeAt(Wakeup wakeup) {
        beat.wakeAt(wakeup);
    }

    /** Cleared by an operator (P10): to write again would undo a release that others act upon. */
    private static boolean released(KeyValue found) {
        return CandidateValue.parse(found.value()).state() == CandidateState.RELEASED;
    }
}
