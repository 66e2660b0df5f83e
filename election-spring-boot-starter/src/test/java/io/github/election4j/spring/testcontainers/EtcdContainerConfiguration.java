package io.github.election4j.spring.testcontainers;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.testcontainers.containers.GenericContainer;

/** As docs/spring-boot.md shows it; compiled, for there is no container engine to run it on. */
@TestConfiguration(proxyBeanMethods = false)
class EtcdContainerConfiguration {
    @Bean
    @ServiceConnection("etcd")
    GenericContainer<?> etcd() {
        return new GenericContainer<>("quay.io/coreos/etcd:v3.5.30")
                .withExposedPorts(2379)
                .withCommand(
                        "etcd",
                        "--listen-client-urls=http://0.0.0.0:2379",
                        "--advertise-client-urls=http://0.0.0.0:2379");
    }
}
