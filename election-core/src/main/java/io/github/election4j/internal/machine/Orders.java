package io.github.election4j.internal.machine;

import io.github.election4j.ElectionException.Kind;
import io.github.election4j.Eviction;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.wire.OrderValue.Answered;
import io.github.election4j.internal.wire.OrderValue.Asked;
import io.github.election4j.spi.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Obeys what others ask of this member through the store, once each, and answers there. An order is of one place: one
 * that comes late, when another leads or the same one again, is refused.
 */
final class Orders {
    private final MachineSettings settings;
    private final Membership self;
    private final View view;
    private final PendingCommands commands;
    private final Retry answer;
    private long taken;
    private @Nullable Reply reply;

    Orders(MachineSettings settings, Membership self, View view, PendingCommands commands) {
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.commands = commands;
        this.answer = new Retry(settings.backOffCapNanos());
    }

    private record Reply(Order order, Answered answer) {}

    /** Takes what stands for this member: an eviction at any time, an order unless it has done so before. */
    void obey(Decisions step) {
        Eviction eviction = view.evictions().of(self.id());
        commands.obey(eviction == null ? null : eviction.by(), step);
        Order order = standing();
        if (order != null && order.revision() != taken && order.value() instanceof Asked asked) {
            taken = order.revision();
            obey(order, asked, step);
        }
    }

    /** Answers what has taken effect, or has not. */
    void advance(Decisions step) {
        Reply due = reply;
        if (due != null && !stands(due)) {
            reset(step); // Nobody waits for it any more.
        } else if (due != null && answer.ready(step.now())) {
            step.commit(
                    Purpose.ANSWER, answer, Transactions.answer(due.order(), due.answer()), settings.requestNanos());
        }
    }

    void onAnswered(RequestId request, Decisions step) {
        if (answer.accepts(request.number())) {
            step.succeeded(Purpose.ANSWER, answer);
            reply = null;
        }
    }

    void onFailed(RequestId request, StoreException cause, Decisions step) {
        if (answer.accepts(request.number()) && cause.kind() == StoreException.Kind.LEASE_NOT_FOUND) {
            reset(step); // The order is gone with it.
        } else if (answer.accepts(request.number())) {
            step.failed(Purpose.ANSWER, answer, cause);
        }
    }

    void wakeAt(Wakeup wakeup) {
        answer.wakeAt(wakeup);
    }

    private @Nullable Order standing() {
        Input.SessionUp session = self.session();
        return session == null ? null : view.orders().find(settings.keys().order(self.key(session)));
    }

    private void obey(Order order, Asked asked, Decisions step) {
        Candidacy own = self.candidacy();
        PendingCommands.Asker asker = asker(order);
        if (asked.operation() == null) {
            asker.failed(Kind.REFUSED, "this version does not know what is asked", step);
        } else if (own == null || own.createRevision() != asked.place()) {
            asker.failed(Kind.REFUSED, "its place of then is gone", step);
        } else {
            self.askedBy(asked.by());
            switch (asked.operation()) {
                case RESIGN -> commands.resign(asker, step);
                case TRANSFER -> commands.transfer(asker, asked.to(), step);
            }
        }
    }

    private PendingCommands.Asker asker(Order order) {
        return new PendingCommands.Asker() {
            @Override
            public void done(OperationOutcome outcome, Decisions step) {
                reply(new Reply(order, new Answered(order.revision(), outcome, Kind.REFUSED, "")), step);
            }

            @Override
            public void failed(Kind kind, String message, Decisions step) {
                self.askedBy("");
                reply(new Reply(order, new Answered(order.revision(), null, kind, message)), step);
            }
        };
    }

    /** What is not asked any more is not answered, and keeps nothing from being answered that is. */
    private void reply(Reply due, Decisions step) {
        if (stands(due)) {
            reset(step);
            reply = due;
        }
    }

    private boolean stands(Reply due) {
        return due.order().equals(view.orders().find(due.order().key()));
    }

    private void reset(Decisions step) {
        step.dropped(Purpose.ANSWER, answer);
        reply = null;
    }
}
