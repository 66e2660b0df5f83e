package io.github.election4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.internal.machine.RequestId;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElectionMetricsTests {
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final Script election = script("default");

    @Test
    void everyPairOfTypeAndReasonIsCountedFromZero() {
        assertThat(registry.get("election.transitions").counters())
                .allMatch(counter -> counter.count() == 0)
                .extracting(counter ->
                        counter.getId().getTag("type") + " " + counter.getId().getTag("reason"))
                .containsExactlyInAnyOrder(
                        "granted elected",
                        "revoked resigned",
                        "revoked evicted",
                        "revoked transferred",
                        "revoked closed",
                        "revoked expired",
                        "revoked key_lost",
                        "revoked session_lost",
                        "revoked history_lost",
                        "revoked defect",
                        "observed observed");

        int before = registry.getMeters().size();
        election.granted();
        election.revoked(ChangeReason.RESIGNED);
        election.observed();

        assertThat(registry.getMeters()).hasSize(before);
        assertThat(registry.get("election.transitions")
                        .tags("type", "revoked", "reason", "resigned")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyOperationThatCanFailIsCountedFromZero() {
        assertThat(registry.get("election.errors").counters())
                .allMatch(counter -> counter.count() == 0)
                .extracting(counter -> counter.getId().getTag("operation"))
                .containsExactlyInAnyOrder(
                        "session",
                        "watch",
                        "enter",
                        "heartbeat",
                        "mark",
                        "release",
                        "take-over",
                        "order",
                        "journal",
                        "listener",
                        "task",
                        "reconnect",
                        "thread")
                .containsAll(Stream.of(RequestId.Purpose.values())
                        .map(RequestId.Purpose::operation)
                        .toList());

        election.failed("watch");

        assertThat(registry.get("election.errors")
                        .tag("operation", "watch")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyTimerIsThereBeforeItMeasures() {
        assertThat(registry.get("election.term").timer().count()).isZero();
        assertThat(registry.get("election.leaderless").timer().count()).isZero();
        for (String timer : List.of("election.session.renewal", "election.listener")) {
            assertThat(registry.get(timer).timers())
                    .allMatch(each -> each.count() == 0)
                    .extracting(each -> each.getId().getTag("outcome"))
                    .containsExactlyInAnyOrder("success", "failure");
        }
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
    }

    @ParameterizedTest
    @EnumSource(
            value = ChangeReason.class,
            names = {"ELECTED", "OBSERVED"},
            mode = EnumSource.Mode.EXCLUDE)
    void aTermIsALongTaskUntilItEndsForWhateverReason(ChangeReason reason) {
        LongTaskTimer active = registry.get("election.term.active").longTaskTimer();
        assertThat(active.activeTasks()).isZero();

        election.granted();
        clock.add(Duration.ofSeconds(30));
        election.passes(Duration.ofSeconds(30));

        assertThat(active.activeTasks()).isEqualTo(1);
        assertThat(active.duration(TimeUnit.SECONDS)).isEqualTo(30);
        assertThat(registry.get("election.term").timer().count()).isZero();
        election.revoked(reason);
        assertThat(active.activeTasks()).isZero();
        assertThat(active.duration(TimeUnit.SECONDS)).isZero();
        assertThat(registry.get("election.term").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(30);
    }

    /** As when a context stops and starts again. */
    @Test
    void eachTermBeginsAnew() {
        LongTaskTimer active = registry.get("election.term.active").longTaskTimer();
        election.granted();
        clock.add(Duration.ofMinutes(5));
        election.revoked(ChangeReason.CLOSED);
        clock.add(Duration.ofMinutes(5));

        election.granted();
        clock.add(Duration.ofSeconds(1));

        assertThat(active.activeTasks()).isEqualTo(1);
        assertThat(active.duration(TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void oneElectionsTermIsNotAnothers() {
        Script other = script("other");
        election.granted();
        other.granted();

        election.revoked(ChangeReason.EVICTED);

        assertThat(active("default").activeTasks()).isZero();
        assertThat(active("other").activeTasks()).isEqualTo(1);
    }

    private LongTaskTimer active(String name) {
        return registry.get("election.term.active").tag("election", name).longTaskTimer();
    }

    private Script script(String name) {
        return Script.meteredBy(registry, new MeteringEngineObserver(registry), name);
    }
}
