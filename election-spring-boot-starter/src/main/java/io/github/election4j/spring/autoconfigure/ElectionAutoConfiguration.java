package io.github.election4j.spring.autoconfigure;

import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.ElectionListener;
import io.github.election4j.Elections;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spring.ElectionLifecycle;
import io.github.election4j.spring.ManagedElections;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for elections on etcd.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration")
@ConditionalOnClass({Elections.class, Client.class})
@ConditionalOnBooleanProperty(name = "election.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ElectionProperties.class)
@Import(EtcdClientConfiguration.class)
public final class ElectionAutoConfiguration {
    /** Of the names of beans, which users' own must not collide with. */
    static final String PREFIX = "election4j.";

    static final String CONFIG_FACTORY = PREFIX + "configFactory";

    @Bean(CONFIG_FACTORY)
    ElectionConfigFactory electionConfigFactory(
            ElectionProperties properties, Environment environment, ObjectProvider<Elections> session) {
        return new ElectionConfigFactory(properties, environment, session);
    }

    /** Eager even where everything else is lazy: bad settings are refused before the web server starts. */
    @Bean(name = PREFIX + "elections", destroyMethod = "close")
    @ConditionalOnMissingBean
    @Lazy(false)
    Elections elections(
            ElectionProperties properties,
            EtcdConnectionDetails details,
            EtcdClientFactory clients,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<Client> userClients,
            EngineObservers observers,
            ObjectProvider<SslBundles> sslBundles) {
        ElectionSessionFactory factory = new ElectionSessionFactory(
                properties, details, clients, () -> UserClient.find(beans, userClients), observers.all());
        ManagedElections elections = new ManagedElections(factory::create);
        String bundle = factory.sslBundle();
        if (bundle != null) {
            sslBundles.ifAvailable(bundles -> SslBundleUpdates.follow(bundle, bundles, elections));
        }
        return elections;
    }

    @Bean(PREFIX + "engineObservers")
    EngineObservers engineObservers(ObjectProvider<EngineObserver> observers) {
        return new EngineObservers(observers);
    }

    @Bean(PREFIX + "lifecycle")
    ElectionLifecycle electionLifecycle(ApplicationContext context, ObjectProvider<ElectionListener> listeners) {
        return new ElectionLifecycle(context, listeners);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Election.class)
    @Import(ElectionBeansRegistrar.class)
    static class ElectionBeansConfiguration {}
}
