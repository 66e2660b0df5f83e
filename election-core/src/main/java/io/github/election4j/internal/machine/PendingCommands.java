package io.github.election4j.internal.machine;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException.Kind;
import io.github.election4j.OperationOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the user asks for. L3: a command that waits for its effect has a limit; repeating one is harmless. */
final class PendingCommands {
    private final MachineSettings settings;
    private final Membership self;
    private final OwnTerm ownTerm;
    private final Entering entering;
    private final Successors successors;
    private long closeBy;
    private final List<Pending> pending = new ArrayList<>();
    private OperationOutcome lastLeft = OperationOutcome.NOT_IN_QUEUE;

    PendingCommands(
            MachineSettings settings, Membership self, OwnTerm ownTerm, Entering entering, Successors successors) {
        this.settings = settings;
        this.self = self;
        this.ownTerm = ownTerm;
        this.entering = entering;
        this.successors = successors;
    }

    private enum Goal {
        LEFT,
        ENTERED
    }

    private record Pending(Asker asker, Goal goal, long deadline) {}

    /** Who is told what has become of it. */
    interface Asker {
        void done(OperationOutcome outcome, Decisions step);

        void failed(Kind kind, String message, Decisions step);
    }

    private record User(long command) implements Asker {
        @Override
        public void done(OperationOutcome outcome, Decisions step) {
            step.add(new Effect.Complete(command, outcome));
        }

        @Override
        public void failed(Kind kind, String message, Decisions step) {
            step.add(new Effect.FailCommand(command, kind, message));
        }
    }

    void take(Input.Command command, Decisions step) {
        Asker user = new User(command.command());
        switch (command.type()) {
            case RESIGN -> resign(user, step);
            case EVICT -> evict(user, step);
            case CANCEL_EVICT -> cancelEvict(user, step);
            case TRANSFER -> transfer(user, command.target(), step);
            case CLOSE -> close(step);
        }
    }

    /** An eviction that lasts is there or not, whoever has asked for it. */
    void obey(@Nullable String evictedBy, Decisions step) {
        boolean obeyed = self.evictedInStore();
        self.evictedInStore(evictedBy != null);
        if (evictedBy != null && !obeyed) {
            self.askedBy(evictedBy);
            supersede(Goal.ENTERED, step);
            stepDown(ChangeReason.EVICTED, step);
        }
    }

    /** The place is gone: what the commands that wait for it will be told. */
    void left(OperationOutcome how) {
        lastLeft = how;
    }

    /** An entry of unknown outcome had taken effect, and is taken back. */
    void removed(Input.OfRequests reply) {
        if (reply instanceof Input.Committed committed
                && committed.request().purpose() == RequestId.Purpose.REMOVE
                && committed.result().succeeded()) {
            lastLeft = OperationOutcome.LEFT_QUEUE;
        }
    }

    /** Completes whatever has taken effect. */
    void settle(Decisions step) {
        if (out()) {
            settle(Goal.LEFT, each -> each.asker().done(lastLeft, step));
        }
        if (self.candidacy() != null && !self.leaving()) {
            settle(Goal.ENTERED, each -> each.asker().done(OperationOutcome.REJOINED, step));
        }
        settle(
                each -> Timing.reached(each.deadline(), step.now()),
                each -> each.asker()
                        .failed(
                                Kind.TIMEOUT,
                                "not confirmed by etcd in time; this member goes on trying, and its status tells why",
                                step));
    }

    void closed(Decisions step) {
        settle(each -> true, each -> each.asker().failed(Kind.CLOSED, "closed before it took effect", step));
    }

    void answerClosed(Input.Command command, Decisions step) {
        if (command.type() != Input.Command.Type.CLOSE) {
            step.add(new Effect.FailCommand(command.command(), Kind.CLOSED, "the election is closed"));
        }
    }

    /** Closing ends in time even if etcd does not answer. */
    boolean closeOverdue(long now) {
        return Timing.reached(closeBy, now);
    }

    void wakeAt(Wakeup wakeup) {
        if (self.closing()) {
            wakeup.at(closeBy);
        }
        pending.forEach(each -> wakeup.at(each.deadline()));
    }

    /** Whether it is certain that this member has no place and no term that still ends. */
    private boolean out() {
        boolean entryUnknown = !self.wanted() && entering.unresolved();
        return self.candidacy() == null && !ownTerm.ending() && !entryUnknown;
    }

    void resign(Asker asker, Decisions step) {
        if (self.candidacy() == null && !ownTerm.ending()) {
            asker.done(OperationOutcome.NOT_IN_QUEUE, step);
        } else {
            await(asker, Goal.LEFT, step);
            stepDown(ChangeReason.RESIGNED, step);
        }
    }

    private void evict(Asker asker, Decisions step) {
        if (self.evicted() && out()) {
            asker.done(OperationOutcome.ALREADY_EVICTED, step);
            return;
        }
        if (self.evicted()) {
            await(asker, Goal.LEFT, step); // An eviction is under way: this one takes effect when that one does.
            return;
        }
        self.evicted(true);
        supersede(Goal.ENTERED, step);
        if (self.candidacy() == null && !ownTerm.ending()) {
            lastLeft = OperationOutcome.NOT_IN_QUEUE;
        }
        await(asker, Goal.LEFT, step);
        stepDown(ChangeReason.EVICTED, step);
    }

    private void cancelEvict(Asker asker, Decisions step) {
        if (!self.evicted()) {
            asker.done(OperationOutcome.NOT_EVICTED, step);
            return;
        }
        self.evicted(false);
        if (self.evictedInStore()) {
            asker.done(OperationOutcome.EVICTION_CANCELLED, step);
            return;
        }
        if (self.candidacy() == null) {
            supersede(Goal.LEFT, step);
        }
        await(asker, Goal.ENTERED, step);
    }

    /** P8: the place goes to the one that is named, if that is possible then too. */
    void transfer(Asker asker, String target, Decisions step) {
        Candidacy own = self.candidacy();
        String refusal =
                own == null || !ownTerm.leading() ? "this member does not lead" : successors.refusal(own, target);
        if (refusal == null) {
            self.successor(target);
            await(asker, Goal.LEFT, step);
            stepDown(ChangeReason.TRANSFERRED, step);
        } else {
            asker.failed(Kind.REFUSED, "nothing was handed over to '" + target + "': " + refusal, step);
        }
    }

    private void close(Decisions step) {
        if (!self.closing()) {
            boolean stepsDown = ownTerm.leading() || ownTerm.ending();
            closeBy = step.now() + (stepsDown ? settings.commandNanos() : settings.requestNanos());
        }
        self.close();
        supersede(Goal.ENTERED, step);
        stepDown(ChangeReason.CLOSED, step);
    }

    private void stepDown(ChangeReason reason, Decisions step) {
        self.leave();
        ownTerm.lose(reason, step);
    }

    private void await(Asker asker, Goal goal, Decisions step) {
        pending.add(new Pending(asker, goal, step.now() + settings.commandNanos()));
    }

    private void supersede(Goal goal, Decisions step) {
        settle(
                goal,
                each -> each.asker().failed(Kind.SUPERSEDED, "another operation came before it took effect", step));
    }

    private void settle(Goal goal, Consumer<Pending> how) {
        settle(each -> each.goal() == goal, how);
    }

    private void settle(Predicate<Pending> which, Consumer<Pending> how) {
        List<Pending> settled = pending.stream().filter(which).toList();
        pending.removeAll(settled);
        settled.forEach(how);
    }
}
