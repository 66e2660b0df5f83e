package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedStartsTests {
    private final FailedStarts starts = new FailedStarts();

    @Test
    void standsAsideTwiceAsLongEachTimeAndAMinuteAtTheMost() {
        long[] seconds = {1, 2, 4, 8, 16, 32, 60, 60};

        for (int i = 0; i < seconds.length; i++) {
            starts.ended(i); // The failed term itself ends too, and that is no success.
            Duration most = Duration.ofSeconds(seconds[i]);
            assertThat(starts.failed(i + 1, Math.nextDown(1.0)).orElseThrow()).isBetween(most.minusMillis(1), most);
        }
    }

    @Test
    void standsAsideForHalfOfItAtTheLeast() {
        assertThat(starts.failed(1, 0)).contains(Duration.ofMillis(500));
    }

    @Test
    void severalListenersThatFailOnOneGrantAreOneFailure() {
        starts.failed(1, 0);

        assertThat(starts.failed(1, 0)).isEmpty();
        assertThat(starts.failed(2, 0)).contains(Duration.ofSeconds(1));
    }

    @Test
    void aTermThatStartedEndsTheSeries() {
        starts.failed(1, 0);
        starts.ended(1);
        starts.ended(2);

        assertThat(starts.failed(3, 0)).contains(Duration.ofMillis(500));
    }
}
