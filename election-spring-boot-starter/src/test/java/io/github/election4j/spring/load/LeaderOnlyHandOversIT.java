package io.github.election4j.spring.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.OperationOutcome;
import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** S4: three members, 16 threads that call all of them, and hand-overs all the time. */
@NeedsEtcd
@Tag("proof")
@Tag("load")
@Timeout(300)
class LeaderOnlyHandOversIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int HAND_OVERS = 1_000;
    private static final int CALLERS = 16;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final List<ConfigurableApplicationContext> members = new ArrayList<>();
    private TestEtcd etcd;

    @BeforeEach
    void start() {
        etcd = TestEtcd.started();
        Work.ACTIVE.clear();
        Work.overlaps.set(0);
        Work.executions.set(0);
        for (String id : List.of("m1", "m2", "m3")) {
            members.add(new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .run(
                            "--election.key=/load",
                            "--election.id=" + id,
                            "--election.etcd.endpoints=" + etcd.endpoint(),
                            "--logging.level.io.github.election4j=warn",
                            "--spring.main.banner-mode=off"));
        }
    }

    @AfterEach
    void stop() {
        members.forEach(ConfigurableApplicationContext::close);
        etcd.close();
    }

    @Test
    void executionsOfTwoMembersNeverOverlap() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> callUntil(over));
        }

        for (int i = 0; i < HAND_OVERS; i++) {
            handOver();
        }
        over.set(true);
        callers.shutdown();
        assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        System.out.printf(
                "MEASURED @LeaderOnly: %,d executions by %d threads over %,d hand-overs of 3 members, %d overlap%n",
                Work.executions.get(), CALLERS, HAND_OVERS, Work.overlaps.get());
        assertThat(Work.overlaps).hasValue(0);
        assertThat(Work.executions).as("of the last terms too").hasValueGreaterThan(HAND_OVERS);
    }

    /** Each time after some executions, so that there are calls in flight. */
    private void handOver() {
        long before = Work.executions.get();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(LIMIT)
                .until(() -> Work.executions.get() > before);
        Election leader = members.stream()
                .map(each -> each.getBean(Election.class))
                .filter(Election::isLeader)
                .findFirst()
                .orElseThrow(() -> new AssertionError("somebody has led a moment ago, and nobody has resigned"));
        assertThat(leader.resign().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(OperationOutcome.RELEASED);
    }

    private void callUntil(AtomicBoolean over) {
        List<Work> works =
                members.stream().map(each -> each.getBean(Work.class)).toList();
        while (!over.get()) {
            works.forEach(Work::execute);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Work.class)
    static class Application {}

    static class Work {
        private static final Map<String, AtomicInteger> ACTIVE = new ConcurrentHashMap<>();
        private static final AtomicInteger overlaps = new AtomicInteger();
        private static final AtomicLong executions = new AtomicLong();

        private final Election election;

        Work(Election election) {
            this.election = election;
        }

        @LeaderOnly
        void execute() {
            AtomicInteger own = ACTIVE.computeIfAbsent(election.id(), id -> new AtomicInteger());
            own.incrementAndGet();
            lookForOthers();
            LockSupport.parkNanos(PAUSE_NANOS);
            lookForOthers();
            executions.incrementAndGet();
            own.decrementAndGet();
        }

        private void lookForOthers() {
            ACTIVE.forEach((id, active) -> {
                if (!id.equals(election.id()) && active.get() != 0) {
                    overlaps.incrementAndGet();
                }
            });
        }
    }
}
