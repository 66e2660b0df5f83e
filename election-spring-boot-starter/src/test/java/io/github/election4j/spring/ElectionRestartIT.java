package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.github.election4j.SessionStatus;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Contexts that stop and start: by themselves, paused by the test framework, or around a checkpoint (CRaC). */
@NeedsEtcd
@Timeout(120)
class ElectionRestartIT {
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

    /** As before a checkpoint, which fails if a connection is open. */
    @Test
    void holdsNoConnectionAndNoThreadWhileItIsStopped() {
        Set<Thread> ofOthers = Thread.getAllStackTraces().keySet();
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/r/stopped", TestApplication.class)) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);
            assertThat(threads(ofOthers)).isNotEmpty();

            application.stop();

            assertThat(etcd.keys("/r/stopped/")).isEmpty();
            assertThat(application.getBean(Elections.class).session().state()).isEqualTo(SessionStatus.State.CLOSED);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(threads(ofOthers)).isEmpty());
            application.start();
            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    /** As the test framework does with a cached context that is not in use: another one must be able to lead. */
    @Test
    void handsOverWhileItIsPaused() {
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/r/paused", TestApplication.class)) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);

            application.pause();

            assertThat(etcd.keys("/r/paused/")).isEmpty();
            application.restart();
            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    @Test
    void whatCodeHasJoinedIsJoinedAgain() {
        try (ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/r/code", JoinsByCode.class)) {
            Election election = application.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);
            Elections session = application.getBean(Elections.class);
            assertThat(session.find("mine")).contains(election);
            Election noBean = session.join(ElectionConfig.of("/r/no-bean", "m1").withName("no bean"));
            Election closed = session.join(ElectionConfig.of("/r/closed", "m1").withName("closed"));
            closed.close();

            application.stop();
            assertThat(session.elections()).isEmpty();
            application.start();

            await().atMost(LIMIT).until(election::isLeader);
            assertThat(session.elections()).containsExactlyInAnyOrder(election, noBean);
        }
    }

    @Test
    void whatCodeHasJoinedIsHandedOverFirstToo() {
        ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/r/code-first", JoinsByCode.class);
        await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);
        JoinsByCode journal = application.getBean(JoinsByCode.class);

        application.close();

        assertThat(journal.lines).containsExactly("granted", "revoked", "closing");
    }

    @Test
    void oneThatItsCodeHasClosedStaysClosed() {
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/r/own", TestApplication.class)) {
            ManagedElection election = application.getBean(ManagedElection.class);
            await().atMost(LIMIT).until(election::isLeader);
            election.close();

            application.stop();
            application.start();

            assertThat(election.isRunning()).isFalse();
            assertThat(TestApplication.get(application, "/health").body()).contains("it was closed");
            election.start();
            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    /** Its own listener is what the hand-over waits for. */
    @Test
    void aListenerMayCloseTheContext() throws Exception {
        ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/r/self", ClosesWhenItLoses.class, "election.step-down-timeout=60s");
        await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);

        application.getBean(Election.class).resign();

        await().atMost(LIMIT).until(() -> !application.isActive());
        await().atMost(LIMIT).until(() -> etcd.keys("/r/self/").isEmpty());
    }

    @Test
    void nothingIsJoinedOnceTheClosingIsAnnounced() {
        ConfigurableApplicationContext application = TestApplication.runOn(etcd, "/r/late", JoinsWhileItCloses.class);
        await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);
        JoinsWhileItCloses late = application.getBean(JoinsWhileItCloses.class);

        application.close();

        assertThat(late.refusal).hasMessageContaining("The session is closed");
    }

    @Test
    void oneThatItsCodeHasStartedReturnsWithTheContext() {
        try (ConfigurableApplicationContext application =
                TestApplication.runOn(etcd, "/r/manual", TestApplication.class, "election.auto-startup=false")) {
            ManagedElection election = application.getBean(ManagedElection.class);
            assertThat(election.isRunning()).isFalse();
            election.start();
            await().atMost(LIMIT).until(election::isLeader);

            application.stop();
            assertThat(election.isRunning()).isFalse();
            application.start();

            await().atMost(LIMIT).until(election::isLeader);
        }
    }

    private static List<String> threads(Set<Thread> ofOthers) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !ofOthers.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("election4j-") || name.startsWith("vert.x"))
                .filter(name -> !name.startsWith("election4j-embedded")) // the etcd that the test runs on
                .toList();
    }

    /** Joins while the context is being made, and leads before it is ready. */
    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class JoinsByCode {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Bean
        Election mine(Elections session) {
            return session.join(ElectionConfig.of("/r/mine", "m1").withName("mine"));
        }

        @EventListener
        void granted(LeadershipGrantedEvent event) {
            lines.add("granted");
        }

        @EventListener
        void revoked(LeadershipRevokedEvent event) {
            lines.add("revoked");
        }

        @EventListener
        void closing(ContextClosedEvent event) {
            lines.add("closing");
        }
    }

    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class ClosesWhenItLoses {
        @Bean
        ElectionListener close(ConfigurableApplicationContext context) {
            return event -> {
                if (event instanceof LeaderChanged change && change.state() == LeaderState.RETIRE_FROM_LEADER) {
                    context.close();
                }
            };
        }
    }

    /** As a consumer of messages does that is still running. */
    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class JoinsWhileItCloses {
        private @Nullable Throwable refusal;

        @Bean
        SmartLifecycle consumer(Elections session) {
            return new SmartLifecycle() {
                @Override
                public void start() {}

                @Override
                public void stop() {
                    refusal = catchThrowable(() -> session.join(ElectionConfig.of("/r/late/other", "m1")));
                }

                @Override
                public boolean isRunning() {
                    return refusal == null;
                }
            };
        }
    }
}
