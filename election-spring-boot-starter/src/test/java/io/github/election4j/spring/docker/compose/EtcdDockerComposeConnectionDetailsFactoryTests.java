package io.github.election4j.spring.docker.compose;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.ssl.SslBundle;

/** Services as Boot hands them to the factories that are registered. */
class EtcdDockerComposeConnectionDetailsFactoryTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "quay.io/coreos/etcd:v3.5.30",
                "gcr.io/etcd-development/etcd:v3.5.30",
                "registry.k8s.io/etcd:3.5.30-0",
                "bitnami/etcd",
                "bitnamilegacy/etcd:3.5",
                "registry.test:5000/some/mirror/etcd:1",
                "etcd"
            })
    void aServiceOfEtcdIsWhereElectionsConnectTo(String image) throws Exception {
        EtcdConnectionDetails details = details(FakeService.of(image));
        assertThat(details.getEndpoints()).containsExactly("http://docker.test:32379");
        assertThat(details.getUser()).isNull();
        assertThat(details.getPassword()).isNull();
        assertThat(details.getSslBundle()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example/not-etcd", "example/etcd-backup", "etcd/something", "redis"})
    void aServiceOfSomethingElseIsNone(String image) throws Exception {
        assertThat(all(FakeService.of(image))).isEmpty();
    }

    @Test
    void aLabelSaysWhatTheNameOfTheImageDoesNot() throws Exception {
        String label = "org.springframework.boot.service-connection";
        assertThat(details(FakeService.of("example/coordination").withLabel(label, "etcd"))
                        .getEndpoints())
                .containsExactly("http://docker.test:32379");
        assertThat(all(FakeService.of("coreos/etcd").withLabel(label, "example/other")))
                .isEmpty();
    }

    @Test
    void bitnamisPasswordIsThatOfRoot() throws Exception {
        EtcdConnectionDetails details = details(FakeService.of("bitnami/etcd").withEnv("ETCD_ROOT_PASSWORD", "secret"));
        assertThat(details.getUser()).isEqualTo("root");
        assertThat(details.getPassword()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALLOW_NONE_AUTHENTICATION=yes", "ETCD_ROOT_PASSWORD="})
    void thereIsNoUserWithoutAPassword(String variable) throws Exception {
        String[] pair = variable.split("=", 2);
        EtcdConnectionDetails details = details(FakeService.of("bitnami/etcd").withEnv(pair[0], pair[1]));
        assertThat(details.getUser()).isNull();
        assertThat(details.getPassword()).isNull();
    }

    @Test
    void theBundleOfTheLabelsIsUsed() throws Exception {
        EtcdConnectionDetails details = details(FakeService.of("coreos/etcd")
                .withLabel("org.springframework.boot.sslbundle.jks.truststore.location", "classpath:none.jks"));
        SslBundle bundle = details.getSslBundle();
        assertThat(bundle).isNotNull();
        assertThat(details.getEndpoints()).containsExactly("https://docker.test:32379");
    }

    private static EtcdConnectionDetails details(FakeService service) throws ReflectiveOperationException {
        return (EtcdConnectionDetails) requireNonNull(all(service).get(EtcdConnectionDetails.class));
    }

    private static Map<Class<?>, ConnectionDetails> all(FakeService service) throws ReflectiveOperationException {
        return new ConnectionDetailsFactories(null).getConnectionDetails(service.asSource(), false);
    }
}
