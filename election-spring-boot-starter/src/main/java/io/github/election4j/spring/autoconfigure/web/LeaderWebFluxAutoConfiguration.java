package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.Election;
import io.github.election4j.spring.autoconfigure.DisabledElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.DispatcherHandler;

/**
 * {@link AutoConfiguration Auto-configuration} for what a member answers to requests for the leader, with WebFlux.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = {ElectionAutoConfiguration.class, DisabledElectionAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnBooleanProperty(name = "election.leader-only.enabled", matchIfMissing = true)
@ConditionalOnBean(Election.class)
@EnableConfigurationProperties(ElectionWebProperties.class)
public final class LeaderWebFluxAutoConfiguration {
    @Bean("election4j.notLeaderAdvice")
    WebFluxNotLeaderAdvice notLeaderAdvice(ElectionWebProperties properties) {
        return new WebFluxNotLeaderAdvice(new NotLeaderAnswers(properties.getOnFollower()));
    }

    @Bean("election4j.termFilter")
    WebFluxTermFilter termFilter(
            ElectionWebProperties properties, ObjectProvider<Election> elections, ServerCodecConfigurer codecs) {
        return new WebFluxTermFilter(
                new RequestedTerms(elections), new NotLeaderAnswers(properties.getOnFollower()), codecs);
    }
}
