package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An election belongs to the context that defines it: it lives as long, and its listeners and its parents' hear it. */
@NeedsEtcd
@Timeout(120)
class ContextHierarchyIT {
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
    void aChildUsesTheElectionOfItsParentAndLeavesItAlone() {
        ConfigurableApplicationContext child = run("/h/parent", WithStarter.class, WithoutStarter.class);
        try (ConfigurableApplicationContext parent = parent(child)) {
            TestApplication.Heard parents = heard(parent);
            TestApplication.Heard childs = heard(child);
            Election election = child.getBean(Election.class);
            await().atMost(LIMIT).until(() -> !parents.changes().isEmpty());
            assertThat(election).isSameAs(parent.getBean(Election.class));

            child.close();

            assertThat(election.isLeader()).isTrue();
            assertThat(childs.changes()).isEmpty();
        }
        assertThat(etcd.leftOf("/h/parent")).isEmpty();
    }

    @Test
    void aParentHearsTheElectionOfItsChild() {
        ConfigurableApplicationContext child = run("/h/child", WithoutStarter.class, WithStarter.class);
        try (ConfigurableApplicationContext parent = parent(child)) {
            TestApplication.Heard parents = heard(parent);
            TestApplication.Heard childs = heard(child);
            await().atMost(LIMIT).until(child.getBean(Election.class)::isLeader);

            child.close();

            assertThat(states(parents)).containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER);
            assertThat(states(childs)).isEqualTo(states(parents));
            assertThat(etcd.leftOf("/h/child")).isEmpty();
        }
    }

    @Test
    void whereBothHaveTheStarterThereIsOneElectionAndItIsTheParents() {
        ConfigurableApplicationContext child = run("/h/both", WithStarter.class, WithStarter.class);
        try (ConfigurableApplicationContext parent = parent(child)) {
            TestApplication.Heard parents = heard(parent);
            TestApplication.Heard childs = heard(child);
            Election election = child.getBean(Election.class);
            assertThat(child.getBean(Elections.class)).isSameAs(parent.getBean(Elections.class));
            await().atMost(LIMIT).until(() -> !parents.changes().isEmpty());
            long token = election.leadership().orElseThrow().fencingToken();
            MeterRegistry registry = parent.getBean(MeterRegistry.class);
            await().atMost(LIMIT)
                    .until(() -> registry.get("election.transitions")
                                    .tag("type", "granted")
                                    .counter()
                                    .count()
                            > 0);

            child.close();

            assertThat(election.leadership())
                    .hasValueSatisfying(term -> assertThat(term.fencingToken()).isEqualTo(token));
            assertThat(states(parents)).containsExactly(LeaderState.IS_LEADER);
            assertThat(childs.changes()).isEmpty();
            assertThat(registry.get("election.transitions").counters().stream().mapToDouble(Counter::count))
                    .containsOnlyOnce(1.0)
                    .containsOnly(0.0, 1.0);
        }
        assertThat(etcd.leftOf("/h/both")).isEmpty();
    }

    private static ConfigurableApplicationContext run(String key, Class<?> parent, Class<?> child) {
        return new SpringApplicationBuilder(parent)
                .web(WebApplicationType.NONE)
                .child(child)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.application.name=test",
                        "--spring.main.banner-mode=off",
                        "--election.key=" + key,
                        "--election.id=m1",
                        "--election.lease-duration=5s",
                        "--election.etcd.endpoints=" + etcd.endpoint());
    }

    private static ConfigurableApplicationContext parent(ApplicationContext child) {
        return (ConfigurableApplicationContext) Objects.requireNonNull(child.getParent());
    }

    private static List<LeaderState> states(TestApplication.Heard heard) {
        return heard.changes().stream().map(LeaderChangedEvent::getState).toList();
    }

    private static TestApplication.Heard heard(ConfigurableApplicationContext context) {
        return context.getBean(TestApplication.Heard.class);
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithStarter {
        @Bean
        TestApplication.Heard heard() {
            return new TestApplication.Heard();
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    static class WithoutStarter {
        @Bean
        TestApplication.Heard heard() {
            return new TestApplication.Heard();
        }
    }
}
