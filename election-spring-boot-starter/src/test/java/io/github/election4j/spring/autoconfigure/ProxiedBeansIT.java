package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.ElectionState;
import io.github.election4j.Elections;
import io.github.election4j.OperationOutcome;
import io.github.election4j.spring.ManagedElection;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.github.election4j.spring.autoconfigure.endpoint.ElectionEndpointAutoConfiguration;
import io.github.election4j.spring.autoconfigure.health.ElectionHealthAutoConfiguration;
import io.github.election4j.spring.autoconfigure.info.ElectionInfoAutoConfiguration;
import io.github.election4j.spring.autoconfigure.metrics.ElectionMetricsAutoConfiguration;
import io.github.election4j.spring.autoconfigure.observation.ElectionObservationAutoConfiguration;
import io.github.election4j.spring.health.ElectionHealthIndicator;
import io.github.election4j.spring.info.ElectionInfoContributor;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.Advisor;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** An application whose advice applies to every bean, by subclasses. */
@NeedsEtcd
@Timeout(120)
class ProxiedBeansIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ElectionAutoConfiguration.class,
                    ElectionEndpointAutoConfiguration.class,
                    ElectionHealthAutoConfiguration.class,
                    ElectionInfoAutoConfiguration.class,
                    ElectionMetricsAutoConfiguration.class,
                    ElectionObservationAutoConfiguration.class))
            .withUserConfiguration(BroadAdvice.class)
            .withBean(SimpleMeterRegistry.class)
            .withBean(TestObservationRegistry.class, TestObservationRegistry::create)
            .withPropertyValues(
                    "spring.application.name=shop",
                    "election.candidacy=started",
                    "election.lease-duration=5s",
                    "management.endpoints.web.exposure.include=election");

    @Test
    void aProxiedElectionLeadsAnswersAndHandsOver() {
        try (TestEtcd etcd = TestEtcd.started()) {
            Election[] held = new Election[1];
            runner.withPropertyValues("election.etcd.endpoints=" + etcd.endpoint())
                    .run(context -> {
                        Election election = context.getBean(Election.class);
                        held[0] = election;
                        assertThat(AopUtils.isCglibProxy(election)).isTrue();
                        assertThat(AopUtils.isAopProxy(context.getBean(Elections.class)))
                                .isTrue();
                        await().atMost(LIMIT).until(election::isLeader);
                        assertThat(context.getBean(ManagedElection.class).isRunning())
                                .isTrue();
                        assertThat(context.getBean(ElectionEndpoint.class).election("default"))
                                .isNotNull();
                        assertThat(context.getBean(ElectionHealthIndicator.class)
                                        .health()
                                        .getStatus())
                                .isEqualTo(Status.UP);
                        assertThat(context).hasSingleBean(ElectionInfoContributor.class);
                        await().atMost(LIMIT)
                                .untilAsserted(() -> TestObservationRegistryAssert.assertThat(
                                                context.getBean(TestObservationRegistry.class))
                                        .hasObservationWithNameEqualTo("election.event"));
                        await().atMost(LIMIT)
                                .until(() -> context.getBean(MeterRegistry.class)
                                                .get("election.listener")
                                                .tag("outcome", "success")
                                                .timer()
                                                .count()
                                        > 0);
                        assertThat(context.getBean(Client.class)).isNotNull();
                        assertThat(election.evict().get(10, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.RELEASED);
                    });
            assertThat(held[0].status().state()).isEqualTo(ElectionState.CLOSED);
            assertThat(etcd.keys("/election/shop/")).isEmpty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BroadAdvice {
        @Bean
        static DefaultAdvisorAutoProxyCreator creator() {
            DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
            creator.setProxyTargetClass(true);
            return creator;
        }

        /** No application can advise auto-configurations, which are final as those of Spring Boot, nor registries. */
        @Bean
        static Advisor everythingElse() {
            ClassFilter filter = type -> !AnnotatedElementUtils.hasAnnotation(type, AutoConfiguration.class)
                    && !MeterRegistry.class.isAssignableFrom(type)
                    && !ObservationRegistry.class.isAssignableFrom(type);
            return new DefaultPointcutAdvisor(
                    new ComposablePointcut(filter), (MethodInterceptor) invocation -> invocation.proceed());
        }
    }
}
