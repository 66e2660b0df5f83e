package io.github.election4j.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTests {
    @Test
    void percentilesAreTimesThatWereMeasuredWhateverTheirOrder() {
        List<Long> measured =
                new ArrayList<>(LongStream.rangeClosed(1, 200).boxed().toList());
        Collections.shuffle(measured, new Random(1));

        Times times = Times.of(measured);

        assertThat(times.count()).isEqualTo(200);
        assertThat(times.p50()).isEqualTo(100);
        assertThat(times.p99()).isEqualTo(198);
        assertThat(times.max()).isEqualTo(200);
    }

    @Test
    void ofFewTheHighOnesAreTheLongest() {
        Times times = Times.of(List.of(30L, 10L, 20L));

        assertThat(times.p50()).isEqualTo(20);
        assertThat(times.p99()).isEqualTo(30);
        assertThat(times.max()).isEqualTo(30);
    }

    @Test
    void thereAreNoneOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Times.of(List.of()));
    }
}
