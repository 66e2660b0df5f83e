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
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * {@link AutoConfiguration Auto-configuration} for what a member answers to requests for the leader, with Spring MVC.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = {ElectionAutoConfiguration.class, DisabledElectionAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, WebMvcConfigurer.class})
@ConditionalOnBooleanProperty(name = "election.leader-only.enabled", matchIfMissing = true)
@ConditionalOnBean(Election.class)
@EnableConfigurationProperties(ElectionWebProperties.class)
public final class LeaderWebMvcAutoConfiguration {
    @Bean("election4j.notLeaderAdvice")
    WebMvcNotLeaderAdvice notLeaderAdvice(ElectionWebProperties properties) {
        return new WebMvcNotLeaderAdvice(new NotLeaderAnswers(properties.getOnFollower()));
    }

    /** After the application's own interceptors, which may be what lets a client in. */
    @Bean("election4j.termInterceptor")
    WebMvcConfigurer termInterceptor(ObjectProvider<Election> elections) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new WebMvcTermInterceptor(new RequestedTerms(elections)))
                        .order(Ordered.LOWEST_PRECEDENCE);
            }
        };
    }
}
