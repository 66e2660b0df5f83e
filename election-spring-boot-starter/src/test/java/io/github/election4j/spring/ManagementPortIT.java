package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

/** With a port of its own, management is a child of the application's context. */
@NeedsEtcd
@Timeout(120)
class ManagementPortIT {
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
    void answersThereAndNotOnThePortOfTheApplication() throws Exception {
        try (ConfigurableApplicationContext application =
                run("/p/there", "spring.jackson.property-naming-strategy=SNAKE_CASE")) {
            assertThat(TestApplication.get(application, "/leader").statusCode()).isEqualTo(200);
            assertThat(TestApplication.get(application, "/election").body()).contains("\"leaseId\"");
            assertThat(TestApplication.get(application, "/election/other").body())
                    .startsWith("{\"status\":404,\"message\":");
            assertThat(TestApplication.post(application, "/election/evict?x=y").statusCode())
                    .isEqualTo(400);
            assertThat(TestApplication.post(application, "/election/evict").body())
                    .contains("RELEASED");
            assertThat(TestApplication.head(application, "/leader").statusCode())
                    .isEqualTo(503);

            URI elsewhere = URI.create("http://localhost:" + port(application, "server") + "/actuator/leader");
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(elsewhere).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void joinsAndPublishesOnceUnderThePortOfTheApplication() {
        ConfigurableApplicationContext application = run("/p/once");
        List<LeaderChangedEvent> changes =
                application.getBean(TestApplication.Heard.class).changes();
        try (application) {
            Election election = application.getBean(Election.class);
            assertThat(port(application, "server")).isNotEqualTo(port(application, "management"));
            assertThat(election.id()).endsWith(":" + port(application, "server"));
            assertThat(election.address()).endsWith(":" + port(application, "server"));
            assertThat(etcd.keys("/p/once/")).hasSize(1);
            await().atMost(LIMIT).until(() -> !changes.isEmpty());
        }
        assertThat(changes)
                .extracting(change -> (Object) change.getClass())
                .containsExactly(LeadershipGrantedEvent.class, LeadershipRevokedEvent.class);
    }

    @Test
    void leadsOnWhenOnlyManagementRefusesTrafficOrCloses() {
        try (ConfigurableApplicationContext application = run("/p/child")) {
            ConfigurableApplicationContext child =
                    application.getBean(WithChild.class).child();
            assertThat(child.getParent()).isSameAs(application);
            Election election = application.getBean(Election.class);
            long token = election.leadership().orElseThrow().fencingToken();

            AvailabilityChangeEvent.publish(child, ReadinessState.REFUSING_TRAFFIC);
            child.close();

            await().during(Duration.ofSeconds(1))
                    .atMost(LIMIT)
                    .until(() -> election.leadership().stream().anyMatch(term -> term.fencingToken() == token));
            assertThat(application.getBean(TestApplication.Heard.class).changes())
                    .hasSize(1);
        }
    }

    /** Without an id of its own: it names the port then. */
    private static ConfigurableApplicationContext run(String key, String... changed) {
        ConfigurableApplicationContext application = new SpringApplicationBuilder(WithChild.class)
                .properties(
                        "server.port=0",
                        "management.server.port=0",
                        "management.endpoints.web.exposure.include=election,leader",
                        "management.endpoint.election.access=unrestricted",
                        "spring.application.name=test",
                        "election.key=" + key,
                        "election.etcd.endpoints=" + etcd.endpoint())
                .properties(changed)
                .run();
        await().atMost(LIMIT).until(() -> application.getBean(Election.class).isLeader());
        return application;
    }

    private static String port(ConfigurableApplicationContext application, String of) {
        return application.getEnvironment().getRequiredProperty("local." + of + ".port");
    }

    static class WithChild extends TestApplication {
        private final AtomicReference<ConfigurableApplicationContext> child = new AtomicReference<>();

        ConfigurableApplicationContext child() {
            return Objects.requireNonNull(child.get());
        }

        @EventListener
        void started(WebServerInitializedEvent event) {
            if ("management".equals(event.getApplicationContext().getServerNamespace())) {
                child.set((ConfigurableApplicationContext) event.getApplicationContext());
            }
        }
    }
}
