package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
