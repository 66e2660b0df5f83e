package io.github.election4j.spring.autoconfigure.endpoint;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.github.election4j.spring.actuate.ElectionEndpointJmxExtension;
import io.github.election4j.spring.actuate.ElectionEndpointWebExtension;
import io.github.election4j.spring.actuate.LeaderEndpoint;
import io.github.election4j.spring.actuate.UnknownParameters;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link ElectionEndpoint} and the {@link LeaderEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ElectionAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBooleanProperty(name = "election.enabled", matchIfMissing = true)
@ConditionalOnBean({Elections.class, Election.class})
public final class ElectionEndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(ElectionEndpoint.class)
    ElectionEndpoint electionEndpoint(
            Elections session, ObjectProvider<Election> elections, ObjectProvider<EtcdConnectionDetails> details) {
        EtcdConnectionDetails etcd = details.getIfAvailable();
        return new ElectionEndpoint(
                session, elections.orderedStream().toList(), etcd == null ? null : etcd.getNotice());
    }

    @Bean
    @ConditionalOnBean(ElectionEndpoint.class)
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = ElectionEndpoint.class, exposure = EndpointExposure.WEB)
    ElectionEndpointWebExtension electionEndpointWebExtension(
            ElectionEndpoint endpoint, ObjectProvider<EndpointAccessResolver> accesses) {
        EndpointAccessResolver resolver = accesses.getIfAvailable(() -> (id, access) -> access);
        return new ElectionEndpointWebExtension(
                endpoint, resolver.accessFor(EndpointId.of("election"), Access.READ_ONLY));
    }

    @Bean
    @ConditionalOnBean(ElectionEndpoint.class)
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = ElectionEndpoint.class, exposure = EndpointExposure.JMX)
    ElectionEndpointJmxExtension electionEndpointJmxExtension(ElectionEndpoint endpoint) {
        return new ElectionEndpointJmxExtension(endpoint);
    }

    @Bean("election4j.unknownParameters")
    @ConditionalOnAvailableEndpoint(ElectionEndpoint.class)
    UnknownParameters unknownParameters() {
        return new UnknownParameters();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(LeaderEndpoint.class)
    LeaderEndpoint leaderEndpoint(ObjectProvider<Election> elections) {
        return new LeaderEndpoint(elections.orderedStream().toList());
    }
}
