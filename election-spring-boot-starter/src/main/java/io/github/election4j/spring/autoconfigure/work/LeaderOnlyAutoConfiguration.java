package io.github.election4j.spring.autoconfigure.work;

import io.github.election4j.Election;
import io.github.election4j.spring.autoconfigure.DisabledElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.work.LeaderElections;
import io.github.election4j.spring.work.LeaderOnlyBeanPostProcessor;
import io.github.election4j.spring.work.LeaderOnlyChecks;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/**
 * {@link AutoConfiguration Auto-configuration} for what only the leader does. Where elections are disabled, nobody
 * leads, and nothing of it is done.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = {ElectionAutoConfiguration.class, DisabledElectionAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "election.leader-only.enabled", matchIfMissing = true)
@ConditionalOnBean(Election.class)
public final class LeaderOnlyAutoConfiguration {
    @Bean("election4j.leaderElections")
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LeaderElections leaderElections(ObjectProvider<Election> elections) {
        return new LeaderElections(elections);
    }

    @Bean("election4j.leaderOnlyBeanPostProcessor")
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LeaderOnlyBeanPostProcessor leaderOnlyBeanPostProcessor(ObjectProvider<LeaderElections> elections) {
        return new LeaderOnlyBeanPostProcessor(elections::getObject);
    }

    @Bean("election4j.leaderOnlyChecks")
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LeaderOnlyChecks leaderOnlyChecks(ConfigurableListableBeanFactory beans, LeaderElections elections) {
        return new LeaderOnlyChecks(beans, elections);
    }
}
