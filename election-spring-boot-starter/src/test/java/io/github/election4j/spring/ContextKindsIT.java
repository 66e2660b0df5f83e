package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.github.election4j.testing.JavaProcess;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** Contexts that are lazy, are restarted, have no web server or define their elections themselves. */
@NeedsEtcd
@Timeout(180)
class ContextKindsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** A JVM starts within it, on a busy machine too. */
    private static final Duration PROCESS_LIMIT = Duration.ofSeconds(60);

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
    void joinsThoughBeansAreLazyAndLazyBeansHear() {
        List<String> heard = Lazy.HEARD;
        heard.clear();
        ConfigurableApplicationContext application = TestApplication.run(
                etcd, Lazy.class, "m1", "election.key=/k/lazy", "spring.main.lazy-initialization=true");
        try (application) {
            await().atMost(LIMIT).until(() -> heard.size() == 2);
        }
        assertThat(heard).hasSize(4);
        assertThat(heard.subList(0, 2)).containsExactlyInAnyOrder("listener IS_LEADER", "annotated IS_LEADER");
        assertThat(heard.subList(2, 4))
                .containsExactlyInAnyOrder("listener RETIRE_FROM_LEADER", "annotated RETIRE_FROM_LEADER");
    }

    /** As DevTools does it. A successor that had to wait for the lease would not lead within the limit. */
    @Test
    void aContextThatIsStartedAnewLeadsAtOnceAndLeavesNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 3; i++) {
            try (ConfigurableApplicationContext application =
                    TestApplication.run(etcd, "m1", "election.key=/k/restart", "election.lease-duration=60s")) {
                await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);
            }
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.matches("(election4j-(?!embedded)|vert\\.x|grpc).*")));
    }

    @Test
    void anApplicationWithoutAWebServerLeadsIfItIsKeptAlive() {
        try (JavaProcess process = nonWeb("--spring.main.keep-alive=true")) {
            process.awaitLine(line -> line.equals("IS_LEADER"), PROCESS_LIMIT);

            process.terminate();

            process.awaitEnd(PROCESS_LIMIT);
            // Long before the lease ends: it has handed over.
            assertThat(etcd.leftOf("/k/non-web")).isEmpty();
        }
    }

    @Test
    void anApplicationWithoutAWebServerEndsAtOnceOtherwise() {
        try (JavaProcess process = nonWeb("--spring.main.keep-alive=false")) {
            process.awaitEnd(PROCESS_LIMIT);
            process.awaitLine(line -> line.contains("Started NonWebApplication"), LIMIT);
        }
    }

    /** Nobody listens while beans are created, so the first that is told is the present leader. */
    @Test
    void theGrantOfAnElectionThatLedBeforeTheContextWasReadyIsHeard() {
        ConfigurableApplicationContext application = TestApplication.run(etcd, UserDefined.class, "m1");
        List<LeaderChangedEvent> changes =
                application.getBean(TestApplication.Heard.class).changes();
        await().atMost(LIMIT).until(() -> !changes.isEmpty());
        assertThat(changes.get(0)).isInstanceOf(LeadershipGrantedEvent.class);
        assertThat(changes.get(0).getElection()).isEqualTo("mine");

        application.close();

        assertThat(changes)
                .extracting(LeaderChangedEvent::getState)
                .containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER);
        assertThat(etcd.leftOf("/k/mine")).isEmpty();
    }

    private static JavaProcess nonWeb(String keepAlive) {
        return JavaProcess.main(
                NonWebApplication.class,
                keepAlive,
                "--election.key=/k/non-web",
                "--election.id=m1",
                "--election.lease-duration=60s",
                "--election.etcd.endpoints=" + etcd.endpoint());
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @Import(TestApplication.class)
    static class Lazy {
        /** To look into a lazy bean would be to create it. */
        private static final List<String> HEARD = new CopyOnWriteArrayList<>();

        @Bean
        ElectionListener listener() {
            return event -> {
                if (event instanceof ElectionEvent.LeaderChanged change) {
                    HEARD.add("listener " + change.state());
                }
            };
        }

        @Bean
        Annotated annotated() {
            return new Annotated();
        }
    }

    static class Annotated {
        @EventListener
        void changed(LeaderChangedEvent event) {
            Lazy.HEARD.add("annotated " + event.getState());
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @Import(TestApplication.class)
    static class UserDefined {
        @Bean
        Election mine(Elections session) {
            Election joined = session.join(ElectionConfig.of("/k/mine", "m1").withName("mine"));
            await().atMost(LIMIT).until(joined::isLeader);
            return joined;
        }
    }
}
