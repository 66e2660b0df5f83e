package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P4: when beats go out, and what their answers mean. The clock overflows on the way. */
class SessionBeatTests extends SessionBeats {
    private static final Timing FAIL_OVER =
            new Timing(TTL.toNanos(), Duration.ofMillis(2_200).toNanos());

    @Test
    void goOutInTheSameTickAsTheRenewal() {
        covering(machine);
        commit(beat());

        List<SessionEffect> effects = alarmUntil(SessionEffect.Renew.class);

        assertThat(effects).hasAtLeastOneElementOfType(SessionEffect.Beat.class);
    }

    @Test
    void goOutWhetherOrNotRenewalsSucceed() {
        random = 0.999;
        covering(machine);
        int beats = 0;
        long end = now + Duration.ofSeconds(60).toNanos();
        while (end - now > 0) {
            for (SessionEffect effect : alarm()) {
                if (effect instanceof SessionEffect.Beat beat) {
                    beats++;
                    commit(beat);
                } else if (effect instanceof SessionEffect.Renew renew) {
                    step(new SessionInput.Failed(renew.generation(), failure(Kind.UNAVAILABLE)));
                }
            }
        }

        assertThat(beats).isBetween(18, 24);
    }

    /** With {@code fail-over}: each D/4, within a deadline of D/4; renewals as ever. */
    @Test
    void goOutMoreOftenWhereALeaderIsToBeReplacedSoon() {
        machine = new SessionMachine(FAIL_OVER);
        random = 0.999;
        covering(machine);
        int beats = 0;
        int renewals = 0;
        long end = now + Duration.ofSeconds(20).toNanos();
        while (end - now > 0) {
            for (SessionEffect effect : alarm()) {
                if (effect instanceof SessionEffect.Beat beat) {
                    beats++;
                    assertThat(beat.timeoutNanos())
                            .isEqualTo(Duration.ofMillis(500).toNanos());
                    commit(beat);
                } else if (effect instanceof SessionEffect.Renew renew) {
                    renewals++;
                    step(new SessionInput.Renewed(renew.generation()));
                }
            }
        }

        assertThat(beats).isBetween(38, 50);
        assertThat(renewals).isBetween(5, 7);
    }

    /** However soon a leader is to be replaced, the lease is renewed in its own time, and beats go along. */
    @Test
    void goOutWithTheRenewalTooWhereTheyGoOutMoreOften() {
        covering(new SessionMachine(FAIL_OVER));
        long granted = now;
        List<SessionEffect> effects = alarm();
        while (effects.stream().noneMatch(SessionEffect.Renew.class::isInstance)) {
            effects.forEach(effect -> {
                if (effect instanceof SessionEffect.Beat beat) {
                    commit(beat);
                }
            });
            effects = alarm();
        }

        assertThat(now - granted).isEqualTo(FAIL_OVER.periodNanos(random));
        assertThat(effects).hasAtLeastOneElementOfType(SessionEffect.Beat.class);
    }

    @Test
    void noneGoesOutWhereNothingIsCovered() {
        active(machine);

        for (int i = 0; i < 10; i++) {
            for (SessionEffect effect : alarm()) {
                assertThat(effect).isNotInstanceOf(SessionEffect.Beat.class);
                if (effect instanceof SessionEffect.Renew renew) {
                    step(new SessionInput.Renewed(renew.generation()));
                }
            }
        }
    }

    @Test
    void whatFallsDueInOneTurnSharesOne() {
        active(machine);
        step(new SessionInput.Cover("e", 0, "/e/7", 5));
        step(new SessionInput.Cover("f", 0, "/f/7", 6));
        step(new SessionInput.BeatNow(0));

        List<SessionEffect> effects = alarm();

        assertThat(effects)
                .singleElement()
                .satisfies(beat -> assertThat(((SessionEffect.Beat) beat).txn().compares())
                        .containsExactly(Txn.Compare.created("/e/7", 5), Txn.Compare.created("/f/7", 6)));
    }

    @Test
    void noTwoSayTheSame() {
        covering(machine);
        List<String> nonces = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SessionEffect.Beat beat = beat();
            nonces.add(((Txn.Swap) beat.txn().then().get(0)).value());
            commit(beat);
            step(new SessionInput.BeatNow(0));
        }

        assertThat(nonces).doesNotHaveDuplicates();
    }

    @Test
    void proveFromTheirSendingOnly() {
        covering(machine);
        SessionEffect.Beat beat = beat();
        long sentAt = now;
        now += Duration.ofSeconds(1).toNanos();

        assertThat(commit(beat)).contains(new SessionEffect.TellElection("e", new Input.Proven(5, sentAt)));
    }

    @Test
    void proveNothingIfTheOutcomeIsUnknownAndAreSentAgain() {
        covering(machine);
        SessionEffect.Beat beat = beat();

        List<SessionEffect> effects = step(new SessionInput.BeatFailed(0, beat.number(), failure(Kind.UNAVAILABLE)));

        assertThat(effects).noneMatch(SessionEffect.TellElection.class::isInstance);
        assertThat(effects).contains(new SessionEffect.Report("heartbeat", "why", 1));
        assertThat(beat().number()).isGreaterThan(beat.number());
    }

    @Test
    void provedByALateAnswerAreNone() {
        covering(machine);
        SessionEffect.Beat first = beat();
        step(new SessionInput.BeatFailed(0, first.number(), failure(Kind.UNAVAILABLE)));
        beat();

        assertThat(commit(first)).noneMatch(SessionEffect.TellElection.class::isInstance);
    }

    @Test
    void loseThePlacesThatAreGoneAndAreSentAgainAtOnceForTheOthers() {
        active(machine);
        step(new SessionInput.Cover("e", 0, "/e/7", 5));
        step(new SessionInput.Cover("f", 0, "/f/7", 6));
        step(new SessionInput.Cover("g", 0, "/g/7", 7));
        SessionEffect.Beat beat = beat();

        List<SessionEffect> effects = step(new SessionInput.BeatCommitted(
                0, beat.number(), new TxnResult(false, 9, List.of(found("/e/7", 5), nothing(), found("/g/7", 8)), 1)));

        assertThat(effects)
                .filteredOn(SessionEffect.TellElection.class::isInstance)
                .containsExactlyInAnyOrder(
                        new SessionEffect.TellElection("f", new Input.PlaceGone(6)),
                        new SessionEffect.TellElection("g", new Input.PlaceGone(7)));
        assertThat(beat().txn().compares()).containsExactly(Txn.Compare.created("/e/7", 5));
    }

    @Test
    void tellThatTheProcessWasClonedIfSomebodyElseHasSentTheOneBefore() {
        covering(machine);
        commit(beat());
        step(new SessionInput.BeatNow(0));
        SessionEffect.Beat beat = beat();

        List<SessionEffect> effects = step(new SessionInput.BeatCommitted(
                0, beat.number(), new TxnResult(true, 9, List.of(found("/b", "a twin's")), 1)));

        assertThat(effects).contains(new SessionEffect.TellElections(new Input.SessionDown(Input.Loss.CLONED)));
        assertThat(effects)
                .noneMatch(each ->
                        each instanceof SessionEffect.TellElection tell && tell.input() instanceof Input.Proven);
    }

    /** P13. */
    @Test
    void goOutForNothingIfAReadHasGoneBack() {
        active(machine);

        step(new SessionInput.Probe());

        assertThat(beat().txn().compares()).isEmpty();
    }

    @Test
    void uncoverExactlyThePlaceThatIsMeant() {
        covering(machine);
        commit(beat());

        step(new SessionInput.Cover("e", 0, "/e/7", 9));
        step(new SessionInput.Uncover("e", 0, 5));

        assertThat(beat().txn().compares()).containsExactly(Txn.Compare.created("/e/7", 9));
    }
}
