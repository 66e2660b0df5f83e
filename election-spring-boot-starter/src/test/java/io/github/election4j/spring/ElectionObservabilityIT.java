package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spring.observation.ElectionObservationContext;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** What an application with a real etcd, Prometheus and observations tells of its elections. */
@NeedsEtcd
@Timeout(120)
class ElectionObservabilityIT {
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
    void theRunningTermEndsWithTheContextAndAnotherBeginsWithIt() {
        ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/o/restart", TestApplication.class);
        MeterRegistry registry = application.getBean(MeterRegistry.class);
        try (application) {
            await().atMost(LIMIT).until(() -> activeTerms(registry) == 1);

            application.stop();
            assertThat(activeTerms(registry)).isZero();
            assertThat(registry.get("election.term").timer().count()).isEqualTo(1);
            application.start();

            await().atMost(LIMIT).until(() -> activeTerms(registry) == 1);
        }
        assertThat(registry.get("election.term").timer().count()).isEqualTo(2);
        assertThat(activeTerms(registry)).isZero();
    }

    @Test
    void theRunningTermEndsWithItsValidity() {
        try (TestEtcd failing = TestEtcd.started();
                ConfigurableApplicationContext application =
                        TestApplication.runOn(failing, "/o/expired", TestApplication.class)) {
            MeterRegistry registry = application.getBean(MeterRegistry.class);
            await().atMost(LIMIT).until(() -> activeTerms(registry) == 1);

            failing.kill();

            await().atMost(LIMIT).until(() -> activeTerms(registry) == 0);
            assertThat(registry.get("election.transitions")
                            .tags("type", "revoked", "reason", "expired")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("election.term").timer().count()).isEqualTo(1);
        }
    }

    @Test
    void observationsShowWhatAGrantDid() {
        ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/o/traces", Observed.class);
        Finished finished = application.getBean(Finished.class);
        MeterRegistry registry = application.getBean(MeterRegistry.class);
        try (application) {
            Election election = application.getBean(Election.class);
            ElectionListener ofCode = event -> {};
            election.addListener(ofCode);
            election.addListener(application.getBean(Observed.class));
            await().atMost(LIMIT).until(() -> finished.listeners("granted").size() == 3);
            assertThat(finished.listeners("granted"))
                    .containsExactlyInAnyOrder(
                            ElectionEventPublisher.class.getName(),
                            Observed.class.getName(),
                            getClass().getName());
            assertThat(finished.parents("start the work")).containsExactly("election default granted");
            assertThat(application.getBean(Observed.class).heard).hasValue(1);
            assertThat(registry.get("election.event")
                            .tag("type", "granted")
                            .timer()
                            .count())
                    .isEqualTo(3);

            election.removeListener(application.getBean(Observed.class));
        }
        assertThat(finished.listeners("revoked"))
                .containsExactlyInAnyOrder(
                        ElectionEventPublisher.class.getName(), getClass().getName());
    }

    /** Ends with the application, whose closing waits for every listener. */
    @Test
    void anOperatorsRequestIsNoWorkOfAListener() {
        ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/o/operated", Observed.class);
        Finished finished = application.getBean(Finished.class);
        try (application) {
            await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);

            assertThat(TestApplication.post(application, "/election/resign").body())
                    .contains("\"outcome\":\"RELEASED\"", "\"leader\":{");
        }
        assertThat(finished.listeners("revoked")).isNotEmpty();
        assertThat(Stream.of("granted", "revoked", "observed").flatMap(type -> finished.listeners(type).stream()))
                .containsOnly(ElectionEventPublisher.class.getName(), Observed.class.getName());
    }

    @Test
    void anObserverOfTheUserHearsTheEngineBesideTheMeters() {
        try (ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/o/hears", Observed.class)) {
            AtomicInteger renewals = application.getBean(Observed.class).renewals;
            await().atMost(LIMIT).until(() -> renewals.get() > 0);
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("election.session.renewal")
                            .tag("outcome", "success")
                            .timer()
                            .count())
                    .isPositive();
        }
    }

    @Test
    void theInfoEndpointTellsWhoLeads() {
        try (ConfigurableApplicationContext application = TestApplication.runOn(
                etcd, "/o/info", TestApplication.class, "management.endpoints.web.exposure.include=info,prometheus")) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);
            assertThat(TestApplication.get(application, "/info").body())
                    .contains(
                            "\"leaderElection\":{\"default\":{\"state\":\"LEADING\",\"key\":\"/o/info\",\"id\":\"m1\","
                                    + "\"leader\":{\"id\":\"m1\",\"address\":\"" + election.address() + "\"}}}");
            assertThat(TestApplication.get(application, "/prometheus").body())
                    .contains("election_term_active_seconds_count{election=\"default\"} 1");
        }
    }

    private static int activeTerms(MeterRegistry registry) {
        return registry.get("election.term.active").longTaskTimer().activeTasks();
    }

    /** Listens in each of the ways that there are, and to the engine. */
    @SpringBootConfiguration
    @Import({TestApplication.class, Finished.class})
    static class Observed implements ElectionListener {
        private final AtomicInteger renewals = new AtomicInteger();
        private final AtomicInteger heard = new AtomicInteger();

        @Override
        public void onEvent(ElectionEvent event) {
            heard.incrementAndGet();
        }

        @Bean
        EngineObserver renewals() {
            return new EngineObserver() {
                @Override
                public void onRenewal(Duration took, boolean succeeded) {
                    renewals.incrementAndGet();
                }
            };
        }

        @Bean
        Work work(ObservationRegistry registry) {
            return new Work(registry);
        }
    }

    record Work(ObservationRegistry registry) {
        @EventListener(LeadershipGrantedEvent.class)
        void begin() {
            Observation.createNotStarted("start the work", registry).observe(() -> {});
        }
    }

    /** The observations that have ended. */
    static class Finished implements ObservationHandler<Observation.Context> {
        private final Queue<Observation.Context> contexts = new ConcurrentLinkedQueue<>();

        @Override
        public void onStop(Observation.Context context) {
            contexts.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ElectionObservationContext || "start the work".equals(context.getName());
        }

        List<String> listeners(String type) {
            return contexts.stream()
                    .filter(each -> type.equals(value(each, "type")))
                    .map(each -> value(each, "listener"))
                    .toList();
        }

        List<String> parents(String name) {
            return contexts.stream()
                    .filter(each -> name.equals(each.getName()))
                    .map(each ->
                            Objects.requireNonNull(each.getParentObservation()).getContextView())
                    .map(parent -> String.valueOf(parent.getContextualName()))
                    .toList();
        }

        private static String value(Observation.Context context, String key) {
            return context.getAllKeyValues().stream()
                    .filter(each -> each.getKey().equals(key))
                    .map(KeyValue::getValue)
                    .findFirst()
                    .orElse("");
        }
    }
}
