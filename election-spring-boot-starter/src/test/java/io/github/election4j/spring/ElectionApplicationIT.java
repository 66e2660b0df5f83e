package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

@NeedsEtcd
@Timeout(120)
class ElectionApplicationIT {
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
    void hearsItsOwnTermsAsApplicationEvents() {
        ConfigurableApplicationContext application = TestApplication.run(etcd, "m1", "election.key=/a/events");
        List<LeaderChangedEvent> changes =
                application.getBean(TestApplication.Heard.class).changes();
        await().atMost(LIMIT).until(() -> changes.size() == 1);
        assertThat(changes.get(0)).isInstanceOf(LeadershipGrantedEvent.class);
        assertThat(changes.get(0).getState()).isEqualTo(LeaderState.IS_LEADER);
        assertThat(changes.get(0).getFencingToken()).isPositive();
        Election election = application.getBean(Election.class);
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        assertThat(election.address()).startsWith("http://").endsWith(":" + port);

        application.close();

        assertThat(changes).hasSize(2);
        assertThat(changes.get(1)).isInstanceOf(LeadershipRevokedEvent.class);
        assertThat(changes.get(1).getReason()).isEqualTo(ChangeReason.CLOSED);
        assertThat(etcd.leftOf("/a/events")).isEmpty();
        assertThat(etcd.keys("/election4j/held/a/events")).isEmpty();
    }

    @Test
    void handsOverBeforeTheWebServerStops() {
        ConfigurableApplicationContext application = TestApplication.run(etcd, "m1", "election.key=/a/order");
        Election election = application.getBean(Election.class);
        await().atMost(LIMIT).until(election::isLeader);
        AtomicBoolean served = new AtomicBoolean();
        election.addListener(event -> {
            if (event instanceof io.github.election4j.ElectionEvent.LeaderChanged change
                    && change.state() == LeaderState.RETIRE_FROM_LEADER) {
                served.set(TestApplication.get(application, "/election").statusCode() == 200);
            }
        });

        application.close();

        assertThat(served).isTrue();
    }

    @Test
    void reportsAListenerThatFailsOnGrant() {
        ConfigurableApplicationContext application = TestApplication.run(etcd, "m1", "election.key=/a/failing");
        try (application) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);
            election.addListener(event -> {
                throw new IllegalStateException("cannot start the work");
            });

            await().atMost(LIMIT)
                    .until(() -> !application
                            .getBean(TestApplication.Heard.class)
                            .errors()
                            .isEmpty());
            assertThat(election.status().lastError()).contains("cannot start the work");
            assertThat(TestApplication.get(application, "/health").body()).contains("cannot start the work");
            MeterRegistry registry = application.getBean(MeterRegistry.class);
            await().atMost(LIMIT)
                    .until(() -> registry.get("election.errors")
                                    .tag("operation", "listener")
                                    .counter()
                                    .count()
                            > 0);
            assertThat(election.isLeader()).isTrue();
        }
    }

    @Test
    void joinsWhenEtcdAppears() {
        TestEtcd late = TestEtcd.started();
        late.kill();
        ConfigurableApplicationContext application = TestApplication.run(late, "m1");
        try (late;
                application) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(() -> election.status().state() == ElectionState.DISCONNECTED);
            assertThat(election.status().lastError()).isNotBlank();
            assertThat(TestApplication.get(application, "/health").statusCode()).isEqualTo(503);

            late.restart();

            await().atMost(Duration.ofSeconds(60)).until(election::isLeader);
            assertThat(TestApplication.get(application, "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metersWhatHappens() {
        ConfigurableApplicationContext application = TestApplication.run(etcd, "m1", "election.key=/a/meters");
        try (application) {
            Election election = application.getBean(Election.class);
            MeterRegistry registry = application.getBean(MeterRegistry.class);
            await().atMost(LIMIT).until(election::isLeader);
            assertThat(registry.get("election.leader").gauge().value()).isEqualTo(1);
            assertThat(registry.get("election.session.remaining").gauge().value())
                    .isBetween(0.1, 5.0);
            await().atMost(LIMIT)
                    .until(() -> registry.get("election.session.renewal")
                                    .tag("outcome", "success")
                                    .timer()
                                    .count()
                            > 0);

            election.resign();

            await().atMost(LIMIT)
                    .until(() -> registry.get("election.leaderless").timer().count() > 0);
            assertThat(registry.get("election.term").timer().count()).isEqualTo(1);
            assertThat(registry.get("election.transitions")
                            .tag("type", "revoked")
                            .tag("reason", "resigned")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("election.listener")
                            .tag("election", "default")
                            .timer()
                            .count())
                    .isPositive();
        }
    }
}
