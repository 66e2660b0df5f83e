package io.github.election4j.embedded.autoconfigure;

import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link AutoConfiguration Auto-configuration} for an embedded etcd that the processes of one host share: unless
 * {@code election.etcd.endpoints} names another, the first of them hosts it and the others join it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ElectionAutoConfiguration.class)
@ConditionalOnClass(ElectionAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "election.enabled", matchIfMissing = true)
@Conditional(OnNoEndpoints.class)
@ConditionalOnMissingBean({Client.class, EtcdConnectionDetails.class, Elections.class, Election.class})
@EnableConfigurationProperties(EmbeddedEtcdProperties.class)
public final class EmbeddedEtcdAutoConfiguration {
    @Bean(destroyMethod = "close")
    SharedEtcd sharedEmbeddedEtcd(EmbeddedEtcdProperties properties) {
        return SharedEtcd.hostOrJoin(properties.getPort());
    }
}
