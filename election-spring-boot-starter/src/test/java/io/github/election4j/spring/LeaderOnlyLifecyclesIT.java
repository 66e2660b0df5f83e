package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.Leadership;
import io.github.election4j.spring.work.RecordedLifecycle;
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
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Lifecycle beans that run on the leader. */
@NeedsEtcd
@Timeout(180)
class LeaderOnlyLifecyclesIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** What the members of a test have started and stopped, in its order: they are all of this process. */
    private static final List<String> JOURNAL = new CopyOnWriteArrayList<>();

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
        JOURNAL.clear();
    }

    /** Each starts in its phase, and all have stopped before the first of the successor starts. */
    @Test
    void runOnOneMemberAtATime() throws Exception {
        try (ConfigurableApplicationContext one = member("m1", "/l/handover", TwoPhases.class);
                ConfigurableApplicationContext two = member("m2", "/l/handover", TwoPhases.class)) {
            for (int i = 0; i < 6; i++) {
                Election leader = leader(one, two);
                String id = leader.id();
                await().atMost(LIMIT).until(() -> JOURNAL.contains(id + " b starts"));

                assertThat(List.copyOf(JOURNAL)).containsExactly(id + " a starts", id + " b starts");
                leader.resign().get();

                List<String> seen = List.copyOf(JOURNAL); // the successor goes on writing
                assertThat(seen.subList(2, 4)).containsExactly(id + " b stopped", id + " a stopped");
                seen.subList(0, 4).forEach(each -> JOURNAL.remove(0));
            }
        }
        assertThat(JOURNAL).hasSize(4).last().asString().endsWith("a stopped");
    }

    private static Election leader(ConfigurableApplicationContext... members) {
        List<Election> elections = List.of(members).stream()
                .map(each -> each.getBean(Election.class))
                .toList();
        await().atMost(LIMIT).until(() -> elections.stream().anyMatch(Election::isLeader));
        return elections.stream().filter(Election::isLeader).findFirst().orElseThrow();
    }

    @Test
    void aFollowerStartsNoneEvenWhenItsContextIsToldTo() {
        try (ConfigurableApplicationContext leading = member("m1", "/l/follower", TwoPhases.class)) {
            await().atMost(LIMIT).until(() -> JOURNAL.size() == 2);
            try (ConfigurableApplicationContext following = member("m2", "/l/follower", TwoPhases.class)) {
                await().atMost(LIMIT)
                        .until(() ->
                                following.getBean(Election.class).candidates().size() == 2);
                following.start();
                following.restart();
                assertThat(following.getBean("a", SmartLifecycle.class).isRunning())
                        .isFalse();
            }
            assertThat(leading.getBean("a", SmartLifecycle.class).isRunning()).isTrue();
            assertThat(JOURNAL).containsExactly("m1 a starts", "m1 b starts");
        }
    }

    @Test
    void aContextThatStopsAndStartsStopsAndStartsThem() {
        try (ConfigurableApplicationContext application = member("m1", "/l/restart", TwoPhases.class)) {
            for (int i = 0; i < 3; i++) {
                await().atMost(LIMIT).until(() -> JOURNAL.contains("m1 b starts"));
                application.stop();
                assertThat(JOURNAL).containsExactly("m1 a starts", "m1 b starts", "m1 b stopped", "m1 a stopped");
                JOURNAL.clear();
                application.start();
            }
            await().atMost(LIMIT).until(() -> JOURNAL.contains("m1 b starts"));
        }
    }

    @Test
    void aMemberWhereOneFailsToStartLetsAnotherLead() {
        try (ConfigurableApplicationContext failing = member("m1", "/l/failing", OneFails.class)) {
            OneFails.fails = true;
            await().atMost(LIMIT).until(() -> JOURNAL.contains("m1 a stopped"));
            try (ConfigurableApplicationContext other = member("m2", "/l/failing", TwoPhases.class)) {
                await().atMost(LIMIT).until(() -> JOURNAL.contains("m2 b starts"));
                assertThat(failing.getBean(Election.class).isLeader()).isFalse();
                assertThat(other.getBean(Election.class).isLeader()).isTrue();
                OneFails.fails = false;
            }
            await().atMost(LIMIT).until(() -> JOURNAL.contains("m1 b starts"));
        }
    }

    @Test
    void eachBelongsToItsOwnElection() throws Exception {
        try (ConfigurableApplicationContext application = member(
                "m1",
                "/l/two",
                TwoElections.class,
                "election.instances.one.auto-startup=true",
                "election.instances.two.auto-startup=true")) {
            await().atMost(LIMIT).until(() -> JOURNAL.size() == 2);
            assertThat(JOURNAL).containsExactlyInAnyOrder("m1 one starts", "m1 two starts");

            Election one = application.getBean("election4j.election.one", Election.class);
            one.evict().get();

            assertThat(JOURNAL).hasSize(3).last().isEqualTo("m1 one stopped");
        }
    }

    /** The parent's election leads on, and the child's beans must not outlive the child. */
    @Test
    void theBeansOfAChildContextFollowTheElectionOfItsParent() {
        try (ConfigurableApplicationContext parent = member("m1", "/l/child", TestApplication.class)) {
            Election election = parent.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);
            ConfigurableApplicationContext child = new SpringApplicationBuilder(TwoPhases.class)
                    .parent(parent)
                    .web(WebApplicationType.NONE)
                    .properties("spring.main.banner-mode=off", "spring.jmx.enabled=false")
                    .run();
            await().atMost(LIMIT).until(() -> JOURNAL.size() == 2);

            child.close();

            assertThat(JOURNAL).containsExactly("m1 a starts", "m1 b starts", "m1 b stopped", "m1 a stopped");
            assertThat(election.isLeader()).isTrue();
        }
    }

    private static ConfigurableApplicationContext member(String id, String key, Class<?> source, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "election.key=" + key;
        System.arraycopy(more, 0, all, 1, more.length);
        return TestApplication.run(etcd, source, id, all);
    }

    private static RecordedLifecycle recorded(String name, int phase, Environment environment) {
        return new RecordedLifecycle(environment.getProperty("election.id") + " " + name, phase, JOURNAL);
    }

    @SpringBootConfiguration
    @Import({TestApplication.class, OnLeader.class})
    static class TwoPhases {
        @Bean
        @LeaderOnly
        SmartLifecycle a(Environment environment) {
            return recorded("a", -3, environment);
        }
    }

    @LeaderOnly
    static class OnLeader extends RecordedLifecycle {
        OnLeader(Environment environment) {
            super(environment.getProperty("election.id") + " b", 5, JOURNAL);
        }
    }

    @SpringBootConfiguration
    @Import({TestApplication.class, OneFails.Beans.class})
    static class OneFails {
        private static volatile boolean fails = true;

        @Configuration(proxyBeanMethods = false)
        static class Beans {
            @Bean
            @LeaderOnly
            SmartLifecycle a(Environment environment) {
                return recorded("a", 0, environment);
            }

            @Bean
            @LeaderOnly
            SmartLifecycle b(Environment environment) {
                return new RecordedLifecycle(environment.getProperty("election.id") + " b", 1, JOURNAL) {
                    @Override
                    public void start() {
                        assertThat(Leadership.current().isValid()).isTrue();
                        if (fails) {
                            throw new IllegalStateException("cannot start");
                        }
                        super.start();
                    }
                };
            }
        }
    }

    @SpringBootConfiguration
    @Import(TestApplication.class)
    static class TwoElections {
        @Bean
        @LeaderOnly("one")
        SmartLifecycle one(Environment environment) {
            return recorded("one", 0, environment);
        }

        @Bean
        @LeaderOnly("two")
        SmartLifecycle two(Environment environment) {
            return recorded("two", 0, environment);
        }
    }
}
