package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TermTests {
    private long now = 100;
    private final Term term = new Term("e", new Candidate("a", "", "/e/1", 7), 200, () -> now);

    @Test
    void lastsUntilTheClockSaysOtherwise() {
        now = 199;
        assertThat(term.isValid()).isTrue();
        assertThat(term.remaining()).isEqualTo(Duration.ofNanos(1));
        now = 200;
        assertThat(term.isValid()).isFalse();
        assertThat(term.remaining()).isZero();
    }

    @Test
    void isExtendedWhileNobodyHasFoundItLapsed() {
        now = 250;
        assertThat(term.extend(300)).isTrue();
        assertThat(term.isValid()).isTrue();
    }

    /**
     * The loop was stopped between reading its clock and taking the heartbeat in; somebody else has asked meanwhile.
     */
    @Test
    void isNotRevivedOnceSomebodyHasFoundItLapsed() {
        now = 250;
        assertThat(term.isValid()).isFalse();
        assertThat(term.extend(300)).isFalse();
        assertThat(term.isValid()).isFalse();
    }

    @Test
    void isNotExtendedOnceItHasEnded() {
        term.end(ChangeReason.RESIGNED, Runnable::run);
        assertThat(term.extend(300)).isFalse();
        assertThat(term.isValid()).isFalse();
        assertThat(term.lost()).isCompletedWithValue(ChangeReason.RESIGNED);
    }

    /** The clock starts anywhere and may overflow in a term. */
    @Test
    void survivesTheOverflowOfTheClock() {
        now = Long.MAX_VALUE - 5;
        Term overflowing = new Term("e", new Candidate("a", "", "/e/1", 7), Long.MIN_VALUE + 5, () -> now);
        assertThat(overflowing.isValid()).isTrue();
        now = Long.MIN_VALUE + 5;
        assertThat(overflowing.isValid()).isFalse();
    }
}
