package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7. The clock overflows while claims are open. */
class HorizonTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long WAIT = Duration.ofMillis(8_800).toNanos();

    private final Horizon horizon = new Horizon();

    @Test
    void hasPassedWhereNothingIsClaimed() {
        assertThat(horizon.passed(NOW)).isTrue();
    }

    @Test
    void aVanishedHeadIsWaitedOut() {
        horizon.headVanished(5, NOW, 8_000);

        assertThat(horizon.passed(NOW + WAIT - 1)).isFalse();
        assertThat(horizon.passed(NOW + WAIT)).isTrue();
    }

    @Test
    void theLastClaimCounts() {
        horizon.headVanished(5, NOW, 8_000);
        horizon.headVanished(6, NOW, 1_000);

        assertThat(horizon.passed(NOW + WAIT - 1)).isFalse();
    }

    @Test
    void aForeignHeadIsNotWaitedFor() {
        horizon.headVanished(5, NOW, 0);

        assertThat(horizon.passed(NOW)).isTrue();
    }

    @Test
    void leadersUnseenAreWaitedOutForTheLargestValidityKnown() {
        horizon.know(8_000);
        horizon.know(2_000);
        horizon.leadersUnseen(NOW);

        assertThat(horizon.passed(NOW + WAIT - 1)).isFalse();
        assertThat(horizon.passed(NOW + WAIT)).isTrue();
    }

    @Test
    void aValidityThatBecomesKnownLaterCountsToo() {
        horizon.leadersUnseen(NOW);
        horizon.know(8_000);

        assertThat(horizon.passed(NOW + WAIT - 1)).isFalse();
    }

    @Test
    void onlyClaimsOlderThanALeaderFall() {
        horizon.headVanished(5, NOW, 8_000);
        horizon.headVanished(7, NOW, 4_000);

        horizon.fallBefore(7);

        assertThat(horizon.passed(NOW)).isFalse();
        assertThat(horizon.passed(NOW + WAIT / 2)).isTrue();
    }

    @Test
    void aLeaderDoesNotEndTheClaimOfTheRangeByItself() {
        horizon.know(8_000);
        horizon.leadersUnseen(NOW);

        horizon.fallBefore(7);
        assertThat(horizon.passed(NOW)).isFalse();
        horizon.unseenFall();

        assertThat(horizon.passed(NOW)).isTrue();
    }

    @Test
    void onlyTheTermsThatStoppedFall() {
        horizon.headVanished(5, NOW, 8_000);
        horizon.headVanished(7, NOW, 8_000);

        horizon.stopped(List.of(5L, 6L));
        assertThat(horizon.passed(NOW)).isFalse();
        horizon.stopped(List.of(7L));

        assertThat(horizon.passed(NOW)).isTrue();
    }

    @Test
    void aCleanStartEndsEverything() {
        horizon.know(8_000);
        horizon.headVanished(5, NOW, 8_000);
        horizon.leadersUnseen(NOW);

        horizon.clear();

        assertThat(horizon.passed(NOW)).isTrue();
    }

    @Test
    void wakesWhenAClaimIsOver() {
        horizon.headVanished(5, NOW, 8_000);
        Wakeup wakeup = new Wakeup(NOW);

        horizon.wakeAt(wakeup);

        assertThat(wakeup.earliest()).hasValue(NOW + WAIT);
    }
}
