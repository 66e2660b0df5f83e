package io.github.election4j.spring.autoconfigure.health;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import io.github.election4j.spring.health.ElectionHealthIndicator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link ElectionHealthIndicator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ElectionAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBooleanProperty(name = "election.enabled", matchIfMissing = true)
@ConditionalOnBean(Elections.class)
@ConditionalOnEnabledHealthIndicator("election")
public final class ElectionHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "electionHealthIndicator")
    ElectionHealthIndicator electionHealthIndicator(
            Elections session, ObjectProvider<Election> elections, ObjectProvider<EtcdConnectionDetails> details) {
        EtcdConnectionDetails etcd = details.getIfAvailable();
        String notice = etcd == null ? null : etcd.getNotice();
        return new ElectionHealthIndicator(session, elections.orderedStream().toList(), notice);
    }
}
