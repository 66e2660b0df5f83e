package io.github.election4j.spring.autoconfigure.work;

import io.github.election4j.spring.work.LeaderAwareLifecycleProcessor;
import io.github.election4j.spring.work.LeaderElections;
import io.github.election4j.spring.work.LeaderOnlyLifecycles;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * {@link AutoConfiguration Auto-configuration} for lifecycle beans that run on the leader. The processor of lifecycle
 * beans takes the place of Spring Boot's, and has the same settings.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LeaderOnlyAutoConfiguration.class, before = LifecycleAutoConfiguration.class)
@ConditionalOnBean(LeaderElections.class)
@EnableConfigurationProperties(LifecycleProperties.class)
public final class LeaderOnlyLifecycleAutoConfiguration {
    /** Also where everything else is lazy: what cannot work is refused. */
    @Bean("election4j.leaderOnlyLifecycles")
    @Lazy(false)
    LeaderOnlyLifecycles leaderOnlyLifecycles(ConfigurableListableBeanFactory beans, LeaderElections elections) {
        return new LeaderOnlyLifecycles(beans, elections);
    }

    @Bean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
    @ConditionalOnMissingBean(
            name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
            search = SearchStrategy.CURRENT)
    LeaderAwareLifecycleProcessor leaderAwareLifecycleProcessor(LifecycleProperties properties) {
        LeaderAwareLifecycleProcessor processor = new LeaderAwareLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(
                properties.getTimeoutPerShutdownPhase().toMillis());
        return processor;
    }
}
