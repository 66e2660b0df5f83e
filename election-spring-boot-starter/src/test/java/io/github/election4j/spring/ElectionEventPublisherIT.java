package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.OperationOutcome;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** S3 and S4 for listeners of application events. */
@NeedsEtcd
@Timeout(120)
class ElectionEventPublisherIT {
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
    void everyListenerHearsThoughAnotherThrows() {
        ConfigurableApplicationContext application = run("/p/throws", Throwing.class);
        List<String> heard = application.getBean(Throwing.class).heard;
        await().atMost(LIMIT).until(() -> heard.size() == 2);
        assertThat(heard).containsExactly("annotated LeadershipGrantedEvent", "bean LeadershipGrantedEvent");
        Election election = application.getBean(Election.class);
        await().atMost(LIMIT)
                .until(() -> String.valueOf(election.status().lastError()).contains("cannot hear"));

        application.close();

        assertThat(heard)
                .endsWith("annotated LeadershipRevokedEvent", "bean LeadershipRevokedEvent")
                .hasSize(4);
    }

    /** S4: else the successor would lead while the listener still works. */
    @Test
    void aHandOverWaitsForListenersThoughTheMulticasterOfTheApplicationDoesNot() {
        try (ConfigurableApplicationContext application = run("/p/async", Asynchronous.class)) {
            Asynchronous listener = application.getBean(Asynchronous.class);
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);

            CompletableFuture<OperationOutcome> resigned = election.resign();
            await().atMost(LIMIT).until(() -> listener.revoked.getCount() == 0);
            // A release takes some milliseconds: one that did not wait would be there by then.
            await().atMost(LIMIT).during(Duration.ofMillis(500)).until(() -> !resigned.isDone());
            listener.goOn.countDown();

            await().atMost(LIMIT).until(resigned::isDone);
        }
    }

    private static ConfigurableApplicationContext run(String key, Class<?> configuration) {
        return TestApplication.run(etcd, configuration, "m1", "election.key=" + key, "election.step-down-timeout=30s");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @Import(TestApplication.class)
    static class Throwing {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @EventListener
        @Order(1)
        void fails(LeaderChangedEvent event) {
            throw new IllegalStateException("cannot hear " + event.getState());
        }

        @EventListener
        @Order(2)
        void hears(LeaderChangedEvent event) {
            heard.add("annotated " + event.getClass().getSimpleName());
        }

        @Bean
        @Order(3)
        ApplicationListener<LeaderChangedEvent> bean() {
            return new Hearing(heard);
        }
    }

    @Order(3)
    record Hearing(List<String> heard) implements ApplicationListener<LeaderChangedEvent> {
        @Override
        public void onApplicationEvent(LeaderChangedEvent event) {
            heard.add("bean " + event.getClass().getSimpleName());
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @Import(TestApplication.class)
    static class Asynchronous {
        private final CountDownLatch revoked = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Bean
        ApplicationEventMulticaster applicationEventMulticaster() {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor());
            return multicaster;
        }

        @EventListener
        void works(LeadershipRevokedEvent event) throws InterruptedException {
            revoked.countDown();
            goOn.await();
        }
    }
}
