package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionListener;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.Elections;
import io.github.election4j.spring.Candidacy;
import io.github.election4j.spring.ElectionLifecycle;
import io.github.election4j.spring.ManagedElection;
import io.github.election4j.spring.Participation;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.github.election4j.spring.actuate.LeaderEndpoint;
import io.github.election4j.spring.autoconfigure.endpoint.ElectionEndpointAutoConfiguration;
import io.github.election4j.spring.autoconfigure.health.ElectionHealthAutoConfiguration;
import io.github.election4j.spring.autoconfigure.metrics.ElectionMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** {@code election.enabled=false}: whoever injects an election gets one that never leads. */
class DisabledElectionTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ElectionAutoConfiguration.class,
                    DisabledElectionAutoConfiguration.class,
                    ElectionEndpointAutoConfiguration.class,
                    ElectionHealthAutoConfiguration.class,
                    ElectionMetricsAutoConfiguration.class))
            .withPropertyValues(
                    "election.enabled=false",
                    "election.candidacy=started",
                    "management.endpoints.web.exposure.include=*");

    @Test
    void neverLeadsAndSaysWhy() {
        runner.withPropertyValues("spring.application.name=shop", "election.id=node-1")
                .run(context -> {
                    Election election = context.getBean(Election.class);
                    assertThat(election.name()).isEqualTo("default");
                    assertThat(election.key()).isEqualTo("/election/shop");
                    assertThat(election.id()).isEqualTo("node-1");
                    assertThat(election.isLeader()).isFalse();
                    assertThat(election.leadership()).isEmpty();
                    assertThat(election.leader()).isEmpty();
                    assertThat(election.candidates()).isEmpty();
                    ElectionStatus status = election.status();
                    assertThat(status.state()).isEqualTo(ElectionState.CLOSED);
                    assertThat(status.lastError()).isEqualTo("election.enabled is false");
                });
    }

    @Test
    void refusesEveryOperation() {
        runner.run(context -> {
            Election election = context.getBean(Election.class);
            List<CompletableFuture<?>> operations = List.of(
                    election.fetchLeader(),
                    election.resign(),
                    election.evict(),
                    election.cancelEvict(),
                    election.clear("other"));

            assertThat(operations)
                    .allSatisfy(operation -> assertThat(operation)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOf(ElectionException.class)
                            .withMessageContaining("election.enabled is false"));
            assertThat(election.closeAsync()).isCompleted();
        });
    }

    @Test
    void acceptsListenersAndNeverCallsThem() {
        List<ElectionEvent> heard = new ArrayList<>();
        runner.withBean(ElectionListener.class, () -> heard::add).run(context -> {
            Election election = context.getBean(Election.class);
            election.addListener(heard::add);
            context.getBean(ManagedElection.class).start();
            election.close();
        });
        assertThat(heard).isEmpty();
    }

    @Test
    void startsNoThreadAndConnectsToNothing() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ServerSocket etcd = new ServerSocket(0)) {
            etcd.setSoTimeout(200);
            runner.withPropertyValues("election.etcd.endpoints=http://127.0.0.1:" + etcd.getLocalPort())
                    .run(context -> {
                        assertThat(context).hasNotFailed().doesNotHaveBean(ElectionLifecycle.class);
                        assertThat(Thread.getAllStackTraces().keySet())
                                .filteredOn(thread -> !before.contains(thread))
                                .extracting(Thread::getName)
                                .noneMatch(name -> name.matches("(election4j|vert\\.x|grpc).*"));
                        assertThat(connected(etcd)).isFalse();
                    });
        }
    }

    @Test
    void hasTheSameQualifiersAndTheSamePrimary() {
        ApplicationContextRunner two = runner.withPropertyValues(
                "spring.application.name=shop",
                "election.instances.default.evicted=true",
                "election.instances.reports.key=/jobs/reports");
        two.withUserConfiguration(QualifiedUser.class).run(context -> {
            QualifiedUser.Holder holder = context.getBean(QualifiedUser.Holder.class);
            assertThat(holder.primary().name()).isEqualTo("default");
            assertThat(holder.reports().name()).isEqualTo("reports");
            assertThat(holder.reports().key()).isEqualTo("/jobs/reports");
        });
    }

    @Test
    void startsWithoutANameOfTheApplication() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            Election election = context.getBean(Election.class);
            assertThat(election.key()).isNotBlank();
            assertThat(election.id()).isNotBlank();
            assertThat(election.status().name()).isEqualTo("default");
        });
    }

    @Test
    void whoJoinsByHandGetsOneThatNeverLeads() {
        runner.run(context -> {
            Elections session = context.getBean(Elections.class);
            assertThat(session.session().lastError()).isEqualTo("election.enabled is false");

            Election joined = session.join(ElectionConfig.of("/mine", "me").withName("mine"));

            assertThat(joined.name()).isEqualTo("mine");
            assertThat(joined.key()).isEqualTo("/mine");
            assertThat(joined.isLeader()).isFalse();
            assertThat(session.elections()).isEmpty();
            assertThat(session.find("mine")).isEmpty();
            session.close();
        });
    }

    @Test
    void leavesTheBeansOfTheUser() {
        Election mine = new ControlledByUser();
        runner.withBean(Election.class, () -> mine)
                .run(context -> assertThat(context).getBean(Election.class).isSameAs(mine));
    }

    @Test
    void hasNeitherEndpointNorMetrics() {
        runner.withBean(SimpleMeterRegistry.class).run(context -> {
            assertThat(context).doesNotHaveBean(ElectionEndpoint.class).doesNotHaveBean(LeaderEndpoint.class);
            assertThat(context.getBean(MeterRegistry.class).getMeters()).isEmpty();
        });
    }

    /** A group that includes it must not fail the start, which a group does whose member is missing. */
    @Test
    void isUnknownToHealthAndSaysWhy() {
        runner.withConfiguration(AutoConfigurations.of(
                        HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoint.health.group.readiness.include=election")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    HealthIndicator indicator = context.getBean("electionHealthIndicator", HealthIndicator.class);
                    assertThat(indicator.health())
                            .isEqualTo(Health.unknown()
                                    .withDetail("notJoined", "election.enabled is false")
                                    .build());
                });
        runner.withPropertyValues("management.health.election.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("electionHealthIndicator"));
        runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void isNotThereUnlessDisabled() {
        runner.withPropertyValues(
                        "election.enabled=true", "spring.application.name=shop", "election.auto-startup=false")
                .run(context -> assertThat(context.getBean(Election.class)).isNotInstanceOf(DisabledElection.class));
    }

    @Test
    void isFoundByApplications() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--election.enabled=false", "--spring.main.banner-mode=off")) {
            assertThat(application.getBean(Election.class)).isInstanceOf(DisabledElection.class);
        }
    }

    @Test
    void canBeProcessedAheadOfTime() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of("election.enabled=false").applyTo(context);
            context.register(DisabledElectionAutoConfiguration.class);
            DefaultGenerationContext generation = new DefaultGenerationContext(
                    new ClassNameGenerator(ClassName.get("com.example", "Application")), new InMemoryGeneratedFiles());

            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);

            generation.writeGeneratedContent();
            assertThat(context.getBeanDefinitionNames()).contains("election4j.election.default");
        }
    }

    private static boolean connected(ServerSocket etcd) throws IOException {
        try {
            etcd.accept().close();
            return true;
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    /** Any election that is not ours. */
    private static final class ControlledByUser extends ManagedElection {
        ControlledByUser() {
            super(
                    "mine",
                    DisabledElections::new,
                    () -> ElectionConfig.of("/mine", "me"),
                    new Participation(Candidacy.READY, false, false));
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class QualifiedUser {
        record Holder(Election primary, Election reports) {}

        @Bean
        Holder holder(Election primary, @Qualifier("reports") Election reports) {
            return new Holder(primary, reports);
        }
    }
}
