package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.EngineObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P4: how much time beats have to spare, and that somebody is warned in time, but not with every beat. */
class HeadroomsTests {
    private static final double THIN = 0.05;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualLoop loop = new ManualLoop();
    private final List<Double> heard = new ArrayList<>();
    private final Headrooms headrooms = new Headrooms(new Environment(
            new MemoryStore(Runnable::run),
            loop,
            Runnable::run,
            loop,
            () -> Instant.EPOCH,
            () -> 0,
            () -> 0,
            new EngineObserver() {
                @Override
                public void onHeartbeat(double headroom) {
                    heard.add(headroom);
                }
            }));

    @Test
    void tellsTheObserverOfEachBeat() {
        headrooms.take(0.9);
        headrooms.take(THIN);
        headrooms.take(THIN);

        assertThat(heard).containsExactly(0.9, THIN, THIN);
    }

    @Test
    void warnsOnceLessThanAFifthIsLeft() {
        assertThat(warnings(0.2)).isEmpty();
        assertThat(warnings(0.19))
                .singleElement()
                .asString()
                .startsWith("WARN Session: a heartbeat was committed with only 19 % of the validity left.");
    }

    @Test
    void warnsEverMoreSeldom() {
        List<Long> minutes = new ArrayList<>();
        for (long second = 0; second < Duration.ofMinutes(100).toSeconds(); second++) {
            if (!warnings(THIN).isEmpty()) {
                assertThat(second % 60).isZero();
                minutes.add(second / 60);
            }
            loop.skip(SECOND);
        }

        assertThat(minutes).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L);
    }

    @Test
    void doesNotWarnOfABeatInTimeHoweverLongAgoItDid() {
        assertThat(warnings(THIN)).hasSize(1);
        loop.skip(Duration.ofHours(1));

        assertThat(warnings(0.5)).isEmpty();
        assertThat(warnings(THIN)).hasSize(1);
    }

    private List<String> warnings(double least) {
        try (LogCapture log = new LogCapture(Headrooms.class)) {
            headrooms.take(least);
            return log.lines();
        }
    }
}
