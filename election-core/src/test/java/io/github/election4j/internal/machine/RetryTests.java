package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** P11. */
class RetryTests {
    private static final long CAP = Duration.ofSeconds(3).toNanos();
    private static final long NOW = Long.MAX_VALUE - 1_000;

    private final Retry retry = new Retry(CAP);

    @Test
    void isReadyAtFirst() {
        assertThat(retry.ready(NOW)).isTrue();
    }

    @Test
    void oneRequestIsUnderWayAtATime() {
        retry.begin();

        assertThat(retry.ready(NOW)).isFalse();
        assertThat(retry.inFlight()).isTrue();
    }

    @Test
    void onlyTheReplyToTheRequestUnderWayIsAccepted() {
        long first = retry.begin();
        retry.failed(NOW, 0);
        long second = retry.begin();

        assertThat(retry.accepts(first)).isFalse();
        assertThat(retry.accepts(second)).isTrue();
        retry.succeeded();
        assertThat(retry.accepts(second)).isFalse();
    }

    @Test
    void aResetRefusesTheReplyUnderWay() {
        long request = retry.begin();

        retry.reset();

        assertThat(retry.accepts(request)).isFalse();
        assertThat(retry.ready(NOW)).isTrue();
    }

    @Test
    void waitsAfterAFailure() {
        retry.begin();
        retry.failed(NOW, 0.5);
        long delay = Retry.delayNanos(1, CAP, 0.5);

        assertThat(retry.ready(NOW + delay - 1)).isFalse();
        assertThat(retry.ready(NOW + delay)).isTrue();
    }

    @Test
    void wakesWhenTheDelayIsOver() {
        retry.begin();
        retry.failed(NOW, 0.5);
        Wakeup wakeup = new Wakeup(NOW);

        retry.wakeAt(wakeup);

        assertThat(wakeup.earliest()).hasValue(NOW + Retry.delayNanos(1, CAP, 0.5));
    }

    @Test
    void delaysGrowUpToTheCap() {
        long previous = 0;
        for (int failures = 1; failures <= 8; failures++) {
            long delay = Retry.delayNanos(failures, CAP, 0.999);
            assertThat(delay).isGreaterThan(previous).isLessThan(CAP);
            previous = delay;
        }
        assertThat(Retry.delayNanos(1_000_000, CAP, 0.999)).isBetween(CAP / 2, CAP);
    }

    @Test
    void delaysAreFullyJittered() {
        assertThat(Retry.delayNanos(30, CAP, 0)).isZero();
        assertThat(Retry.delayNanos(30, CAP, 0.25)).isEqualTo(CAP / 4);
    }

    @Test
    void aSuccessEndsTheSeries() {
        retry.begin();
        retry.failed(NOW, 1);
        retry.begin();

        retry.succeeded();

        assertThat(retry.failures()).isZero();
        assertThat(retry.ready(NOW)).isTrue();
    }

    @Test
    void anAnswerThatProvesNothingYetLeavesTheSeries() {
        retry.begin();
        retry.failed(NOW, 1);
        retry.begin();

        retry.answered();

        assertThat(retry.failures()).isEqualTo(1);
        assertThat(retry.ready(NOW)).isTrue();
    }
}
