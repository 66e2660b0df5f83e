package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import org.jspecify.annotations.Nullable;

/**
 * P7: keeps the mark true. Who stands and finds it gone writes it again (T5), and finds it smaller than a validity that
 * is known raises it (H4): whoever enters when nobody stands waits as long as the mark says. And who stands tells the
 * words that it owes, for others wait for them; nobody else, for only the own key shows that the history is the same.
 */
final class MarkKeeping {
    private final MachineSettings settings;
    private final Membership self;
    private final View view;
    private final Claims claims;
    private final Retry write;
    private @Nullable MarkValue sent;
    private MarkValue sentWords = MarkValue.NOTHING;

    MarkKeeping(MachineSettings settings, Membership self, View view, Claims claims) {
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.claims = claims;
        this.write = new Retry(settings.backOffCapNanos());
    }

    void advance(boolean following, boolean retiring, Decisions step) {
        if (!following || !write.ready(step.now())) {
            return;
        }
        Candidacy own = self.candidacy();
        Mark mark = view.mark();
        if (own != null && view.contains(own)) {
            long known = Math.max(self.memory().longestValidityMillis(), view.longestValidityMillis());
            MarkValue owed = self.memory().owed();
            if (!retiring && (mark.absent() || mark.value().validityMillis() < known || !owed.isSilent())) {
                sentWords = owed;
                send(mark.value().withValidity(known).withWords(owed), own, step);
            }
        }
    }

    void onWritten(RequestId request, TxnResult result, Decisions step) {
        MarkValue written = sent;
        if (!write.accepts(request.number()) || written == null) {
            return;
        }
        step.succeeded(Purpose.MARK, write);
        if (result.succeeded()) {
            view.learn(Mark.written(written, result.revision()), result.revision());
            self.memory().told(sentWords);
        } else {
            view.learn(view.markOf(Transactions.one(result, 0)), result.revision());
            write.failed(step.now(), step.random()); // Others do the same at the same moment.
        }
        claims.told(view.mark().value());
    }

    void onFailed(RequestId request, StoreException cause, Decisions step) {
        if (write.accepts(request.number())) {
            step.failed(Purpose.MARK, write, cause);
        }
    }

    void reset(Decisions step) {
        step.dropped(Purpose.MARK, write);
    }

    void wakeAt(Wakeup wakeup) {
        write.wakeAt(wakeup);
    }

    private void send(MarkValue joined, Candidacy own, Decisions step) {
        sent = joined;
        step.commit(
                Purpose.MARK,
                write,
                Transactions.mark(settings.keys(), own, view.mark(), joined),
                settings.requestNanos());
    }
}
