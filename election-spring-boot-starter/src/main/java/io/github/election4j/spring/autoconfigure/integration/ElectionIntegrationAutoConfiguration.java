package io.github.election4j.spring.autoconfigure.integration;

import io.github.election4j.Election;
import io.github.election4j.spring.autoconfigure.DisabledElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.integration.EndpointsInRoles;
import io.github.election4j.spring.integration.IntegrationLeaderEvents;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.leader.event.OnGrantedEvent;

/**
 * {@link AutoConfiguration Auto-configuration} for endpoints of Spring Integration whose role is an election.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = {ElectionAutoConfiguration.class, DisabledElectionAutoConfiguration.class})
@ConditionalOnClass(OnGrantedEvent.class)
@ConditionalOnBean(Election.class)
public final class ElectionIntegrationAutoConfiguration {
    @Bean("election4j.integrationLeaderEvents")
    IntegrationLeaderEvents integrationLeaderEvents() {
        return new IntegrationLeaderEvents();
    }

    @Bean("election4j.endpointsInRoles")
    EndpointsInRoles endpointsInRoles(ObjectProvider<Election> elections) {
        return new EndpointsInRoles(elections);
    }
}
