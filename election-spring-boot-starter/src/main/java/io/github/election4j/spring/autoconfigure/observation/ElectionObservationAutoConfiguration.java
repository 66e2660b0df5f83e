package io.github.election4j.spring.autoconfigure.observation;

import io.github.election4j.Elections;
import io.github.election4j.spring.ElectionObservations;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.observation.ElectionObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for observations of what listeners do.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        after = ElectionAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "election.enabled", matchIfMissing = true)
@ConditionalOnBean({ObservationRegistry.class, Elections.class})
public final class ElectionObservationAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ElectionObservations electionObservations(
            ObservationRegistry registry, ObjectProvider<ElectionObservationConvention> convention) {
        return new ElectionObservations(registry, convention.getIfAvailable());
    }
}
