package io.github.election4j.spring.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsNotFoundException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.context.ImportTestcontainers;
import org.springframework.boot.testcontainers.service.connection.PemTrustStore;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.Ssl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.containers.GenericContainer;

/** Containers as users declare them, through what Boot makes of them. */
class EtcdContainerConnectionDetailsFactoryTests {
    private static final String ENDPOINT = "http://docker.test:32379";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ServiceConnectionAutoConfiguration.class, ElectionAutoConfiguration.class))
            .withPropertyValues(
                    "spring.application.name=shop",
                    "election.auto-startup=false",
                    "election.etcd.endpoints=http://properties.test:2379");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Coreos.class,
                Development.class,
                Kubernetes.class,
                Bitnami.class,
                BitnamiLegacy.class,
                NamedByTheAnnotation.class,
                NamedBean.class
            })
    void aContainerOfEtcdIsWhereElectionsConnectTo(Class<?> containers) {
        runner.withUserConfiguration(containers)
                .run(context -> assertThat(
                                context.getBean(EtcdConnectionDetails.class).getEndpoints())
                        .containsExactly(ENDPOINT));
    }

    @Test
    void aContainerOfSomethingElseIsNone() {
        runner.withUserConfiguration(SomethingElse.class)
                .run(context ->
                        assertThat(context).getFailure().isInstanceOf(ConnectionDetailsNotFoundException.class));
    }

    @Test
    void bitnamisPasswordIsThatOfRoot() {
        runner.withUserConfiguration(Bitnami.class).run(context -> {
            EtcdConnectionDetails details = context.getBean(EtcdConnectionDetails.class);
            assertThat(details.getUser()).isEqualTo("root");
            assertThat(details.getPassword()).isEqualTo("secret");
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {Coreos.class, BitnamiLegacy.class})
    void thereIsNoUserWithoutAPassword(Class<?> containers) {
        runner.withUserConfiguration(containers).run(context -> {
            EtcdConnectionDetails details = context.getBean(EtcdConnectionDetails.class);
            assertThat(details.getUser()).isNull();
            assertThat(details.getPassword()).isNull();
            assertThat(details.getSslBundle()).isNull();
        });
    }

    @Test
    void theContainersBundleIsUsed() {
        runner.withUserConfiguration(Secured.class).run(context -> {
            EtcdConnectionDetails details = context.getBean(EtcdConnectionDetails.class);
            SslBundle bundle = details.getSslBundle();
            assertThat(bundle).isNotNull();
            assertThat(bundle.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(details.getEndpoints()).containsExactly("https://docker.test:32379");
        });
    }

    @ImportTestcontainers
    static class Coreos {
        @ServiceConnection
        static final GenericContainer<?> ETCD = new FakeEtcdContainer("quay.io/coreos/etcd:v3.5.30");
    }

    @ImportTestcontainers
    static class Development {
        @ServiceConnection
        static final GenericContainer<?> ETCD = new FakeEtcdContainer("gcr.io/etcd-development/etcd:v3.5.30");
    }

    @ImportTestcontainers
    static class Kubernetes {
        @ServiceConnection
        static final GenericContainer<?> ETCD = new FakeEtcdContainer("registry.k8s.io/etcd:3.5.30-0");
    }

    @ImportTestcontainers
    static class Bitnami {
        @ServiceConnection
        static final GenericContainer<?> ETCD =
                new FakeEtcdContainer("bitnami/etcd:3.5").withEnv("ETCD_ROOT_PASSWORD", "secret");
    }

    @ImportTestcontainers
    static class BitnamiLegacy {
        @ServiceConnection
        static final GenericContainer<?> ETCD = new FakeEtcdContainer("bitnamilegacy/etcd:3.5")
                .withEnv("ALLOW_NONE_AUTHENTICATION", "yes")
                .withEnv("ETCD_ROOT_PASSWORD", "");
    }

    @ImportTestcontainers
    static class NamedByTheAnnotation {
        @ServiceConnection("etcd")
        static final GenericContainer<?> ETCD = new FakeEtcdContainer("registry.test/mirror/of-etcd:1");
    }

    @ImportTestcontainers
    static class SomethingElse {
        @ServiceConnection
        static final GenericContainer<?> OTHER = new FakeEtcdContainer("example/not-etcd:1");
    }

    @ImportTestcontainers
    static class Secured {
        @ServiceConnection
        @Ssl(protocol = "TLSv1.3")
        @PemTrustStore
        static final GenericContainer<?> ETCD = new FakeEtcdContainer("quay.io/coreos/etcd:v3.5.30");
    }

    @Configuration(proxyBeanMethods = false)
    static class NamedBean {
        @Bean
        @ServiceConnection(name = "etcd")
        GenericContainer<?> container() {
            return new FakeEtcdContainer("quay.io/coreos/etcd:v3.5.30");
        }
    }
}
