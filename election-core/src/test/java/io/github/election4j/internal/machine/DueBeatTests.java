package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P4: a beat that is due is sent, whatever comes in between. */
class DueBeatTests extends SessionBeats {
    @Test
    void aBeatThatIsDueAgainIsNotForgottenIfAnotherInputComesFirst() {
        covering(machine);
        step(new SessionInput.BeatFailed(0, beat().number(), failure(Kind.UNAVAILABLE)));
        now = machine.nextAlarm().orElseThrow();

        step(new SessionInput.BeatNow(0));

        assertThat(machine.nextAlarm().orElseThrow() - now).isEqualTo(1);
    }

    @Test
    void aPlaceThatIsCoveredAmidThePartsIsProvenAfterThem() {
        active(machine);
        step(new SessionInput.Cover("e", 0, "/e/7", 5));
        step(new SessionInput.Cover("f", 0, "/f/7", 6));
        step(new SessionInput.BeatFailed(0, beat().number(), failure(Kind.DENIED)));
        SessionEffect.Beat first = beat();
        step(new SessionInput.Cover("g", 0, "/g/7", 7));
        commit(first);
        commit(beat());
        long before = now;

        assertThat(beat().txn().compares()).contains(Txn.Compare.created("/g/7", 7));
        assertThat(now - before).isEqualTo(1);
    }

    @Test
    void theOthersOfAPartAreProvenAtOnceIfOneIsGone() {
        active(machine);
        for (int i = 1; i <= 4; i++) {
            step(new SessionInput.Cover("e" + i, 0, "/e" + i + "/7", i));
        }
        step(new SessionInput.BeatFailed(0, beat().number(), failure(Kind.DENIED)));
        step(new SessionInput.BeatCommitted(
                0, beat().number(), new TxnResult(false, 9, List.of(nothing(), found("/e2/7", 2)), 1)));
        commit(beat());
        long before = now;

        assertThat(beat().txn().compares()).contains(Txn.Compare.created("/e2/7", 2));
        assertThat(now - before).isEqualTo(1);
    }

    /** P13: nothing else would tell that the history is lost, where nothing is covered. */
    @Test
    void aProbeThatFailsIsSentAgain() {
        active(machine);
        step(new SessionInput.Probe());
        step(new SessionInput.BeatFailed(0, beat().number(), failure(Kind.UNAVAILABLE)));
        boolean again = false;
        for (int i = 0; i < 20; i++) {
            for (SessionEffect effect : alarm()) {
                again |= effect instanceof SessionEffect.Beat;
                if (effect instanceof SessionEffect.Renew renew) {
                    step(new SessionInput.Renewed(renew.generation()));
                }
            }
        }
        assertThat(again).isTrue();
    }
}
