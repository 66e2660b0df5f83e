package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.Queue.Entry;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.List;

/**
 * P2: enters the queue. Under one lease there is one key, so an unknown outcome is simply asked again; and whatever an
 * earlier attempt leaves behind later is found by the watch and adopted, or given up if this member stays out.
 */
final class Entering {
    private final MachineSettings settings;
    private final Self self;
    private final Queue queue;
    private final Horizon horizon;
    private final Mark mark;
    private final Retry enter;
    private final Retry ask;
    private boolean unknown;
    private boolean withoutMark;
    /** Whether the entry under way is guarded by the absence of the mark; what is read meanwhile may say otherwise. */
    private boolean guardedByAbsence;

    private long ownMarkMillis;

    Entering(MachineSettings settings, Self self, Queue queue, Horizon horizon, Mark mark) {
        this.settings = settings;
        this.self = self;
        this.queue = queue;
        this.horizon = horizon;
        this.mark = mark;
        this.enter = new Retry(settings.backOffCapNanos());
        this.ask = new Retry(settings.backOffCapNanos());
    }

    /** Whether a key of this member may come to be, or be there, that is not known yet. */
    boolean unresolved() {
        return unknown || enter.inFlight() || ask.inFlight();
    }

    void advance(boolean mayEnter, Step step) {
        Input.SessionUp session = self.session();
        if (session == null || self.place() != null || enter.inFlight() || ask.inFlight()) {
            return;
        }
        if (self.wanted()) {
            if (mayEnter && enter.ready(step.now())) {
                enter(session, step);
            }
        } else if (!adoptLate(session) && unknown && ask.ready(step.now())) {
            step.commit(Tag.Purpose.ASK, ask, Transactions.ask(self.key(session)), settings.requestNanos());
        }
    }

    void onEntered(Tag tag, TxnResult result, Step step) {
        Input.SessionUp session = self.session();
        if (!enter.accepts(tag.generation()) || session == null) {
            return;
        }
        mark.warnIfDenied(step);
        if (result.succeeded()) {
            step.succeeded(tag.purpose(), enter);
            entered(session, result);
            return;
        }
        List<KeyValue> own = Transactions.found(result, 0);
        if (result.ops().size() > 1) {
            mark.found(Transactions.found(result, 1), horizon);
        }
        if (own.isEmpty()) {
            // Somebody else has written the mark in between; jitter keeps many from meeting again.
            enter.failed(step.now(), step.random());
        } else {
            step.succeeded(tag.purpose(), enter);
            adopt(own.get(0));
        }
    }

    void onAsked(Tag tag, TxnResult result, Step step) {
        if (ask.accepts(tag.generation())) {
            step.succeeded(tag.purpose(), ask);
            unknown = false;
            Transactions.found(result, 0).forEach(this::adopt);
        }
    }

    void onFailed(Tag tag, StoreException cause, Step step) {
        Retry failed = tag.purpose() == Tag.Purpose.ASK ? ask : enter;
        Input.SessionUp session = self.session();
        if (!failed.accepts(tag.generation()) || session == null) {
            return;
        }
        if (cause.kind() == StoreException.Kind.DENIED && mark.tryWithout()) {
            failed.answered();
            withoutMark = true;
            return;
        }
        switch (cause.kind()) {
            case LEASE_NOT_FOUND -> step.emit(new Effect.LeaseGone(session.leaseId()));
            case UNAVAILABLE -> unknown = true;
            default -> {}
        }
        step.failed(tag.purpose(), failed, cause.reason());
    }

    /** The session is another one, and no key of the former can come to be any more. */
    void reset(Step step) {
        step.dropped(Tag.Purpose.ENTER, enter);
        step.dropped(Tag.Purpose.ASK, ask);
        unknown = false;
    }

    void wakeAt(Wakeup wakeup) {
        enter.wakeAt(wakeup);
        ask.wakeAt(wakeup);
    }

    private void enter(Input.SessionUp session, Step step) {
        if (!withoutMark) {
            mark.probe();
        }
        withoutMark = false;
        CandidateValue value = self.value(CandidateState.WAITING);
        guardedByAbsence = mark.absent();
        ownMarkMillis = mark.validityWith(value.validityMillis());
        horizon.know(value.validityMillis());
        Txn txn = Transactions.enter(settings.prefix(), self.key(session), value, session.leaseId(), mark);
        step.commit(Tag.Purpose.ENTER, enter, txn, settings.requestNanos());
    }

    private void entered(Input.SessionUp session, TxnResult result) {
        boolean withMark = result.ops().size() > 1;
        if (withMark) {
            // P7, clean start: the mark was absent, by the guard, and so was every candidate.
            if (guardedByAbsence && Transactions.found(result, 0).isEmpty()) {
                // The answer may be late: of what came after this entry it says nothing.
                horizon.fallBefore(result.revision());
                if (queue.revision() <= result.revision()) {
                    horizon.unseenFall();
                }
            }
            mark.written(result.revision(), ownMarkMillis);
        }
        unknown = false;
        self.enters(new Place(self.key(session), session.leaseId(), result.revision(), result.revision()));
    }

    /** An earlier attempt took effect after all; or a former place is still there, whose term must not come back. */
    private void adopt(KeyValue found) {
        unknown = false;
        boolean former = self.owns(found.createRevision());
        self.enters(new Place(found.key(), found.lease(), found.createRevision(), found.modRevision()));
        if (former || CandidateValue.parse(found.value()).state() != CandidateState.WAITING) {
            self.leave();
        }
    }

    private boolean adoptLate(Input.SessionUp session) {
        Entry late = queue.find(self.key(session));
        if (late == null || self.owns(late.createRevision())) {
            return false;
        }
        unknown = false;
        self.enters(new Place(late.key(), session.leaseId(), late.createRevision(), late.modRevision()));
        return true;
    }
}
