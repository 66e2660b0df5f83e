package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.LeaderState;
import io.github.election4j.Leadership;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** Leaders whose listeners fail on the grant. */
@NeedsEtcd
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class FailedStartIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static TestEtcd etcd;

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @Test
    void aLeaderWhoseWorkDoesNotStartStepsDownAndTriesAgain() throws Exception {
        try (ConfigurableApplicationContext failing = TestApplication.runOn(
                        etcd, "/r/failing", FailsToStart.class, "election.resign-on-failed-start=true");
                ConfigurableApplicationContext other =
                        TestApplication.run(etcd, TestApplication.class, "m2", "election.key=/r/failing")) {
            Election next = other.getBean(Election.class);
            await().atMost(LIMIT).until(next::isLeader);
            assertThat(failing.getBean(Election.class).isLeader()).isFalse();

            failing.getBean(FailsToStart.class).fails = false;
            next.evict().get();

            await().atMost(LIMIT).until(failing.getBean(Election.class)::isLeader);
        }
    }

    @Test
    void anOperatorsEvictionOutlivesAFailedStart() throws Exception {
        try (ConfigurableApplicationContext failing =
                TestApplication.runOn(etcd, "/r/evicted", FailsToStart.class, "election.resign-on-failed-start=true")) {
            Election election = failing.getBean(Election.class);
            FailsToStart work = failing.getBean(FailsToStart.class);
            await().atMost(LIMIT).until(() -> work.grants.get() >= 1);
            election.evict().get();
            int grants = work.grants.get();

            // Longer than it stands aside after so few failures.
            await().during(Duration.ofSeconds(3)).atMost(LIMIT).until(() -> work.grants.get() == grants);

            work.fails = false;
            election.cancelEvict().get();
            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    /** What a leader does while it leads may throw for the very reason that it does no longer. */
    @Test
    void aListenerThatThrowsOnceItsTermHasEndedHasNotFailedToStart(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = TestApplication.runOn(
                etcd, "/r/while", WorksWhileItLeads.class, "election.resign-on-failed-start=true")) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);

            election.resign().get();

            TestApplication.Heard heard = application.getBean(TestApplication.Heard.class);
            await().atMost(LIMIT).until(() -> !heard.errors().isEmpty());
            assertThat(output).contains("the last write was refused").doesNotContain("stands aside");
            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    @Test
    void leadsOnThoughAListenerFailsUnlessAskedToStepDown() {
        try (ConfigurableApplicationContext failing = TestApplication.runOn(etcd, "/r/on", FailsToStart.class)) {
            Election election = failing.getBean(Election.class);
            await().atMost(LIMIT)
                    .until(() -> failing.getBean(FailsToStart.class).grants.get() == 1);
            long token = election.leadership().map(Leadership::fencingToken).orElseThrow();

            await().during(Duration.ofSeconds(2))
                    .atMost(LIMIT)
                    .until(() -> election.leadership().stream().anyMatch(term -> term.fencingToken() == token));
        }
    }

    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class FailsToStart {
        private final AtomicInteger grants = new AtomicInteger();
        private volatile boolean fails = true;

        @EventListener
        void granted(LeadershipGrantedEvent event) {
            grants.incrementAndGet();
            if (fails) {
                throw new IllegalStateException("the work does not start");
            }
        }
    }

    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class WorksWhileItLeads {
        private final AtomicBoolean first = new AtomicBoolean(true);

        @Bean
        ElectionListener work(ObjectProvider<Election> election) {
            return event -> {
                if (event instanceof LeaderChanged change
                        && change.state() == LeaderState.IS_LEADER
                        && first.compareAndSet(true, false)) {
                    await().atMost(LIMIT).until(() -> !election.getObject().isLeader());
                    throw new IllegalStateException("the last write was refused");
                }
            };
        }
    }
}
