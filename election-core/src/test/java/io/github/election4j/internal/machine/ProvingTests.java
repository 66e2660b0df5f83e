package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** P4, H6. This member's own place is that of revision 5. */
class ProvingTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long VALIDITY = Scenario.VALIDITY.toNanos();

    private final MachineSettings settings = new MachineSettings(
            new ElectionKeys("/e"), "me", "", 0, 1, 1, Timing.of(Scenario.LEASE), false, HandOverTo.NEXT);
    private final Membership self = new Membership(settings, new ElectionMemory());
    private final View view = new View(settings.keys());
    private final Claims claims = new Claims();
    private final OwnTerm ownTerm = new OwnTerm(settings, self, new TermJournal(settings, self, view));
    private final Following following =
            new Following(settings, self, view, claims, ownTerm, new Lowering(settings, claims, new FollowedBeat()));
    private final Proving proving = new Proving(self, view, ownTerm, following);
    private final Candidacy own = new Candidacy("/e/1", 1, 5, VALIDITY, null);

    @Test
    void looksAtAFirstPlaceWhenItIsValidNoMore() {
        stands("/e/1", 5);
        own.proven(NOW);

        advance(NOW);

        assertThat(wakesAt(NOW)).hasValue(NOW + VALIDITY);
    }

    @Test
    void doesNotLookAtAPlaceThatIsNotFirst() {
        stands("/e/2", 4);
        stands("/e/1", 5);
        own.proven(NOW);

        advance(NOW);

        assertThat(wakesAt(NOW)).isEmpty();
    }

    @Test
    void aFirstPlaceThatIsNotProvenLeavesAfterTwiceItsValidity() {
        stands("/e/1", 5);
        advance(NOW);
        assertThat(wakesAt(NOW)).hasValue(NOW + 2 * VALIDITY);

        advance(NOW + 2 * VALIDITY - 1);
        assertThat(self.leaving()).isFalse();
        advance(NOW + 2 * VALIDITY);

        assertThat(self.leaving()).isTrue();
    }

    @Test
    void andGivesUpTheSessionAfterThreeTimesItsValidity() {
        stands("/e/1", 5);
        advance(NOW);
        advance(NOW + 2 * VALIDITY);
        assertThat(wakesAt(NOW + 2 * VALIDITY)).hasValue(NOW + 3 * VALIDITY);

        assertThat(advance(NOW + 3 * VALIDITY - 1).effects()).isEmpty();

        assertThat(advance(NOW + 3 * VALIDITY).effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.GiveUpSession.class,
                        gaveUp -> assertThat(gaveUp.leaseId()).isEqualTo(1));
    }

    private Decisions advance(long now) {
        Decisions step = new Decisions(new Moment(now, 0, 0.5));
        proving.advance(step);
        return step;
    }

    private OptionalLong wakesAt(long now) {
        Wakeup wakeup = new Wakeup(now);
        proving.wakeAt(wakeup);
        return wakeup.earliest();
    }

    private void stands(String key, long revision) {
        if (key.equals(own.key())) {
            self.enters(own);
        }
        view.apply(new WatchEvent.Put(new KeyValue(key, Scenario.value("id", 8_000), revision, revision, 0)));
    }
}
