package io.github.election4j.spring.autoconfigure;

import io.etcd.jetcd.Client;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.ProxyType;
import org.springframework.context.annotation.Proxyable;

/** Where etcd is, and a client for the application's own use. */
@Configuration(proxyBeanMethods = false)
class EtcdClientConfiguration {
    /** Of the client that elections never use: theirs is one that they can replace. */
    static final String CLIENT = ElectionAutoConfiguration.PREFIX + "client";

    @Bean(ElectionAutoConfiguration.PREFIX + "connectionDetails")
    @ConditionalOnMissingBean(EtcdConnectionDetails.class)
    PropertiesEtcdConnectionDetails etcdConnectionDetails(
            ElectionProperties properties, ObjectProvider<SslBundles> sslBundles) {
        return new PropertiesEtcdConnectionDetails(properties.getEtcd(), sslBundles.getIfAvailable());
    }

    @Bean(ElectionAutoConfiguration.PREFIX + "clientFactory")
    EtcdClientFactory etcdClientFactory(
            ElectionProperties properties,
            EtcdConnectionDetails details,
            ObjectProvider<EtcdClientBuilderCustomizer> customizers) {
        return new EtcdClientFactory(
                properties.getEtcd(), details, customizers.orderedStream().toList());
    }

    /** Costs nothing until somebody asks for it; gives way to one that is defined after the conditions were asked. */
    @Bean(name = CLIENT, destroyMethod = "close")
    @ConditionalOnMissingBean
    @Lazy
    @Fallback
    @Proxyable(ProxyType.INTERFACES)
    Client etcdClient(EtcdClientFactory factory) {
        return factory.create();
    }
}
