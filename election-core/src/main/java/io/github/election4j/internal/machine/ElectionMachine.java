package io.github.election4j.internal.machine;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One member's part in one election. A step first looks at the clock (P9: what arrives late revives nothing), then
 * takes the input in, then does whatever follows from what is known now: each rule is applied in one place.
 */
public final class ElectionMachine {
    private final Membership self;
    private final View view;
    private final Claims claims = new Claims();
    private final FollowedBeat beat = new FollowedBeat();
    private final OwnTerm ownTerm;
    private final Following following;
    private final Entering entering;
    private final Proving proving;
    private final TakeOver takeOver;
    private final MarkKeeping markKeeping;
    private final Retiring retiring;
    private final Replies replies;
    private final PendingCommands commands;
    private final Orders orders;
    private boolean reachable = true;
    private boolean everEntered;
    private boolean reported;
    private boolean closed;
    private long steppedAt;

    /**
     * Creates a machine that has done nothing yet.
     *
     * @param settings its settings
     * @param memory what the session remembers of the election
     */
    public ElectionMachine(MachineSettings settings, ElectionMemory memory) {
        this.self = new Membership(settings, memory);
        this.view = new View(settings.keys());
        TermJournal journal = new TermJournal(settings, self, view);
        this.ownTerm = new OwnTerm(settings, self, journal);
        Lowering lowering = new Lowering(settings, claims, beat);
        this.following = new Following(settings, self, view, claims, ownTerm, lowering);
        this.entering = new Entering(settings, self, view, claims, following);
        this.proving = new Proving(self, view, ownTerm, following);
        this.takeOver = new TakeOver(settings, self, view, claims, beat, following);
        this.markKeeping = new MarkKeeping(settings, self, view, claims);
        this.retiring = new Retiring(settings, self, view, claims, journal);
        this.commands = new PendingCommands(settings, self, ownTerm, entering, new Successors(settings, view));
        this.orders = new Orders(settings, self, view, commands);
        this.replies = new Replies(following, lowering, entering, markKeeping, takeOver, retiring, orders, journal);
    }

    /**
     * Takes one input.
     *
     * @param input the input
     * @param moment when
     * @return what is to be done, in order
     */
    public List<Effect> step(Input input, Moment moment) {
        Decisions step = new Decisions(moment);
        steppedAt = moment.now();
        if (reported && input instanceof Input.Command command) {
            commands.answerClosed(command, step);
        } else if (!closed) {
            ownTerm.lapse(step);
            take(input, step);
            advance(step);
        }
        return step.effects();
    }

    /** {@return the moment at which the machine wants an {@link Input.Alarm}, empty for never} */
    public OptionalLong nextAlarm() {
        Wakeup wakeup = new Wakeup(steppedAt);
        if (!closed) {
            Candidacy own = self.candidacy();
            if (own != null && ownTerm.leading()) {
                wakeup.at(own.validUntil());
            } else {
                claims.wakeAt(wakeup);
            }
            ownTerm.wakeAt(wakeup);
            following.wakeAt(wakeup);
            entering.wakeAt(wakeup);
            proving.wakeAt(wakeup);
            takeOver.wakeAt(wakeup);
            markKeeping.wakeAt(wakeup);
            retiring.wakeAt(wakeup);
            commands.wakeAt(wakeup);
            orders.wakeAt(wakeup);
        }
        return wakeup.earliest();
    }

    /** {@return P6: what is seen, to be compared with the store; null where nothing is followed} */
    public @Nullable AuditQuestion auditQuestion() {
        return closed ? null : following.question();
    }

    /** {@return what the machine shows of itself} */
    public MachineSnapshot snapshot() {
        return ownTerm.snapshot(state(), view);
    }

    private ElectionState state() {
        if (reported) {
            return ElectionState.CLOSED;
        } else if (ownTerm.leading()) {
            return ElectionState.LEADING;
        } else if (ownTerm.ending()) {
            return ElectionState.STEPPING_DOWN;
        } else if (!reachable || following.failing()) {
            return ElectionState.DISCONNECTED;
        } else if (self.closing() || (self.candidacy() != null && self.leaving())) {
            return ElectionState.STEPPING_DOWN;
        } else if (self.staysOut()) {
            return ElectionState.EVICTED;
        }
        return everEntered ? ElectionState.WAITING : ElectionState.STARTING;
    }

    private void take(Input input, Decisions step) {
        if (input instanceof Input.Committed committed && committed.request().purpose() == Purpose.RETIRE) {
            retired(committed.request(), committed.result(), step);
        } else if (input instanceof Input.OfRequests reply) {
            replies.take(reply, step);
            commands.removed(reply);
        } else if (input instanceof Input.OfWatch news) {
            following.take(news, step);
        } else if (input instanceof Input.OfBeats news) {
            beaten(news, step);
        } else if (input instanceof Input.OfTerm news) {
            ownTerm.take(news, step);
        } else if (input instanceof Input.SessionUp up) {
            self.session(up);
        } else if (input instanceof Input.SessionDown down) {
            sessionDown(down.loss(), step);
        } else if (input instanceof Input.SessionHealth health) {
            reachable = health.reachable();
        } else if (input instanceof Input.Command command) {
            commands.take(command, step);
        }
    }

    private void beaten(Input.OfBeats news, Decisions step) {
        Candidacy own = self.candidacy();
        if (news instanceof Input.BeatHeard heard) {
            beat.heard(heard);
        } else if (own == null) {
            return;
        } else if (news instanceof Input.Proven proven && proven.createRevision() == own.createRevision()) {
            own.proven(proven.sentAt());
            if (ownTerm.leading()) {
                step.add(new Effect.ExtendTerm(own.validUntil()));
            }
        } else if (news instanceof Input.PlaceGone gone
                && gone.createRevision() == own.createRevision()
                && !retiring.inFlight()) {
            keyLost(own, step);
        }
    }

    /**
     * Does whatever follows from what is known now. The order: first what ends, then what begins, then what is told.
     */
    private void advance(Decisions step) {
        orders.obey(step);
        ownTerm.giveUpListeners(step);
        losePlaceIfGone(step);
        entering.advance(!ownTerm.ending(), step);
        following.advance(entering.inFlight(), step);
        lead(step);
        proving.advance(step);
        retire(step);
        takeOver.advance(step);
        markKeeping.advance(following.open(), retiring.inFlight(), step);
        if (following.open()) {
            ownTerm.observe(view.first(), claims.noneVanished(step.now()), step);
        }
        everEntered |= self.candidacy() != null;
        commands.settle(step);
        orders.advance(step);
        closeIfDone(step);
    }

    /**
     * P9: the own key is gone, which the view tells once it has seen as much as this member's entering; or somebody has
     * said of this very place that it has stopped (P10, H2), upon which others may act.
     */
    private void losePlaceIfGone(Decisions step) {
        Candidacy own = self.candidacy();
        if (own == null || retiring.inFlight()) {
            return;
        }
        if (following.open() && view.revision() >= own.createRevision() && !view.contains(own)) {
            keyLost(own, step);
        } else if (view.mark().value().tells(own.createRevision()) && !self.leaving()) {
            ownTerm.lose(ChangeReason.KEY_LOST, step);
            self.leave();
        }
    }

    /** P5: our proven key is first, and no claim is open. */
    private void lead(Decisions step) {
        Candidacy own = self.candidacy();
        if (own != null
                && view.isFirst(own)
                && !ownTerm.leading()
                && !ownTerm.ending()
                && !self.leaving()
                && own.valid(step.now())
                && following.confirms(own)
                && claims.passed(step.now())) {
            ownTerm.begin(own, step);
            step.add(new Effect.BeatNow());
        }
    }

    /** P8: gives the place up only after the listeners; meanwhile beats keep it. */
    private void retire(Decisions step) {
        Candidacy own = self.candidacy();
        if (own != null && !ownTerm.ending() && self.leaving()) {
            self.leave(); // For good, whatever is asked meanwhile: others may act on the word already.
            retiring.advance(own, step);
        }
    }

    private void retired(RequestId request, TxnResult result, Decisions step) {
        Candidacy own = self.candidacy();
        Retiring.Answer answer = retiring.onRetired(request, result, step);
        claims.told(view.mark().value());
        if (own != null && (answer == Retiring.Answer.DONE || answer == Retiring.Answer.GONE)) {
            left(retiring.outcome(own, result.succeeded()), answer == Retiring.Answer.DONE, step);
        }
    }

    private void keyLost(Candidacy own, Decisions step) {
        ownTerm.lose(ChangeReason.KEY_LOST, step);
        left(retiring.outcome(own, false), false, step);
    }

    /** P1: the lease is gone, and with it the key, whether or not the watch has told. */
    private void sessionDown(Input.Loss loss, Decisions step) {
        ownTerm.lose(loss == Input.Loss.HISTORY_LOST ? ChangeReason.HISTORY_LOST : ChangeReason.SESSION_LOST, step);
        left(OperationOutcome.NOT_IN_QUEUE, loss != Input.Loss.LEASE_GONE, step);
        self.session(null);
        entering.reset(step);
        beat.forget();
        if (loss == Input.Loss.LEASE_GONE) {
            self.memory().leaseEnds();
        } else {
            self.memory().owesNothing(); // A twin may hold the places on; in another history they never were.
            self.memory().disown();
        }
        if (loss == Input.Loss.HISTORY_LOST) {
            self.memory().historyLost(self.timing().validityMillis());
            claims.clear();
            following.forget(step);
            takeOver.forget();
            ownTerm.historyLost(step);
        }
    }

    private void left(OperationOutcome how, boolean wordTold, Decisions step) {
        Candidacy own = self.candidacy();
        if (own != null) {
            self.leaves(own, wordTold);
            retiring.reset(step);
            takeOver.reset(step);
            markKeeping.reset(step);
            commands.left(how);
        }
    }

    private void closeIfDone(Decisions step) {
        boolean done = self.candidacy() == null && !ownTerm.ending() && !entering.unresolved();
        if (self.closing() && !reported && (done || commands.closeOverdue(step.now()))) {
            reported = true;
            commands.closed(step);
            step.add(new Effect.Closed());
        }
        // Nobody waits any more, but a key that is left behind under the shared lease would block its queue.
        if (self.closing() && done) {
            closed = true;
            following.close(step);
            step.add(new Effect.Ended());
        }
    }
}
