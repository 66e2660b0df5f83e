package io.github.election4j.internal.machine;

import org.jspecify.annotations.Nullable;

/**
 * P4, seen from an election: whose places the beats of the session have to prove. Those that are first or second, since
 * the second takes over without a round trip, and one that steps down, which must outlive its listeners.
 *
 * <p>H6: a first place that can neither be proven nor removed would stand for ever under a living lease.
 */
final class Proving {
    private final Membership self;
    private final View view;
    private final OwnTerm ownTerm;
    private final Following following;
    private long covered;
    /** Of which creation of the watch a beat was asked for afterwards. */
    private long confirmed;

    private boolean first;
    private boolean stuck;
    private long stuckSince;

    Proving(Membership self, View view, OwnTerm ownTerm, Following following) {
        this.self = self;
        this.view = view;
        this.ownTerm = ownTerm;
        this.following = following;
    }

    void advance(Decisions step) {
        Candidacy own = self.candidacy();
        boolean firstNow = own != null && view.isFirst(own);
        if (own == null || !matters(own)) {
            uncover(step);
        } else if (covered != own.createRevision()) {
            cover(own, step);
        } else if ((firstNow && !first) || unconfirmed()) {
            confirmed = following.creation();
            step.add(new Effect.BeatNow());
        }
        first = firstNow;
        look(own, firstNow, step);
    }

    /** Not before the watch is created: an earlier beat proves nothing that a term can begin with. */
    private void cover(Candidacy own, Decisions step) {
        if (following.creation() != 0) {
            confirmed = following.creation();
            covered = own.createRevision();
            step.add(new Effect.Cover(own.key(), covered));
        }
    }

    private boolean unconfirmed() {
        return following.creation() != 0 && following.creation() != confirmed;
    }

    private void uncover(Decisions step) {
        if (covered != 0) {
            step.add(new Effect.Uncover(covered));
            covered = 0;
        }
    }

    void wakeAt(Wakeup wakeup) {
        Candidacy own = self.candidacy();
        if (stuck && own != null) {
            wakeup.at(stuckSince + 2 * own.validityNanos());
            wakeup.at(stuckSince + 3 * own.validityNanos());
        } else if (own != null && first) {
            wakeup.at(own.validUntil());
        }
    }

    /** A place that the view has yet to show may be any. One that is given up is proven only for its listeners. */
    private boolean matters(Candidacy own) {
        if (self.leaving()) {
            return ownTerm.ending();
        }
        return view.rank(own) <= 1;
    }

    private void look(@Nullable Candidacy own, boolean isFirst, Decisions step) {
        if (own == null || !isFirst || own.valid(step.now())) {
            stuck = false;
            return;
        }
        if (!stuck) {
            stuck = true;
            stuckSince = step.now();
        } else if (Timing.reached(stuckSince + 3 * own.validityNanos(), step.now())) {
            stuckSince = step.now();
            step.add(new Effect.GiveUpSession(
                    own.leaseId(), "the key '" + own.key() + "' could neither be proven nor removed"));
        } else if (Timing.reached(stuckSince + 2 * own.validityNanos(), step.now())) {
            self.leave();
        }
    }
}
