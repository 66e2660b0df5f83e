package io.github.election4j.internal.machine;

import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;

/** Gives each reply to whoever has asked; that of a retirement, which ends a candidacy, goes to the machine itself. */
final class Replies {
    private final Following following;
    private final Lowering lowering;
    private final Entering entering;
    private final MarkKeeping markKeeping;
    private final TakeOver takeOver;
    private final Retiring retiring;
    private final Orders orders;
    private final TermJournal journal;

    Replies(
            Following following,
            Lowering lowering,
            Entering entering,
            MarkKeeping markKeeping,
            TakeOver takeOver,
            Retiring retiring,
            Orders orders,
            TermJournal journal) {
        this.following = following;
        this.lowering = lowering;
        this.entering = entering;
        this.markKeeping = markKeeping;
        this.takeOver = takeOver;
        this.retiring = retiring;
        this.orders = orders;
        this.journal = journal;
    }

    void take(Input.OfRequests reply, Decisions step) {
        if (reply instanceof Input.Committed committed) {
            committed(committed.request(), committed.result(), step);
        } else if (reply instanceof Input.Failed failed) {
            failed(failed.request(), failed.cause(), step);
        }
    }

    private void committed(RequestId request, TxnResult result, Decisions step) {
        switch (request.purpose()) {
            case READ -> following.onRead(request, result, step);
            case PAST -> lowering.onPast(request, result);
            case ENTER -> entering.onEntered(request, result, step);
            case REMOVE -> entering.onRemoved(request, step);
            case ASK -> entering.onAsked(request, result, step);
            case MARK -> markKeeping.onWritten(request, result, step);
            case TAKE_OVER -> takeOver.onAnswered(request, result, step);
            case ANSWER -> orders.onAnswered(request, step);
            case JOURNAL -> journal.onWritten(request, result, step);
            case RETIRE -> throw new IllegalArgumentException("not to be answered here");
        }
    }

    private void failed(RequestId request, StoreException cause, Decisions step) {
        switch (request.purpose()) {
            case READ -> following.onReadFailed(request, cause, step);
            case PAST -> lowering.onFailed(request);
            case ENTER, REMOVE, ASK -> entering.onFailed(request, cause, step);
            case MARK -> markKeeping.onFailed(request, cause, step);
            case TAKE_OVER -> takeOver.onFailed(request, cause, step);
            case RETIRE -> retiring.onFailed(request, cause, step);
            case ANSWER -> orders.onFailed(request, cause, step);
            case JOURNAL -> journal.onFailed(request, cause, step);
        }
    }
}
