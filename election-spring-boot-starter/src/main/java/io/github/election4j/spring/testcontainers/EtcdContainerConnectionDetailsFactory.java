package io.github.election4j.spring.testcontainers;

import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/** Makes connection details from containers of etcd that have a {@code @ServiceConnection}. */
class EtcdContainerConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<Container<?>, EtcdConnectionDetails> {
    /** Compared with the name of the annotation, else with the name of the image without its registry and tag. */
    private static final List<String> CONNECTION_NAMES =
            List.of("etcd", "coreos/etcd", "etcd-development/etcd", "bitnami/etcd", "bitnamilegacy/etcd");

    private static final int CLIENT_PORT = 2379;

    EtcdContainerConnectionDetailsFactory() {
        super(CONNECTION_NAMES);
    }

    @Override
    protected EtcdConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
        return new EtcdContainerConnectionDetails(source);
    }

    private static final class EtcdContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
            implements EtcdConnectionDetails {
        private EtcdContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        @Override
        public List<String> getEndpoints() {
            String scheme = getSslBundle() == null ? "http" : "https";
            Container<?> etcd = getContainer();
            return List.of(scheme + "://" + etcd.getHost() + ":" + etcd.getMappedPort(CLIENT_PORT));
        }

        @Override
        public @Nullable String getUser() {
            return getPassword() == null ? null : "root";
        }

        /** Bitnami's image asks for the password of root where it is given one, and for nothing else. */
        @Override
        public @Nullable String getPassword() {
            String password = getContainer().getEnvMap().get("ETCD_ROOT_PASSWORD");
            return password == null || password.isEmpty() ? null : password;
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return super.getSslBundle();
        }
    }
}
