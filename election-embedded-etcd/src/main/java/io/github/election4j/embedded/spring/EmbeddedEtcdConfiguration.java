package io.github.election4j.embedded.spring;

import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Each bean is destroyed after those that were made of it: the session first, the etcd last. */
@Configuration(proxyBeanMethods = false)
class EmbeddedEtcdConfiguration {
    @Bean(destroyMethod = "close")
    EmbeddedEtcd embeddedEtcd() {
        return EmbeddedEtcd.start();
    }

    @Bean
    @Primary
    EtcdConnectionDetails embeddedEtcdConnectionDetails(EmbeddedEtcd etcd) {
        return () -> List.of(etcd.endpoint());
    }
}
