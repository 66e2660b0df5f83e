package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import java.util.Optional;

/**
 * P12: replaces a leader that has fallen silent, without waiting for its lease. If its key and its beat are unchanged
 * when the transaction is committed, its last proof is older than its validity on any clock; and with no claim open,
 * nobody before it is valid either.
 */
final class TakeOver {
    private final MachineSettings settings;
    private final Membership self;
    private final View view;
    private final Claims claims;
    private final FollowedBeat beat;
    private final Following following;
    private final Retry takeOver;
    private long first;
    private long firstSince;
    private long sentFor;
    private long taken;
    private String sentBeat = "";

    TakeOver(
            MachineSettings settings,
            Membership self,
            View view,
            Claims claims,
            FollowedBeat beat,
            Following following) {
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.claims = claims;
        this.beat = beat;
        this.following = following;
        this.takeOver = new Retry(settings.backOffCapNanos());
    }

    void advance(Decisions step) {
        Place head = view.first().orElse(null);
        if (head == null ? first != 0 : head.createRevision() != first) {
            first = head == null ? 0 : head.createRevision();
            firstSince = step.now();
            step.dropped(Purpose.TAKE_OVER, takeOver);
        }
        Candidacy own = self.candidacy();
        if (own == null || head == null || !near(own)) {
            beat.follow(null, step);
            return;
        }
        String wanted = head.beat(settings.keys());
        beat.follow(wanted, step);
        if (wanted != null
                && beat.knows(wanted)
                && !self.leaving()
                && head.createRevision() != taken
                && takeOver.ready(step.now())
                && Timing.reached(due(head, own), step.now())
                && claims.passed(step.now())) {
            send(head, wanted, step);
        }
    }

    private boolean near(Candidacy own) {
        int rank = view.rank(own);
        return rank > 0 && rank < View.FURTHER_BACK;
    }

    void onAnswered(RequestId request, TxnResult result, Decisions step) {
        if (!takeOver.accepts(request.number())) {
            return;
        }
        step.succeeded(Purpose.TAKE_OVER, takeOver);
        if (result.succeeded()) {
            taken = sentFor; // The watch tells, in order.
            return;
        }
        view.learn(view.markOf(Transactions.one(result, 1)), result.revision());
        Optional<KeyValue> found = Transactions.one(result, 2);
        found.ifPresent(moved -> step.add(new Effect.BeatSeen(sentBeat, moved.modRevision())));
        if (Transactions.created(result, 0) != sentFor) {
            following.close(step); // Its watch has lost the deletion, or is late.
        }
        // Whatever has moved, not again before it can be known here.
        takeOver.failed(step.now(), 1);
    }

    void onFailed(RequestId request, StoreException cause, Decisions step) {
        if (takeOver.accepts(request.number())) {
            step.failed(Purpose.TAKE_OVER, takeOver, cause);
        }
    }

    void reset(Decisions step) {
        step.dropped(Purpose.TAKE_OVER, takeOver);
    }

    /** In another history the same revision is another place's. */
    void forget() {
        first = 0;
        taken = 0;
    }

    void wakeAt(Wakeup wakeup) {
        takeOver.wakeAt(wakeup);
        Candidacy own = self.candidacy();
        Place head = view.first().orElse(null);
        if (own != null && head != null && beat.knows(head.beat(settings.keys()))) {
            wakeup.at(due(head, own));
            claims.wakeAt(wakeup);
        }
    }

    /** Who is not next is more patient: the next may be about to do it. */
    private long due(Place head, Candidacy own) {
        long behind = view.rank(own) - 1L;
        return Timing.later(beat.receivedAt(), firstSince) + head.waitNanos() + behind * own.validityNanos() / 2;
    }

    private void send(Place head, String key, Decisions step) {
        sentFor = head.createRevision();
        sentBeat = key;
        Mark mark = view.mark();
        MarkValue joined = mark.value().withReleased(head.createRevision());
        if (mark.absent()) {
            joined = joined.withValidity(Math.max(self.memory().longestValidityMillis(), view.longestValidityMillis()));
        }
        step.commit(
                Purpose.TAKE_OVER,
                takeOver,
                Transactions.takeOver(settings.keys(), head, key, beat.revision(), mark, joined),
                settings.requestNanos());
    }
}
