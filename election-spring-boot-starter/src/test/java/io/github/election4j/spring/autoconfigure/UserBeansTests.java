package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.spring.ManagedElection;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.github.election4j.spring.autoconfigure.endpoint.ElectionEndpointAutoConfiguration;
import io.github.election4j.spring.autoconfigure.health.ElectionHealthAutoConfiguration;
import io.github.election4j.spring.autoconfigure.metrics.ElectionMetricsAutoConfiguration;
import io.github.election4j.testing.FreePort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that users define beside ours, or in place of them. */
class UserBeansTests {
    private static final String NOWHERE = "http://127.0.0.1:" + FreePort.find();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ElectionAutoConfiguration.class,
                    ElectionEndpointAutoConfiguration.class,
                    ElectionHealthAutoConfiguration.class,
                    ElectionMetricsAutoConfiguration.class))
            .withPropertyValues("spring.application.name=shop", "election.etcd.endpoints=" + NOWHERE);

    @Test
    void leavesTheNamesThatUsersGiveToTheirBeans() {
        runner.withBean("election", String.class, () -> "mine")
                .withBean("elections", String.class, () -> "mine")
                .withBean("default", String.class, () -> "mine")
                .withBean("electionLifecycle", String.class, () -> "mine")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Election.class));
    }

    @Test
    void backsOffForBeansOfTheUser() {
        runner.withUserConfiguration(UserElections.class).run(context -> {
            assertThat(context).hasSingleBean(Elections.class).hasSingleBean(Election.class);
            assertThat(context.getBean(Election.class).name()).isEqualTo("mine");
            assertThat(context).doesNotHaveBean(ManagedElection.class);
        });
    }

    @Test
    void showsAndMetersSeveralElectionsOfTheUser() {
        runner.withUserConfiguration(TwoElections.class)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues("management.endpoints.web.exposure.include=election")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(ElectionEndpoint.class);
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    assertThat(registry.get("election.leader").gauges()).hasSize(2);
                });
    }

    @Test
    void toleratesAMockThatHasNoName() {
        runner.withBean(Election.class, () -> mock(Election.class))
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues("management.endpoints.web.exposure.include=election")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** It would be there and never join. */
    @Test
    void refusesElectionsThatAreProxiedByTheirInterface() {
        runner.withUserConfiguration(ProxiesByInterface.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("spring.aop.proxy-target-class=true"));
    }

    @Configuration(proxyBeanMethods = false)
    static class ProxiesByInterface {
        @Bean
        static BeanNameAutoProxyCreator creator() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("election4j.election.*");
            creator.setInterceptorNames("advice");
            return creator;
        }

        @Bean
        static MethodInterceptor advice() {
            return MethodInvocation::proceed;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class UserElections {
        @Bean(destroyMethod = "close")
        Elections mySession() {
            return EtcdElections.builder().endpoints(NOWHERE).build();
        }

        @Bean
        Election myElection(Elections session) {
            return session.join(ElectionConfig.of("/mine", "me").withName("mine"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoElections {
        @Bean(destroyMethod = "close")
        Elections mySession() {
            return EtcdElections.builder().endpoints(NOWHERE).build();
        }

        @Bean
        Election one(Elections session) {
            return session.join(ElectionConfig.of("/one", "me").withName("one"));
        }

        @Bean
        Election two(Elections session) {
            return session.join(ElectionConfig.of("/two", "me").withName("two"));
        }
    }
}
