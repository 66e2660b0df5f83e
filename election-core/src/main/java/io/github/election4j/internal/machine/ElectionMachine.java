package io.github.election4j.internal.machine;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.Queue.Entry;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One member's part in one election. A step first looks at the clock (P9: what arrives late revives nothing), then
 * takes the input in, then does whatever follows from what is known now: each rule is applied in one place.
 */
public final class ElectionMachine {
    private final Self self;
    private final Queue queue;
    private final Horizon horizon = new Horizon();
    private final OwnTerm ownTerm;
    private final QueueWatch watch;
    private final Entering entering;
    private final Heartbeat heartbeat;
    private final Leaving leaving;
    private final MarkRemoval markRemoval;
    private final Commands commands;
    private boolean reachable = true;
    private boolean everEntered;
    private boolean reported;
    private boolean closed;
    private long steppedAt;

    /**
     * Creates a machine that has done nothing yet.
     *
     * @param settings its settings
     */
    public ElectionMachine(MachineSettings settings) {
        this.self = new Self(settings);
        this.queue = new Queue(settings.prefix());
        Mark mark = new Mark(settings.markKey());
        this.ownTerm = new OwnTerm(settings, self);
        this.watch = new QueueWatch(settings, self, queue, horizon, mark);
        this.entering = new Entering(settings, self, queue, horizon, mark);
        this.heartbeat = new Heartbeat(settings, self, queue);
        this.leaving = new Leaving(settings, self);
        this.markRemoval = new MarkRemoval(settings, self, queue, horizon, mark);
        this.commands = new Commands(settings, self, ownTerm, entering);
    }

    /**
     * Takes one input.
     *
     * @param input the input
     * @param now the time in nanoseconds
     * @param random uniform in [0, 1)
     * @return what is to be done, in order
     */
    public List<Effect> step(Input input, long now, double random) {
        Step step = new Step(now, random);
        steppedAt = now;
        if (reported && input instanceof Input.Command command) {
            commands.answerClosed(command, step);
        } else if (!closed) {
            lapse(step);
            take(input, step);
            advance(step);
        }
        return step.effects();
    }

    /** {@return the moment at which the machine wants an {@link Input.Alarm}, empty for never} */
    public OptionalLong nextAlarm() {
        Wakeup wakeup = new Wakeup(steppedAt);
        if (!closed) {
            Place place = self.place();
            if (place != null && ownTerm.leading()) {
                wakeup.at(place.validUntil());
            } else if (place != null && queue.isHead(place)) {
                horizon.wakeAt(wakeup);
            }
            ownTerm.wakeAt(wakeup);
            watch.wakeAt(wakeup);
            entering.wakeAt(wakeup);
            heartbeat.wakeAt(wakeup);
            leaving.wakeAt(wakeup);
            commands.wakeAt(wakeup);
        }
        return wakeup.earliest();
    }

    /** {@return what the machine shows of itself} */
    public MachineSnapshot snapshot() {
        return new MachineSnapshot(state(), ownTerm.announced(), ownTerm.current(), self.evicted(), queue.candidates());
    }

    private ElectionState state() {
        if (reported) {
            return ElectionState.CLOSED;
        } else if (ownTerm.leading()) {
            return ElectionState.LEADING;
        } else if (ownTerm.ending()) {
            return ElectionState.STEPPING_DOWN;
        } else if (!reachable || watch.failing()) {
            return ElectionState.DISCONNECTED;
        } else if (self.closing() || (self.place() != null && self.leaving())) {
            return ElectionState.STEPPING_DOWN;
        } else if (self.evicted()) {
            return ElectionState.EVICTED;
        }
        return everEntered ? ElectionState.WAITING : ElectionState.STARTING;
    }

    /** P9: validity is over. */
    private void lapse(Step step) {
        Place place = self.place();
        if (place == null || !place.valid(step.now())) {
            ownTerm.lose(ChangeReason.EXPIRED, step);
        }
    }

    private void take(Input input, Step step) {
        if (input instanceof Input.Committed committed) {
            committed(committed.tag(), committed.result(), step);
        } else if (input instanceof Input.Failed failed) {
            failed(failed.tag(), failed.cause(), step);
        } else if (input instanceof Input.WatchDelivered delivered) {
            watch.onDelivered(delivered, step);
        } else if (input instanceof Input.WatchEnded ended) {
            watch.onEnded(ended, step);
        } else if (input instanceof Input.Tick) {
            heartbeat.tick();
        } else if (input instanceof Input.OfTerm news) {
            ownTerm.take(news, step);
        } else if (input instanceof Input.SessionUp up) {
            self.session(up);
        } else if (input instanceof Input.SessionDown) {
            sessionDown(step);
        } else if (input instanceof Input.SessionHealth health) {
            reachable = health.reachable();
        } else if (input instanceof Input.Command command) {
            commands.take(command, step);
        }
    }

    private void committed(Tag tag, TxnResult result, Step step) {
        switch (tag.purpose()) {
            case READ_QUEUE -> watch.onRead(tag, result, step);
            case ENTER -> entering.onEntered(tag, result, step);
            case ASK -> entering.onAsked(tag, result, step);
            case HEARTBEAT -> beaten(tag, result, step);
            case RELEASE -> released(tag, result, step);
            case DELETE -> deleted(tag, result, step);
            case READ_MARK, REMOVE_MARK -> markRemoval.onCommitted(tag, result, step);
        }
    }

    private void failed(Tag tag, StoreException cause, Step step) {
        switch (tag.purpose()) {
            case READ_QUEUE -> watch.onReadFailed(tag, cause, step);
            case ENTER, ASK -> entering.onFailed(tag, cause, step);
            case HEARTBEAT -> heartbeat.onFailed(tag, cause, step);
            case RELEASE, DELETE -> leaving.onFailed(tag, cause, step);
            case READ_MARK, REMOVE_MARK -> markRemoval.onFailed(tag);
        }
    }

    /** Does whatever follows from what is known now. */
    private void advance(Step step) {
        ownTerm.giveUpListeners(step);
        watch.advance(step);
        losePlaceIfGone(step);
        entering.advance(watch.open() && !ownTerm.ending(), step);
        lead(step);
        giveUpPlace(step);
        heartbeat.advance(ownTerm.ending(), step);
        if (watch.open()) {
            ownTerm.observe(queue.head(), step);
        }
        markRemoval.advance(watch.open(), step);
        everEntered |= self.place() != null;
        commands.settle(step);
        closeIfDone(step);
    }

    /**
     * P9: the own key is gone, or released by somebody else (P10), which a heartbeat must not undo. The queue tells,
     * once it has seen as much as this member's entering.
     */
    private void losePlaceIfGone(Step step) {
        Place place = self.place();
        if (place == null || queue.revision() < place.createRevision() || leaving.deleting()) {
            return;
        }
        Entry own = queue.find(place.key());
        boolean releasesItself = self.leaving() && !ownTerm.ending();
        if (own == null || own.createRevision() != place.createRevision() || (own.released() && !releasesItself)) {
            keyLost(step);
        } else {
            place.moved(own.modRevision());
        }
    }

    /** P5: our proven key heads, nobody earlier can be valid. S2: no released key, thus no late write, is before it. */
    private void lead(Step step) {
        Place place = self.place();
        if (place != null
                && queue.isFirst(place)
                && !ownTerm.leading()
                && !ownTerm.ending()
                && !self.leaving()
                && place.valid(step.now())
                && horizon.passed(step.now())) {
            ownTerm.begin(place, step);
            heartbeat.request();
        }
    }

    /** P8: gives the place up only after the listeners; meanwhile heartbeats keep it. */
    private void giveUpPlace(Step step) {
        Place place = self.place();
        if (place != null && !ownTerm.ending() && self.leaving()) {
            self.leave(); // For good, whatever is asked meanwhile: others may act on the release already.
            heartbeat.abandon(); // One that is under way would take this member's own release for somebody else's.
            leaving.advance(place.led() || (queue.isHead(place) && horizon.passed(step.now())), step);
        }
    }

    private void beaten(Tag tag, TxnResult result, Step step) {
        Place place = self.place();
        switch (heartbeat.onCommitted(tag, result, step)) {
            case PROVEN -> {
                watch.expect(result.revision(), step.now());
                if (place != null && ownTerm.leading()) {
                    step.emit(new Effect.ExtendTerm(place.validUntil()));
                }
            }
            case KEY_GONE -> keyLost(step);
            case MOVED, STALE -> {}
        }
    }

    private void released(Tag tag, TxnResult result, Step step) {
        if (leaving.onReleased(tag, result, step)) {
            left(OperationOutcome.NOT_IN_QUEUE, step);
        }
    }

    private void deleted(Tag tag, TxnResult result, Step step) {
        Place place = self.place();
        if (place == null || !leaving.onDeleted(tag, step)) {
            return;
        }
        if (result.succeeded()) {
            markRemoval.left(result.revision());
        }
        left(leaving.outcome(place, result.succeeded()), step);
    }

    private void keyLost(Step step) {
        ownTerm.lose(ChangeReason.KEY_LOST, step);
        Optional.ofNullable(self.place()).ifPresent(place -> left(leaving.outcome(place, false), step));
    }

    /** P1: the lease is gone, and with it the key, whether or not the watch has told. */
    private void sessionDown(Step step) {
        ownTerm.lose(ChangeReason.SESSION_LOST, step);
        left(OperationOutcome.NOT_IN_QUEUE, step);
        self.session(null);
        entering.reset(step);
    }

    private void left(OperationOutcome how, Step step) {
        Place place = self.place();
        if (place != null) {
            self.leaves(place, leaving.released());
            heartbeat.reset(step);
            leaving.reset(step);
            commands.left(how);
        }
    }

    private void closeIfDone(Step step) {
        boolean done = self.place() == null && !ownTerm.ending() && !entering.unresolved() && !markRemoval.pending();
        if (self.closing() && !reported && (done || commands.closeOverdue(step.now()))) {
            reported = true;
            commands.closed(step);
            step.emit(new Effect.Closed());
        }
        // Nobody waits any more, but a key that is left behind under the shared lease would block its queue.
        if (self.closing() && done) {
            closed = true;
            watch.close(step);
            step.emit(new Effect.Ended());
        }
    }
}
