package io.github.election4j.spring.autoconfigure.metrics;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.metrics.ElectionMetrics;
import io.github.election4j.spring.metrics.MeteringEngineObserver;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for metrics of elections.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        after = ElectionAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "election.enabled", matchIfMissing = true)
@ConditionalOnBean({MeterRegistry.class, Elections.class})
public final class ElectionMetricsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    MeteringEngineObserver electionEngineObserver(MeterRegistry registry) {
        return new MeteringEngineObserver(registry);
    }

    /** Before any election starts, so that no change is missed. Those of a parent context are metered there. */
    @Bean
    SmartInitializingSingleton electionMetricsBinder(
            MeterRegistry registry,
            Elections session,
            ListableBeanFactory beans,
            ObjectProvider<MeteringEngineObserver> observer) {
        // A mock of a test has no name.
        return () -> beans.getBeansOfType(Election.class).values().stream()
                .filter(each -> each.name() != null)
                .forEach(election -> {
                    ElectionMetrics.bind(registry, session, election);
                    observer.ifAvailable(metering -> metering.addElection(election.name()));
                });
    }
}
