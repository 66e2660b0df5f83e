package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;

/** A container of Spring for Apache Kafka that only the leader runs. What it polls needs no broker. */
@NeedsEtcd
@Timeout(120)
class KafkaOnLeaderIT {
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
    void onlyTheLeaderConsumes() throws Exception {
        try (ConfigurableApplicationContext one = TestApplication.run(etcd, Orders.class, "m1", "election.key=/o/a")) {
            AtomicInteger ofOne = one.getBean(Orders.class).consumed;
            await().atMost(LIMIT).until(() -> ofOne.get() > 0);
            try (ConfigurableApplicationContext two =
                    TestApplication.run(etcd, Orders.class, "m2", "election.key=/o/a")) {
                AtomicInteger ofTwo = two.getBean(Orders.class).consumed;
                two.stop();
                two.start();
                two.start();
                await().atMost(LIMIT)
                        .until(() -> two.getBean(Election.class).candidates().size() == 2);
                assertThat(container(two).isRunning()).isFalse();
                assertThat(ofTwo).hasValue(0);

                one.getBean(Election.class).resign().get();
                int before = ofOne.get();

                await().atMost(LIMIT).until(() -> ofTwo.get() > 10);
                assertThat(ofOne).hasValue(before);
                assertThat(container(one).isRunning()).isFalse();
            }
            await().atMost(LIMIT).until(() -> container(one).isRunning());
        }
    }

    private static MessageListenerContainer container(ConfigurableApplicationContext application) {
        return Objects.requireNonNull(
                application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer("orders"));
    }

    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class Orders {
        private final AtomicInteger consumed = new AtomicInteger();

        @KafkaListener(id = "orders", topics = "orders", autoStartup = "false")
        void order(String order) {
            consumed.incrementAndGet();
        }

        @Bean
        @Lazy // the container is there when all beans are
        @LeaderOnly
        MessageListenerContainer orders(KafkaListenerEndpointRegistry registry) {
            registry.setAlwaysStartAfterRefresh(false); // a context that is started again would start it on a follower
            return Objects.requireNonNull(registry.getListenerContainer("orders"));
        }

        @Bean
        ConsumerFactory<Object, Object> consumers() {
            return new EndlessConsumers("orders");
        }
    }
}
