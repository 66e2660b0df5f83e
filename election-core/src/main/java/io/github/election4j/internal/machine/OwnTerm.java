package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * S3: this member's own terms, and what is announced of the leader. A term is begun before its grant is announced and
 * ended before its revocation is; after the revocation it goes on <em>ending</em> until its listeners have returned.
 */
final class OwnTerm {
    private final MachineSettings settings;
    private final Membership self;
    private final TermJournal journal;
    private @Nullable Candidate term;
    private @Nullable Ending ending;
    private @Nullable Candidate announced;

    OwnTerm(MachineSettings settings, Membership self, TermJournal journal) {
        this.settings = settings;
        this.self = self;
        this.journal = journal;
    }

    private record Ending(long token, long deadline) {}

    @Nullable
    Candidate current() {
        return term;
    }

    boolean leading() {
        return term != null;
    }

    boolean ending() {
        return ending != null;
    }

    /** Who was last announced as the leader. */
    @Nullable
    Candidate announced() {
        return announced;
    }

    /** What the machine shows of itself in this state. */
    MachineSnapshot snapshot(ElectionState state, View view) {
        return new MachineSnapshot(
                state,
                announced,
                term,
                self.staysOut(),
                view.candidates(),
                view.evictions().list(),
                view.orders().list(),
                view.terms().list(),
                view.revision());
    }

    void begin(Candidacy own, Decisions step) {
        Candidate me = self.candidate(own);
        term = me;
        own.leads();
        step.add(new Effect.BeginTerm(me, own.validUntil()));
        journal.begins(me, step);
        announce(me, LeaderState.IS_LEADER, me.fencingToken(), ChangeReason.ELECTED, step);
    }

    /** P9: validity is over. */
    void lapse(Decisions step) {
        Candidacy own = self.candidacy();
        if (own == null || !own.valid(step.now())) {
            lose(ChangeReason.EXPIRED, step);
        }
    }

    /** P9: from here on this member does not lead. A term that is lost is never revived: its place is given up. */
    void lose(ChangeReason reason, Decisions step) {
        Candidate lost = term;
        if (lost != null) {
            long agoNanos = reason == ChangeReason.EXPIRED ? sinceLapse(step.now()) : 0;
            term = null;
            ending = new Ending(lost.fencingToken(), step.now() + settings.stepDownNanos());
            self.leave();
            step.add(new Effect.EndTerm(reason));
            journal.ends(reason, agoNanos, step);
            announce(null, LeaderState.RETIRE_FROM_LEADER, lost.fencingToken(), reason, step);
        }
    }

    /** A process that was paused notices late what isLeader() has known all the time. */
    private long sinceLapse(long now) {
        Candidacy own = self.candidacy();
        return own == null ? 0 : Math.max(0, now - own.validUntil());
    }

    void take(Input.OfTerm news, Decisions step) {
        if (news instanceof Input.TermLapsed && term != null && term.fencingToken() == news.token()) {
            lose(ChangeReason.EXPIRED, step);
        } else if (news instanceof Input.ListenersReturned && ending != null && ending.token() == news.token()) {
            ending = null;
        }
    }

    /** S4: a listener that hangs does not hold the election up for ever. */
    void giveUpListeners(Decisions step) {
        if (ending != null && Timing.reached(ending.deadline(), step.now())) {
            step.add(new Effect.Warn("A listener has not returned from the revocation of term " + ending.token()
                    + " within the step-down timeout. The successor may start while it still runs."));
            ending = null;
        }
    }

    /** In another history it was no term. */
    void historyLost(Decisions step) {
        journal.forget(step);
    }

    /**
     * Followers hear every change, nobody included. One of ours is named once nobody who was seen before it can be
     * valid; a foreign one leads as soon as it is first.
     */
    void observe(Optional<Place> first, boolean earlierHaveStopped, Decisions step) {
        if (term == null) {
            tell(
                    first.filter(each -> !self.owns(each))
                            .filter(each -> !each.ours() || earlierHaveStopped)
                            .map(Place::candidate)
                            .orElse(null),
                    step);
        }
        journal.advance(step);
    }

    /** Somebody has released its place before it was named: its term is told of all the same. */
    void ledUntilNow(Place place, Decisions step) {
        if (term == null && !self.owns(place)) {
            tell(place.candidate(), step);
        }
    }

    private void tell(@Nullable Candidate leader, Decisions step) {
        if (!Objects.equals(leader, announced)) {
            Long token = leader == null ? null : leader.fencingToken();
            announce(leader, LeaderState.IS_NOT_LEADER, token, ChangeReason.OBSERVED, step);
        }
    }

    void wakeAt(Wakeup wakeup) {
        if (ending != null) {
            wakeup.at(ending.deadline());
        }
        journal.wakeAt(wakeup);
    }

    private void announce(
            @Nullable Candidate leader, LeaderState state, @Nullable Long token, ChangeReason reason, Decisions step) {
        step.add(new Effect.Announce(announced, leader, state, token, reason));
        announced = leader;
    }
}
