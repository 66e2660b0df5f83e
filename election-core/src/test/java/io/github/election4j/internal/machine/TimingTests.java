package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTests {
    private static final Timing TEN_SECONDS = Timing.of(Duration.ofSeconds(10));

    @Test
    void validityIsFourFifthsOfTheLease() {
        assertThat(TEN_SECONDS.validityNanos()).isEqualTo(Duration.ofSeconds(8).toNanos());
        assertThat(TEN_SECONDS.validityMillis()).isEqualTo(8_000);
    }

    @Test
    void othersWaitForTheValidityAndTwiceTheDriftOfClocks() {
        assertThat(Timing.waitNanos(8_000)).isEqualTo(Duration.ofMillis(8_800).toNanos());
    }

    /** So that a crash costs no more than the lease. */
    @Test
    void theWaitIsShorterThanTheLease() {
        for (int seconds = 2; seconds < 3_600; seconds++) {
            Timing timing = Timing.of(Duration.ofSeconds(seconds));

            assertThat(Timing.waitNanos(timing.validityMillis())).isLessThan(timing.leaseNanos());
        }
    }

    @Test
    void whatIsToldToOthersIsWhatCounts() {
        Timing odd = Timing.of(Duration.ofNanos(2_000_999_999));

        assertThat(odd.validityNanos()).isEqualTo(odd.validityMillis() * 1_000_000);
    }

    @Test
    void thePeriodIsJitteredAndNeverLongerThanAThirdOfTheLease() {
        assertThat(TEN_SECONDS.periodNanos(0)).isLessThan(TEN_SECONDS.periodNanos(0.999));
        assertThat(TEN_SECONDS.periodNanos(0.999)).isLessThanOrEqualTo(TEN_SECONDS.leaseNanos() / 3);
    }

    @Test
    void twoAttemptsFitIntoAPeriod() {
        assertThat(2 * TEN_SECONDS.attemptNanos()).isLessThanOrEqualTo(TEN_SECONDS.periodNanos());
    }

    @Test
    void aLeaderIsReplacedAsSoonAsWasAskedFor() {
        Timing timing = new Timing(
                Duration.ofSeconds(10).toNanos(), Duration.ofSeconds(1).toNanos());

        assertThat(timing.validityMillis()).isEqualTo(909);
        assertThat(Timing.waitNanos(timing.validityMillis()))
                .isLessThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(timing.beatsApart()).isTrue();
        assertThat(TEN_SECONDS.beatsApart()).isFalse();
    }

    /** Or the key would be gone before its holder has stopped. */
    @Test
    void validityIsNeverLongerThanTheLeaseAllows() {
        Timing timing = new Timing(
                Duration.ofSeconds(10).toNanos(), Duration.ofSeconds(60).toNanos());

        assertThat(timing.validityMillis()).isEqualTo(8_000);
        assertThat(timing.withLease(Duration.ofSeconds(5)).validityMillis()).isEqualTo(4_000);
    }

    @Test
    void severalBeatsFitIntoTheValidity() {
        for (Duration failOver : List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(8))) {
            Timing timing = new Timing(Duration.ofSeconds(10).toNanos(), failOver.toNanos());

            assertThat(timing.beatNanos(0.999)).isLessThanOrEqualTo(timing.validityNanos() / 4);
            assertThat(timing.beatNanos(0)).isPositive().isLessThan(timing.beatNanos(0.999));
            assertThat(3 * timing.beatAttemptNanos() + timing.beatNanos(0.999))
                    .isLessThanOrEqualTo(timing.validityNanos());
        }
        assertThat(2 * TEN_SECONDS.beatAttemptNanos() + TEN_SECONDS.periodNanos())
                .isLessThan(TEN_SECONDS.validityNanos());
    }

    @Test
    void theLaterOfTwoMomentsIsFoundAcrossAnOverflow() {
        assertThat(Timing.later(Long.MAX_VALUE - 5, Long.MIN_VALUE + 5)).isEqualTo(Long.MIN_VALUE + 5);
        assertThat(Timing.later(Long.MIN_VALUE + 5, Long.MAX_VALUE - 5)).isEqualTo(Long.MIN_VALUE + 5);
    }

    @Test
    void momentsMayOverflow() {
        long beforeOverflow = Duration.ofNanos(Long.MAX_VALUE - 5).toNanos();
        long afterOverflow = beforeOverflow + 10;

        assertThat(Timing.reached(afterOverflow, beforeOverflow)).isFalse();
        assertThat(Timing.reached(beforeOverflow, afterOverflow)).isTrue();
        assertThat(Timing.reached(afterOverflow, afterOverflow)).isTrue();
    }

    @Test
    void theEarliestMomentWakesEvenAcrossAnOverflow() {
        long now = Duration.ofNanos(Long.MAX_VALUE - 5).toNanos();
        Wakeup wakeup = new Wakeup(now);

        wakeup.at(now + 30);
        wakeup.at(now + 20);
        wakeup.at(now - 1);

        assertThat(wakeup.earliest()).hasValue(now + 20);
    }
}
