package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.integration.annotation.InboundChannelAdapter;
import org.springframework.integration.annotation.Poller;
import org.springframework.integration.annotation.Role;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.endpoint.SourcePollingChannelAdapter;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;
import org.springframework.messaging.support.GenericMessage;

/** Endpoints of Spring Integration whose role is an election. */
@NeedsEtcd
@Timeout(120)
class IntegrationRolesIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> POLLED = new CopyOnWriteArrayList<>();
    private static TestEtcd etcd;

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @BeforeEach
    void clear() {
        POLLED.clear();
    }

    @Test
    void endpointsInTheRoleRunOnTheLeader() throws Exception {
        try (ConfigurableApplicationContext one = TestApplication.run(etcd, Polling.class, "m1", "election.key=/i/a")) {
            await().atMost(LIMIT).until(() -> POLLED.contains("m1 polls") && POLLED.contains("m1 flows"));
            try (ConfigurableApplicationContext two =
                    TestApplication.run(etcd, Polling.class, "m2", "election.key=/i/a")) {
                await().atMost(LIMIT)
                        .until(() -> two.getBean(Election.class).candidates().size() == 2);
                two.start();
                assertThat(running(two)).isEmpty();
                assertThat(running(one)).hasSize(2);

                one.getBean(Polling.class).granted.getContext().yield();

                await().atMost(LIMIT).until(() -> POLLED.contains("m2 polls") && POLLED.contains("m2 flows"));
                assertThat(running(one)).isEmpty();

                two.getBean(Election.class).resign().get();

                assertThat(running(two)).isEmpty(); // the step-down has waited for them
                assertThat(two.getBean(Polling.class).revoked()).containsExactly("default leads: false");
            }
            await().atMost(LIMIT).until(() -> running(one).size() == 2);
        }
    }

    @Test
    void endpointsInAnotherRoleAreLeftToWhoeverGrantsThat() {
        try (ConfigurableApplicationContext application = TestApplication.run(
                etcd, Polling.class, "m1", "election.auto-startup=false", "election.instances.other.key=/i/b")) {
            assertThat(running(application)).hasSize(2);
        }
    }

    private static List<SourcePollingChannelAdapter> running(ConfigurableApplicationContext application) {
        return application.getBeansOfType(SourcePollingChannelAdapter.class).values().stream()
                .filter(SourcePollingChannelAdapter::isRunning)
                .toList();
    }

    @EnableIntegration
    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class Polling {
        private final String member;
        private final List<String> revoked = new CopyOnWriteArrayList<>();
        private volatile OnGrantedEvent granted = new OnGrantedEvent(this, () -> false, "none");

        Polling(Environment environment) {
            this.member = environment.getRequiredProperty("election.id");
        }

        @Role("default")
        @InboundChannelAdapter(channel = "found", poller = @Poller(fixedDelay = "20"))
        String poll() {
            POLLED.add(member + " polls");
            return "job";
        }

        @Bean
        DirectChannel found() {
            DirectChannel found = new DirectChannel();
            found.subscribe(message -> {});
            return found;
        }

        @Bean
        IntegrationFlow flow() {
            return IntegrationFlow.fromSupplier(
                            () -> new GenericMessage<>("job"),
                            source -> source.id("jobs").role("default").poller(each -> each.fixedDelay(20)))
                    .handle(message -> POLLED.add(member + " flows"))
                    .get();
        }

        List<String> revoked() {
            return revoked;
        }

        @EventListener
        void granted(OnGrantedEvent event) {
            granted = event;
        }

        @EventListener
        void revoked(OnRevokedEvent event) {
            revoked.add(event.getRole() + " leads: " + event.getContext().isLeader());
        }
    }
}
