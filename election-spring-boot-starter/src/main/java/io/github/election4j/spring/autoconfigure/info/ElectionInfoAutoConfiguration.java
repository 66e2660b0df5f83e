package io.github.election4j.spring.autoconfigure.info;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.info.ElectionInfoContributor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link ElectionInfoContributor}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ElectionAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
@ConditionalOnBooleanProperty(name = "election.enabled", matchIfMissing = true)
@ConditionalOnBean(Elections.class)
@ConditionalOnEnabledInfoContributor("leader")
public final class ElectionInfoAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ElectionInfoContributor electionInfoContributor(ObjectProvider<Election> elections) {
        return new ElectionInfoContributor(elections.orderedStream().toList());
    }
}
