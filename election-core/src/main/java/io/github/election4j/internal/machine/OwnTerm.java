package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.LeaderState;
import io.github.election4j.internal.machine.Queue.Entry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * S3: this member's own terms, and what is announced of the leader. A term is begun before its grant is announced and
 * ended before its revocation is; after the revocation it goes on <em>ending</em> until its listeners have returned.
 */
final class OwnTerm {
    private final MachineSettings settings;
    private final Self self;
    private @Nullable Candidate term;
    private @Nullable Ending ending;
    private @Nullable Candidate announced;

    OwnTerm(MachineSettings settings, Self self) {
        this.settings = settings;
        this.self = self;
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

    void begin(Place place, Step step) {
        Candidate me = self.candidate(place);
        term = me;
        place.leads();
        step.emit(new Effect.BeginTerm(me, place.validUntil()));
        announce(me, LeaderState.IS_LEADER, me.fencingToken(), ChangeReason.ELECTED, step);
    }

    /** P9: from here on this member does not lead. A term that is lost is never revived: its place is given up. */
    void lose(ChangeReason reason, Step step) {
        Candidate lost = term;
        if (lost != null) {
            term = null;
            ending = new Ending(lost.fencingToken(), step.now() + settings.stepDownNanos());
            self.leave();
            step.emit(new Effect.EndTerm(reason));
            announce(null, LeaderState.RETIRE_FROM_LEADER, lost.fencingToken(), reason, step);
        }
    }

    void take(Input.OfTerm news, Step step) {
        if (news instanceof Input.TermLapsed && term != null && term.fencingToken() == news.token()) {
            lose(ChangeReason.EXPIRED, step);
        } else if (news instanceof Input.ListenersReturned && ending != null && ending.token() == news.token()) {
            ending = null;
        }
    }

    /** S4: a listener that hangs does not hold the election up for ever. */
    void giveUpListeners(Step step) {
        if (ending != null && Timing.reached(ending.deadline(), step.now())) {
            step.emit(new Effect.Warn("A listener has not returned from the revocation of term " + ending.token()
                    + " within the step-down timeout. The successor may start while it still runs."));
            ending = null;
        }
    }

    /** Followers hear every change, nobody included. */
    void observe(@Nullable Entry head, Step step) {
        if (term != null) {
            return;
        }
        boolean leads = head != null && head.leadsAsHead() && !self.owns(head.createRevision());
        Candidate leader = leads ? Objects.requireNonNull(head).candidate() : null;
        if (!Objects.equals(leader, announced)) {
            Long token = leader == null ? null : leader.fencingToken();
            announce(leader, LeaderState.IS_NOT_LEADER, token, ChangeReason.OBSERVED, step);
        }
    }

    void wakeAt(Wakeup wakeup) {
        if (ending != null) {
            wakeup.at(ending.deadline());
        }
    }

    private void announce(
            @Nullable Candidate leader, LeaderState state, @Nullable Long token, ChangeReason reason, Step step) {
        step.emit(new Effect.Announce(announced, leader, state, token, reason));
        announced = leader;
    }
}
