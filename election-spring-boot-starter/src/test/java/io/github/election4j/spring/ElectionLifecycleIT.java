package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Last to join and first to leave, in applications with life cycles of their own. */
@NeedsEtcd
@Timeout(120)
class ElectionLifecycleIT {
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
    void isNotPulledUpByALifecycleBeanThatUsesIt() {
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/l/pulled", WithEarlyUser.class)) {
            Election election = application.getBean(Election.class);
            String port = application.getEnvironment().getRequiredProperty("local.server.port");
            assertThat(application.getBean(EarlyUser.class).stateAtStart).isEqualTo(ElectionState.STARTING);
            assertThat(election.address()).endsWith(":" + port);
            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    @Test
    void handsOverBeforeAnythingOfTheApplicationStops() {
        ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/l/first", WithEarlyUser.class);
        Journal journal = application.getBean(Journal.class);
        await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);

        application.close();

        assertThat(journal.lines()).containsExactly("granted", "revoked", "closing", "stopped in the last phase");
    }

    @Test
    void doesNotLeadBeforeTheRunnersHaveReturned() {
        try (ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/l/runner", WithRunner.class)) {
            assertThat(application.getBean(WithRunner.class).joinedInRunner).isFalse();
            await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);
        }
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/l/runner", WithRunner.class, "election.candidacy=started")) {
            assertThat(application.getBean(WithRunner.class).joinedInRunner).isTrue();
        }
    }

    @Test
    void leavesTheQueueWhileTheApplicationRefusesTraffic() {
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/l/ready", WithEarlyUser.class)) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);

            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
            await().atMost(LIMIT).until(() -> etcd.keys("/l/ready/").isEmpty());
            assertThat(election.isLeader()).isFalse();
            assertThat(TestApplication.get(application, "/health").body()).contains("does not accept traffic");

            AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    /** L2: else it would stay out until traffic is refused and accepted once more. */
    @Test
    void returnsThoughTrafficIsAcceptedAgainWhileItStillLeaves() {
        CountDownLatch accepted = new CountDownLatch(1);
        try (ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/l/flap", WithEarlyUser.class)) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);
            long token = election.leadership().orElseThrow().fencingToken();
            election.addListener(event -> {
                if (event instanceof ElectionEvent.LeaderChanged change
                        && change.state() == LeaderState.RETIRE_FROM_LEADER) {
                    await().atMost(LIMIT).until(() -> accepted.getCount() == 0);
                }
            });

            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
            AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
            accepted.countDown();

            await().atMost(LIMIT)
                    .until(() -> election.leadership().stream().anyMatch(term -> term.fencingToken() > token));
        }
    }

    @Test
    void anEvictionOutlivesARefusalOfTraffic() throws Exception {
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/l/evicted", WithEarlyUser.class)) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);
            election.evict().get();

            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
            await().atMost(LIMIT).until(() -> election.status().state() == ElectionState.CLOSED);
            assertThat(election.status().evicted()).isTrue();
            AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);

            await().atMost(LIMIT).until(() -> election.status().state() == ElectionState.EVICTED);
            election.cancelEvict().get();
            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    @Test
    void joinsAgainWithTheNewPortAfterAStopAndAStart() {
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/l/again", WithEarlyUser.class)) {
            Election election = application.getBean(Election.class);
            Journal journal = application.getBean(Journal.class);
            // What is stopped in the last phase runs once the listener has heard, which is after the election leads.
            await().atMost(LIMIT)
                    .until(() -> election.isLeader() && !journal.lines().isEmpty());

            application.stop();
            assertThat(etcd.keys("/l/again/")).isEmpty();
            assertThat(election.status().state()).isEqualTo(ElectionState.CLOSED);
            application.start();

            await().atMost(LIMIT).until(election::isLeader);
            String port = application.getEnvironment().getRequiredProperty("local.server.port");
            assertThat(election.address()).endsWith(":" + port);
            await().atMost(LIMIT).until(() -> journal.lines().size() == 4);
            assertThat(journal.lines())
                    .containsExactlyInAnyOrder("granted", "revoked", "stopped in the last phase", "granted");
        }
    }

    /** What happened, in order. */
    static class Journal {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        void write(String line) {
            lines.add(line);
        }

        List<String> lines() {
            return lines;
        }
    }

    /** Starts before the web server, and stops in the last phase too, before whatever is registered after it. */
    static class EarlyUser implements SmartLifecycle {
        private final Election election;
        private ElectionState stateAtStart = ElectionState.CLOSED;
        private boolean running;

        EarlyUser(Election election) {
            this.election = election;
        }

        @Override
        public void start() {
            stateAtStart = election.status().state();
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }

    /** As the containers of messaging are. */
    record LastPhase(Journal journal) implements SmartLifecycle {
        @Override
        public void start() {}

        @Override
        public void stop() {
            journal.write("stopped in the last phase");
        }

        @Override
        public boolean isRunning() {
            return !journal.lines().isEmpty() && !journal.lines().contains("stopped in the last phase");
        }
    }

    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class WithEarlyUser {
        @Bean
        Journal journal() {
            return new Journal();
        }

        @Bean
        LastPhase aFirstOfAll(Journal journal) {
            return new LastPhase(journal);
        }

        @Bean
        EarlyUser earlyUser(Election election) {
            return new EarlyUser(election);
        }

        @Bean
        ElectionListener listener(Journal journal) {
            return event -> {
                if (event instanceof ElectionEvent.LeaderChanged change) {
                    switch (change.state()) {
                        case IS_LEADER -> journal.write("granted");
                        case RETIRE_FROM_LEADER -> journal.write("revoked");
                        case IS_NOT_LEADER -> {}
                    }
                }
            };
        }

        @Bean
        Closing closing(Journal journal) {
            return new Closing(journal);
        }
    }

    record Closing(Journal journal) {
        @EventListener
        @Order(Ordered.HIGHEST_PRECEDENCE + 1)
        void closing(ContextClosedEvent event) {
            journal.write("closing");
        }
    }

    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class WithRunner {
        private @Nullable Boolean joinedInRunner;

        @Bean
        ApplicationRunner runner(ManagedElection election) {
            return arguments -> joinedInRunner = election.isRunning();
        }
    }
}
