package io.github.election4j.internal.machine;

import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn.Op;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * P8: gives up the place in the queue: the word of its holder and the deletion in one transaction, so that the next one
 * leads on its event. The last one takes the mark along (T4), so that the next start need not wait.
 */
final class Retiring {
    /** A store without space takes no put but takes a deletion; the successor then waits, which is safe. */
    private static final int REFUSALS = 3;

    /** The watch tells in far less time why a chosen one, or somebody ahead of it, was not found as seen. */
    private static final long OUTDATED_NANOS = Duration.ofSeconds(1).toNanos();

    private final MachineSettings settings;
    private final Membership self;
    private final View view;
    private final Claims claims;
    private final Retry retire;
    private final Successors successors;
    private final TermJournal journal;
    private int refused;
    private List<Op> journaled = List.of();
    private boolean notAlone;
    private Kind sent = Kind.WITHDRAWN;
    private @Nullable MarkValue joined;
    private Mark joinedTo = Mark.ABSENT;
    private Successors.@Nullable Choice choice;
    private Successors.@Nullable Choice outdated;
    private long outdatedSince;

    private enum Kind {
        /** Nothing is said of it. */
        WITHDRAWN,
        /** The word that it has stopped. */
        STOPPED,
        /** The word that it, and everybody before it, has stopped. */
        RELEASED,
        /** Nobody is left, and nothing to be said. */
        LAST
    }

    Retiring(MachineSettings settings, Membership self, View view, Claims claims, TermJournal journal) {
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.claims = claims;
        this.retire = new Retry(settings.backOffCapNanos());
        this.successors = new Successors(settings, view);
        this.journal = journal;
    }

    /** Whether the key may be gone by our own hand; the answer tells more than the watch. */
    boolean inFlight() {
        return retire.inFlight();
    }

    /** What leaving came to, once the key is gone; an attempt of unknown outcome is taken to have done it. */
    OperationOutcome outcome(Candidacy own, boolean deleted) {
        if (!deleted && retire.failures() == 0) {
            return OperationOutcome.NOT_IN_QUEUE;
        }
        if (!own.led()) {
            return OperationOutcome.LEFT_QUEUE;
        }
        return deleted && choice != null && self.successor() != null
                ? OperationOutcome.TRANSFERRED
                : OperationOutcome.RELEASED;
    }

    void advance(Candidacy own, Decisions step) {
        if (!retire.inFlight() && retire.ready(step.now())) {
            Kind kind = kind(own, step);
            choice = kind == Kind.RELEASED ? successors.choose(own, self.successor()) : null;
            if (choice != null && choice.equals(outdated)) {
                if (!Timing.reached(outdatedSince + OUTDATED_NANOS, step.now())) {
                    return;
                }
                choice = null;
            }
            self.memory().held(own.key(), own.createRevision());
            send(own, kind, step);
        }
    }

    /** What an answer says. */
    enum Answer {
        /** It belongs to nothing that is under way. */
        STALE,
        /** Somebody has written the mark in between: to be sent again. */
        MOVED,
        /** The key is gone, with the word. */
        DONE,
        /** The key is gone, without the word. */
        GONE
    }

    Answer onRetired(RequestId request, TxnResult result, Decisions step) {
        Candidacy own = self.candidacy();
        if (!retire.accepts(request.number()) || own == null) {
            return Answer.STALE;
        }
        step.answered(Purpose.RETIRE, retire);
        if (result.succeeded()) {
            done(own, result);
            return sent == Kind.WITHDRAWN && refused >= REFUSALS ? Answer.GONE : Answer.DONE;
        }
        view.learn(view.markOf(Transactions.one(result, 1)), result.revision());
        if (Transactions.created(result, 0) != own.createRevision()) {
            return Answer.GONE;
        }
        notAlone = true;
        if (choice != null && view.mark().text().equals(joinedTo.text())) {
            outdated = choice;
            outdatedSince = step.now();
        }
        return Answer.MOVED;
    }

    void onFailed(RequestId request, StoreException cause, Decisions step) {
        Candidacy own = self.candidacy();
        if (!retire.accepts(request.number()) || own == null) {
            return;
        }
        switch (cause.kind()) {
            case REFUSED, DENIED -> refused++;
            case LEASE_NOT_FOUND -> step.add(new Effect.LeaseGone(own.leaseId()));
            default -> {}
        }
        step.failed(Purpose.RETIRE, retire, cause);
    }

    void reset(Decisions step) {
        step.dropped(Purpose.RETIRE, retire);
        refused = 0;
        notAlone = false;
        choice = null;
        outdated = null;
    }

    void wakeAt(Wakeup wakeup) {
        retire.wakeAt(wakeup);
        if (outdated != null && !retire.inFlight()) {
            wakeup.at(outdatedSince + OUTDATED_NANOS);
        }
    }

    /** {@code released} is the word that nobody before it is valid: only who led, or might have, knows that. */
    private Kind kind(Candidacy own, Decisions step) {
        boolean first = view.isFirst(own);
        boolean entitled = own.led() || (first && claims.passed(step.now()));
        if (refused >= REFUSALS || (!entitled && view.rank(own) > 1)) {
            return Kind.WITHDRAWN; // Others take a first place that vanishes for a term; this one is none to them.
        } else if (!entitled) {
            return Kind.STOPPED;
        }
        // T4: the mark of a view that shows nobody else; whoever enters afterwards writes it.
        boolean last = !notAlone
                && view.isAlone(own)
                && claims.passed(step.now())
                && !view.mark().absent()
                && view.mark().modRevision() <= view.revision();
        return last ? Kind.LAST : Kind.RELEASED;
    }

    private void send(Candidacy own, Kind kind, Decisions step) {
        sent = kind;
        Mark mark = view.mark();
        joinedTo = mark;
        joined = mark.value().withWords(self.memory().owed());
        if (mark.absent()) {
            joined = joined.withValidity(Math.max(self.memory().longestValidityMillis(), view.longestValidityMillis()));
        }
        joined = kind == Kind.RELEASED
                ? joined.withReleased(lastReleased(own))
                : joined.withStopped(List.of(own.createRevision()));
        // No hand-over fails because this member may not write of it.
        journaled = refused == 0 ? journal.endOf(own) : List.of();
        step.commit(
                Purpose.RETIRE,
                retire,
                switch (kind) {
                    case WITHDRAWN -> Transactions.withdraw(settings.keys(), own);
                    case STOPPED, RELEASED ->
                        choice == null
                                ? Transactions.retire(settings.keys(), own, mark, joined, journaled)
                                : Transactions.transfer(settings.keys(), own, choice, mark, joined, journaled);
                    case LAST -> Transactions.last(settings.keys(), own, mark, journaled);
                },
                settings.requestNanos());
    }

    private long lastReleased(Candidacy own) {
        return choice == null || choice.ahead().isEmpty()
                ? own.createRevision()
                : choice.ahead().get(choice.ahead().size() - 1).createRevision();
    }

    private void done(Candidacy own, TxnResult result) {
        if (sent != Kind.WITHDRAWN && !journaled.isEmpty()) {
            journal.told(own);
        }
        switch (sent) {
            case WITHDRAWN -> {}
            case STOPPED, RELEASED -> {
                if (joined != null) {
                    view.learn(Mark.written(joined, result.revision()), result.revision());
                    self.memory().told(joined);
                }
                self.memory().endedInOrder();
            }
            case LAST -> {
                view.learn(Mark.ABSENT, result.revision());
                self.memory().owesNothing();
                self.memory().endedInOrder();
            }
        }
    }
}
