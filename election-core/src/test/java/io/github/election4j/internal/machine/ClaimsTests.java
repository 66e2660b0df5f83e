package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.wire.MarkValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7. The clock overflows while claims are open. */
class ClaimsTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long WAIT = Duration.ofMillis(8_800).toNanos();

    private final Claims claims = new Claims();

    @Test
    void havePassedWhereNothingIsClaimed() {
        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void lastUntilTheirMoment() {
        claims.vanished(5, NOW + WAIT);

        assertThat(claims.passed(NOW + WAIT - 1)).isFalse();
        assertThat(claims.noneVanished(NOW + WAIT - 1)).isFalse();
        assertThat(claims.passed(NOW + WAIT)).isTrue();
    }

    @Test
    void theLastOneCounts() {
        claims.vanished(5, NOW + WAIT);
        claims.vanished(6, NOW + WAIT / 2);
        claims.add(new Claims.Entry(4, NOW + WAIT / 4));

        assertThat(claims.passed(NOW + WAIT - 1)).isFalse();
    }

    @Test
    void theLaterOfTwoForTheSamePlaceCounts() {
        claims.vanished(5, NOW + WAIT);
        claims.vanished(5, NOW + WAIT / 2);
        claims.add(new Claims.Entry(4, NOW + WAIT));
        claims.add(new Claims.Entry(4, NOW + WAIT / 2));

        assertThat(claims.passed(NOW + WAIT - 1)).isFalse();
    }

    /** {@code released >= h} */
    @Test
    void thatOfAnEntryFallsByAReleaseOfWhoWasFirstThenOrLater() {
        claims.add(new Claims.Entry(5, NOW + WAIT));
        claims.told(new MarkValue(0, 4, List.of()));
        assertThat(claims.passed(NOW)).isFalse();

        claims.told(new MarkValue(0, 5, List.of()));

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void thatOfAnEntryDoesNotFallByWordsOfSinglePlaces() {
        claims.add(new Claims.Entry(5, NOW + WAIT));

        claims.told(new MarkValue(0, 0, List.of(4L, 5L, 6L)));

        assertThat(claims.passed(NOW)).isFalse();
    }

    @Test
    void thatOfWhoEnteredWhileItFollowedFallsOnceTheWatchHasToldOfTheEntry() {
        claims.enteredFollowing(7, new Claims.Entry(5, NOW + WAIT));
        claims.heard(6);
        assertThat(claims.passed(NOW)).isFalse();

        claims.heard(7);

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void thatOfWhoEnteredWhileItFollowedLastsUntilItsMomentIfTheWatchTellsNothing() {
        claims.enteredFollowing(7, new Claims.Entry(5, NOW + WAIT));

        assertThat(claims.passed(NOW + WAIT - 1)).isFalse();
        assertThat(claims.passed(NOW + WAIT)).isTrue();
    }

    @Test
    void thatOfWhoEnteredWhileItFollowedLastsOnOnceTheWatchIsBroken() {
        claims.enteredFollowing(7, new Claims.Entry(5, NOW + WAIT));
        claims.broken();

        claims.heard(8);

        assertThat(claims.passed(NOW + WAIT - 1)).isFalse();
    }

    /** {@code released >= h} */
    @Test
    void thatOfWhoEnteredWhileItFollowedFallsByAReleaseToo() {
        claims.enteredFollowing(7, new Claims.Entry(5, NOW + WAIT));
        claims.told(new MarkValue(0, 4, List.of()));
        assertThat(claims.passed(NOW)).isFalse();

        claims.told(new MarkValue(0, 5, List.of()));

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void thoseOfVanishedPlacesFallByTheirWords() {
        claims.vanished(5, NOW + WAIT);
        claims.vanished(7, NOW + WAIT);
        claims.vanished(9, NOW + WAIT);

        claims.told(new MarkValue(0, 6, List.of(9L)));
        assertThat(claims.passed(NOW)).isFalse();
        claims.told(new MarkValue(0, 0, List.of(7L)));

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void thatOfAnEntryIsNoClaimForAPlaceThatVanished() {
        claims.add(new Claims.Entry(5, NOW + WAIT));

        assertThat(claims.noneVanished(NOW)).isTrue();
    }

    @Test
    void areLoweredButNeverRaisedNorMade() {
        claims.vanished(5, NOW + WAIT);
        claims.lowered(5, NOW + 2 * WAIT);
        claims.lowered(6, NOW + 2 * WAIT);
        assertThat(claims.passed(NOW + WAIT)).isTrue();
        claims.vanished(5, NOW + WAIT);

        claims.lowered(5, NOW + WAIT / 2);

        assertThat(claims.passed(NOW + WAIT / 2 - 1)).isFalse();
        assertThat(claims.passed(NOW + WAIT / 2)).isTrue();
    }

    @Test
    void areDroppedWithTheirHistory() {
        claims.vanished(5, NOW + WAIT);
        claims.add(new Claims.Entry(5, NOW + WAIT));
        claims.enteredFollowing(7, new Claims.Entry(5, NOW + WAIT));

        claims.clear();

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void wakeWhenTheFirstOfThemIsOver() {
        claims.vanished(5, NOW + WAIT);
        claims.add(new Claims.Entry(5, NOW + WAIT / 2));
        Wakeup wakeup = new Wakeup(NOW);

        claims.wakeAt(wakeup);

        assertThat(wakeup.earliest()).hasValue(NOW + WAIT / 2);
    }

    @Test
    void wakeWhenThatIsOverOfWhoEnteredWhileItFollowed() {
        claims.enteredFollowing(7, new Claims.Entry(5, NOW + WAIT / 2));
        Wakeup wakeup = new Wakeup(NOW);

        claims.wakeAt(wakeup);

        assertThat(wakeup.earliest()).hasValue(NOW + WAIT / 2);
    }
}
