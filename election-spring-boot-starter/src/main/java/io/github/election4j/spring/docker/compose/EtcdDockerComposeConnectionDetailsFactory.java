package io.github.election4j.spring.docker.compose;

import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/** Makes connection details from services of Docker Compose that run an image named etcd, whoever publishes it. */
class EtcdDockerComposeConnectionDetailsFactory extends DockerComposeConnectionDetailsFactory<EtcdConnectionDetails> {
    /** Says what a service is where its image's name does not. */
    private static final String LABEL = "org.springframework.boot.service-connection";

    private static final int CLIENT_PORT = 2379;

    EtcdDockerComposeConnectionDetailsFactory() {
        super(source -> isEtcd(source.getRunningService()));
    }

    private static boolean isEtcd(RunningService service) {
        String label = service.labels().get(LABEL);
        ImageReference image = label == null ? service.image() : ImageReference.of(label);
        String name = image.getName();
        return name.substring(name.lastIndexOf('/') + 1).equals("etcd");
    }

    @Override
    protected EtcdConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new EtcdDockerComposeConnectionDetails(source.getRunningService());
    }

    private static final class EtcdDockerComposeConnectionDetails extends DockerComposeConnectionDetails
            implements EtcdConnectionDetails {
        private final @Nullable SslBundle sslBundle;
        private final String endpoint;
        private final @Nullable String password;

        private EtcdDockerComposeConnectionDetails(RunningService service) {
            super(service);
            sslBundle = getSslBundle(service);
            String scheme = sslBundle == null ? "http" : "https";
            endpoint = scheme + "://" + service.host() + ":" + service.ports().get(CLIENT_PORT);
            password = service.env().get("ETCD_ROOT_PASSWORD");
        }

        @Override
        public List<String> getEndpoints() {
            return List.of(endpoint);
        }

        @Override
        public @Nullable String getUser() {
            return getPassword() == null ? null : "root";
        }

        /** Bitnami's image asks for the password of root where it is given one, and for nothing else. */
        @Override
        public @Nullable String getPassword() {
            return password == null || password.isEmpty() ? null : password;
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return sslBundle;
        }
    }
}
