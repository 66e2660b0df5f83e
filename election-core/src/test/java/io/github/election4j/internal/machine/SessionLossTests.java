package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.ElectionStore.Lease;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P1, P7, P13: what outlives a lease, and what does not. The clock overflows on the way. */
class SessionLossTests extends SessionBeats {
    private static final String BEAT = "/election4j/beat/9/0";

    @Test
    void anotherLeaseIsAskedForAtOnceThoughARenewalIsUnderWay() {
        active(machine);
        SessionEffect.Renew first = renewal();
        step(new SessionInput.Renewed(first.generation()));
        SessionEffect.Renew second = renewal();

        List<SessionEffect> effects = step(new SessionInput.LeaseGone(7));

        assertThat(effects)
                .containsExactly(
                        new SessionEffect.TellElections(new Input.SessionDown(Input.Loss.LEASE_GONE)),
                        new SessionEffect.Grant(second.generation() + 2));
        assertThat(step(new SessionInput.Failed(second.generation(), failure(Kind.LEASE_NOT_FOUND))))
                .as("told again")
                .isEmpty();
    }

    @Test
    void noBeatUnderTheNextLeaseCoversWhatWasCoveredUnderTheOneBefore() {
        covering(machine);
        commit(beat());
        SessionEffect.Grant grant = grant(step(new SessionInput.LeaseGone(7)));
        step(new SessionInput.Granted(grant.generation(), new Lease(8, TTL)));

        step(new SessionInput.Cover("f", 0, "/f/8", 12));

        assertThat(beat().txn().compares()).containsExactly(Txn.Compare.created("/f/8", 12));
    }

    @Test
    void whyALeaseIsGivenUpByACloneIsTold() {
        covering(machine);
        SessionEffect.Beat beat = beat();

        List<SessionEffect> effects = step(new SessionInput.BeatCommitted(
                0, beat.number(), new TxnResult(true, 9, List.of(found("/b", "a twin's")), 1)));

        assertThat(effects)
                .filteredOn(SessionEffect.Warn.class::isInstance)
                .singleElement()
                .matches(warning -> ((SessionEffect.Warn) warning).message().contains("cloned"));
    }

    @Test
    void nothingIsFollowedIntoAnotherHistory() {
        active(machine);
        follow();

        assertThat(step(new SessionInput.HistoryLost())).contains(new SessionEffect.CloseBeatWatch(BEAT));
    }

    @Test
    void nothingIsFollowedAfterTheEnd() {
        active(machine);
        follow();

        assertThat(step(new SessionInput.Close()))
                .containsExactly(new SessionEffect.CloseBeatWatch(BEAT), new SessionEffect.Revoke(7));
    }

    @Test
    void aBeatThatIsFollowedIsReadAgainAfterAFailure() {
        step(new SessionInput.Start());
        step(new SessionInput.Follow("e", BEAT));

        step(new SessionInput.BeatReadFailed(BEAT, 1, failure(Kind.UNAVAILABLE)));

        assertThat(alarm()).containsExactly(new SessionEffect.ReadBeat(BEAT, 2, Transactions.ask(BEAT)));
    }

    @Test
    void aBeatThatIsFollowedIsReadAgainAfterItsWatchHasEnded() {
        step(new SessionInput.Start());
        follow();

        step(new SessionInput.BeatWatchEnded(BEAT, failure(Kind.UNAVAILABLE)));

        assertThat(alarm()).containsExactly(new SessionEffect.ReadBeat(BEAT, 2, Transactions.ask(BEAT)));
    }

    private void follow() {
        step(new SessionInput.Follow("e", BEAT));
        step(new SessionInput.BeatRead(BEAT, 1, new TxnResult(true, 9, List.of(nothing()), 1)));
    }

    private SessionEffect.Renew renewal() {
        return alarmUntil(SessionEffect.Renew.class).stream()
                .filter(SessionEffect.Renew.class::isInstance)
                .map(SessionEffect.Renew.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private SessionEffect.Grant grant(List<SessionEffect> effects) {
        List<SessionEffect> all = effects.stream().anyMatch(SessionEffect.Grant.class::isInstance)
                ? effects
                : alarmUntil(SessionEffect.Grant.class);
        return all.stream()
                .filter(SessionEffect.Grant.class::isInstance)
                .map(SessionEffect.Grant.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
