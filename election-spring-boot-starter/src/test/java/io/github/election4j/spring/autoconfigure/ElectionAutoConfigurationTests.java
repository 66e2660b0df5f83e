package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionState;
import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spring.ElectionLifecycle;
import io.github.election4j.spring.ManagedElection;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.github.election4j.spring.autoconfigure.endpoint.ElectionEndpointAutoConfiguration;
import io.github.election4j.spring.autoconfigure.health.ElectionHealthAutoConfiguration;
import io.github.election4j.spring.autoconfigure.metrics.ElectionMetricsAutoConfiguration;
import io.github.election4j.spring.health.ElectionHealthIndicator;
import io.github.election4j.testing.FreePort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Nothing listens on the port of these tests: an application starts all the same. */
class ElectionAutoConfigurationTests {
    private static final String NOWHERE = "http://127.0.0.1:" + FreePort.find();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ElectionAutoConfiguration.class,
                    ElectionEndpointAutoConfiguration.class,
                    ElectionHealthAutoConfiguration.class,
                    ElectionMetricsAutoConfiguration.class))
            .withPropertyValues("spring.application.name=shop", "election.etcd.endpoints=" + NOWHERE);

    @Test
    void createsOneElectionWithDefaults() {
        runner.withPropertyValues("election.candidacy=started").run(context -> {
            assertThat(context).hasSingleBean(Elections.class).hasSingleBean(ElectionLifecycle.class);
            Election election = context.getBean(Election.class);
            assertThat(election.name()).isEqualTo("default");
            assertThat(election.key()).isEqualTo("/election/shop");
            assertThat(election.id()).contains(":");
            assertThat(election.address()).isEmpty();
            assertThat(election.isLeader()).isFalse();
            assertThat(context.getBean(ManagedElection.class).isRunning()).isTrue();
        });
    }

    @Test
    void appliesEveryPropertyOfAnElection() {
        runner.withPropertyValues(
                        "election.key=/jobs/nightly",
                        "election.id=node-1",
                        "election.address=https://node-1",
                        "election.step-down-timeout=7s",
                        "election.evicted=true",
                        "election.lease-duration=4s",
                        "election.etcd.connect-timeout=1s",
                        "election.etcd.request-timeout=2s",
                        "election.etcd.namespace=/ns")
                .run(context -> {
                    ElectionConfig config =
                            context.getBean(ElectionConfigFactory.class).create("default");
                    assertThat(config.key()).isEqualTo("/jobs/nightly");
                    assertThat(config.id()).isEqualTo("node-1");
                    assertThat(config.address()).isEqualTo("https://node-1");
                    assertThat(config.stepDownTimeout()).hasSeconds(7);
                    assertThat(config.evicted()).isTrue();
                    assertThat(context.getBean(Election.class).status().evicted())
                            .isTrue();
                });
    }

    @Test
    void doesNotStartWithoutAutoStartup() {
        runner.withPropertyValues("election.auto-startup=false", "election.candidacy=started")
                .run(context -> {
                    Election election = context.getBean(Election.class);
                    assertThat(context.getBean(ManagedElection.class).isRunning())
                            .isFalse();
                    assertThat(election.id()).isNotBlank();
                    assertThat(election.status().state()).isEqualTo(ElectionState.STARTING);
                    assertThat(election.evict()).isCompletedExceptionally();
                });
    }

    @Test
    void createsAnElectionForEachInstance() {
        runner.withPropertyValues(
                        "election.id=node-1",
                        "election.instances.billing.key=/jobs/billing",
                        "election.instances.reports.id=other",
                        "election.instances.reports.evicted=true")
                .withUserConfiguration(QualifiedUser.class)
                .run(context -> {
                    assertThat(context).getBeans(Election.class).hasSize(2);
                    QualifiedUser.Holder holder = context.getBean(QualifiedUser.Holder.class);
                    assertThat(holder.billing().name()).isEqualTo("billing");
                    assertThat(holder.billing().key()).isEqualTo("/jobs/billing");
                    assertThat(holder.billing().id()).isEqualTo("node-1");
                    assertThat(holder.reports().key()).isEqualTo("/election/shop/reports");
                    assertThat(holder.reports().id()).isEqualTo("other");
                });
    }

    @Test
    void onlyTheDefaultOrASoleElectionIsPrimary() {
        runner.withPropertyValues("election.instances.billing.evicted=true")
                .run(context ->
                        assertThat(context.getBean(Election.class).name()).isEqualTo("billing"));
        ApplicationContextRunner three = runner.withPropertyValues(
                "election.instances.a.evicted=true",
                "election.instances.default.evicted=true",
                "election.instances.b.evicted=true");
        three.run(context -> assertThat(context.getBean(Election.class).name()).isEqualTo("default"));
        runner.withPropertyValues("election.instances.a.evicted=true", "election.instances.b.evicted=true")
                .withUserConfiguration(UnqualifiedUser.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(NoUniqueBeanDefinitionException.class));
    }

    @Test
    void refusesToShareAnElectionWithAllApplicationsWithoutAName() {
        ApplicationContextRunner nameless = runner.withPropertyValues("spring.application.name=");
        nameless.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContaining("spring.application.name"));
        nameless.withPropertyValues("election.key=/jobs")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void isOffWithoutJetcd() {
        runner.withClassLoader(new FilteredClassLoader(Client.class))
                .run(context -> assertThat(context).doesNotHaveBean(Elections.class));
    }

    @Test
    void needsNeitherActuatorNorMicrometer() {
        runner.withClassLoader(new FilteredClassLoader(
                        ConditionalOnAvailableEndpoint.class, HealthIndicator.class, MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Election.class)
                        .doesNotHaveBean("electionEndpoint")
                        .doesNotHaveBean("electionHealthIndicator")
                        .doesNotHaveBean(EngineObserver.class));
    }

    @Test
    void hasTheEndpointOnlyWhereItIsExposed() {
        runner.run(context -> assertThat(context).doesNotHaveBean(ElectionEndpoint.class));
        runner.withPropertyValues("management.endpoints.web.exposure.include=election")
                .run(context -> assertThat(context).hasSingleBean(ElectionEndpoint.class));
        runner.withPropertyValues(
                        "management.endpoints.web.exposure.include=election",
                        "management.endpoint.election.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(ElectionEndpoint.class));
    }

    @Test
    void healthCanBeSwitchedOff() {
        runner.run(context -> assertThat(context).hasSingleBean(ElectionHealthIndicator.class));
        runner.withPropertyValues("management.health.election.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ElectionHealthIndicator.class));
    }

    @Test
    void metersWhereThereIsARegistry() {
        runner.run(context -> assertThat(context).doesNotHaveBean(EngineObserver.class));
        runner.withBean(SimpleMeterRegistry.class).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("election.leader")
                            .tag("election", "default")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("election.candidates").gauge().value()).isZero();
            assertThat(registry.get("election.session.remaining").gauge().value())
                    .isZero();
        });
    }

    @Test
    void refusesBadSettingsByName() {
        runner.withPropertyValues("election.lease-duration=1s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidElectionConfigException.class)
                        .hasMessageContaining("leaseDuration")
                        .hasMessageContaining("2s"));
        runner.withPropertyValues("election.key= ")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidElectionConfigException.class));
        runner.withPropertyValues("election.instances.a.key=/same", "election.instances.b.key=/same")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("'/same'"));
    }

    @Configuration(proxyBeanMethods = false)
    static class QualifiedUser {
        record Holder(Election billing, Election reports) {}

        @Bean
        Holder holder(@Qualifier("billing") Election billing, @Qualifier("reports") Election reports) {
            return new Holder(billing, reports);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class UnqualifiedUser {
        @Bean
        String name(Election unqualified) {
            return unqualified.name();
        }
    }
}
