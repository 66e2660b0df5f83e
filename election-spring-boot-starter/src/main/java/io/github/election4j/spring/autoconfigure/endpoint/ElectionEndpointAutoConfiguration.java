package io.github.election4j.spring.autoconfigure.endpoint;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link ElectionEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ElectionAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(ElectionEndpoint.class)
@ConditionalOnBean({Elections.class, Election.class})
public final class ElectionEndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ElectionEndpoint electionEndpoint(
            Elections session, ObjectProvider<Election> elections, ObjectProvider<EtcdConnectionDetails> details) {
        EtcdConnectionDetails etcd = details.getIfAvailable();
        return new ElectionEndpoint(
                session, elections.orderedStream().toList(), etcd == null ? null : etcd.getNotice());
    }
}
