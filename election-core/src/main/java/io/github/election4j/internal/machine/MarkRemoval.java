package io.github.election4j.internal.machine;

import io.github.election4j.spi.TxnResult;

/**
 * P7: the last member to leave in order removes the mark, so that the next start need not wait.
 *
 * <p>Why it is safe: this member has seen every change up to its own deletion, nobody was left then, every earlier
 * leader had stopped; and since each entry writes the mark, a mark older than the deletion proves that nobody has
 * entered since. A failure leaves the mark, which costs the next start a wait and nothing else.
 */
final class MarkRemoval {
    private final MachineSettings settings;
    private final Self self;
    private final Queue queue;
    private final Horizon horizon;
    private final Mark mark;
    private final Retry request;
    private long deletedAt;

    MarkRemoval(MachineSettings settings, Self self, Queue queue, Horizon horizon, Mark mark) {
        this.settings = settings;
        this.self = self;
        this.queue = queue;
        this.horizon = horizon;
        this.mark = mark;
        this.request = new Retry(settings.backOffCapNanos());
    }

    boolean pending() {
        return deletedAt != 0;
    }

    /** This member has left, by a deletion in this revision. */
    void left(long revision) {
        deletedAt = mark.denied() ? 0 : revision;
    }

    void advance(boolean watching, Step step) {
        if (!watching) {
            deletedAt = 0;
        }
        if (!pending() || request.inFlight() || queue.revision() < deletedAt) {
            return;
        }
        if (self.wanted() || !queue.isEmpty() || !horizon.passed(step.now())) {
            deletedAt = 0;
        } else {
            step.commit(
                    Tag.Purpose.READ_MARK,
                    request,
                    Transactions.readQueue(settings.prefix(), mark),
                    settings.requestNanos());
        }
    }

    void onCommitted(Tag tag, TxnResult result, Step step) {
        if (!request.accepts(tag.generation())) {
            return;
        }
        request.succeeded();
        if (tag.purpose() == Tag.Purpose.REMOVE_MARK) {
            mark.gone();
            deletedAt = 0;
            return;
        }
        mark.found(Transactions.found(result, 1), horizon);
        boolean nobodySince = Transactions.found(result, 0).isEmpty() && mark.revision() < deletedAt;
        if (mark.absent() || !nobodySince || self.wanted()) {
            deletedAt = 0;
        } else {
            step.commit(Tag.Purpose.REMOVE_MARK, request, Transactions.removeMark(mark), settings.requestNanos());
        }
    }

    void onFailed(Tag tag) {
        if (request.accepts(tag.generation())) {
            request.succeeded();
            deletedAt = 0;
        }
    }
}
