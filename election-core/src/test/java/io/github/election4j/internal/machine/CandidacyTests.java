package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** P4: for how long a place is proven. The clock overflows before it is over. */
class CandidacyTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long VALIDITY = Duration.ofSeconds(8).toNanos();

    private final Candidacy own = new Candidacy("/e/7", 7, 5, VALIDITY, null);

    @Test
    void isNotProvenBeforeItsFirstBeat() {
        assertThat(own.provenSince(0)).isFalse();
        assertThat(own.valid(-1)).isFalse();
    }

    @Test
    void isValidFromTheSendingOfItsBeatUntilTheValidityIsOver() {
        own.proven(NOW);

        assertThat(own.valid(NOW + VALIDITY - 1)).isTrue();
        assertThat(own.valid(NOW + VALIDITY)).isFalse();
    }

    @Test
    void isProvenSinceAMomentByABeatThatWasSentNoEarlier() {
        own.proven(NOW);

        assertThat(own.provenSince(NOW)).isTrue();
        assertThat(own.provenSince(NOW + 1)).isFalse();
        assertThat(own.provenSince(NOW + VALIDITY)).isFalse();
    }

    @Test
    void isProvenByTheLatestOfItsBeats() {
        own.proven(NOW + VALIDITY / 2);
        own.proven(NOW);

        assertThat(own.validUntil()).isEqualTo(NOW + VALIDITY / 2 + VALIDITY);
    }
}
