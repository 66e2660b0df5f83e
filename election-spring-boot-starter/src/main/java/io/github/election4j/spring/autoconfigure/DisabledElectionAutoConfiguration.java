package io.github.election4j.spring.autoconfigure;

import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.Elections;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for applications whose elections are disabled: what they inject is there
 * and never leads. There is no session with etcd, no endpoint and no metric.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(Elections.class)
@ConditionalOnBooleanProperty(name = "election.enabled", havingValue = false)
@EnableConfigurationProperties(ElectionProperties.class)
public final class DisabledElectionAutoConfiguration {
    @Bean(ElectionAutoConfiguration.CONFIG_FACTORY)
    DisabledElectionFactory disabledElectionFactory(
            ElectionProperties properties, Environment environment, ObjectProvider<Elections> session) {
        return new DisabledElectionFactory(new ElectionConfigFactory(properties, environment, session));
    }

    @Bean(ElectionAutoConfiguration.PREFIX + "elections")
    @ConditionalOnMissingBean
    Elections disabledElections() {
        return new DisabledElections();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Election.class)
    @Import(ElectionBeansRegistrar.class)
    static class ElectionBeansConfiguration {}

    /** Who injects a client goes on to get one; it connects when it is used. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Client.class)
    @Import(EtcdClientConfiguration.class)
    static class ClientConfiguration {}

    /** Where it were missing, a group of health that includes it would fail the start. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("election")
    static class HealthConfiguration {
        @Bean
        @ConditionalOnMissingBean(name = "electionHealthIndicator")
        HealthIndicator electionHealthIndicator() {
            return () -> Health.unknown()
                    .withDetail("notJoined", DisabledElection.WHY)
                    .build();
        }
    }
}
