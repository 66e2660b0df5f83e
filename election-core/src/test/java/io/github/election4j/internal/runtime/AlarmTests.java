package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.EngineObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AlarmTests {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualLoop loop = new ManualLoop();
    private final Environment environment = new Environment(
            new MemoryStore(Runnable::run),
            loop,
            Runnable::run,
            loop,
            () -> Instant.EPOCH,
            () -> 0,
            () -> 0,
            EngineObserver.NONE);
    private int rings;
    private final Alarm alarm = new Alarm(environment, () -> rings++);

    @Test
    void ringsOnceAtItsMoment() {
        alarm.set(in(SECOND));
        pass(SECOND.minusNanos(1));
        assertThat(rings).isZero();
        pass(SECOND);
        assertThat(rings).isEqualTo(1);
    }

    @Test
    void isMovedToAnEarlierMoment() {
        alarm.set(in(SECOND.multipliedBy(3)));
        alarm.set(in(SECOND));
        pass(SECOND);
        assertThat(rings).isEqualTo(1);
        pass(SECOND.multipliedBy(3));
        assertThat(rings).isEqualTo(1);
        assertThat(loop.alarms()).isZero();
    }

    /** A leader moves its alarm with each beat. */
    @Test
    void ringsTooEarlyRatherThanBeSetAgain() {
        alarm.set(in(SECOND));
        alarm.set(in(SECOND.multipliedBy(3)));
        assertThat(loop.alarms()).isEqualTo(1);
        pass(SECOND);
        assertThat(rings).isEqualTo(1);
        assertThat(loop.alarms()).as("the machine sets it again").isZero();
    }

    @Test
    void isNotSetTwiceForOneMoment() {
        alarm.set(in(SECOND));
        alarm.set(in(SECOND));
        assertThat(loop.alarms()).isEqualTo(1);
    }

    @Test
    void canBeSetForTheMomentAtWhichItRang() {
        OptionalLong moment = in(SECOND);
        alarm.set(moment);
        pass(SECOND);
        alarm.set(moment);
        pass(Duration.ZERO);
        assertThat(rings).isEqualTo(2);
    }

    @Test
    void isSilentWithoutAMoment() {
        alarm.set(in(SECOND));
        alarm.set(OptionalLong.empty());
        pass(SECOND);
        assertThat(rings).isZero();
    }

    private OptionalLong in(Duration time) {
        return OptionalLong.of(loop.nanos() + time.toNanos());
    }

    private void pass(Duration time) {
        loop.pass(time, () -> {});
    }
}
