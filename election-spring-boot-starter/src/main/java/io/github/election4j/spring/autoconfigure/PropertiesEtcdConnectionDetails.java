package io.github.election4j.spring.autoconfigure;

import io.github.election4j.InvalidElectionConfigException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Adapts the properties to connection details. */
class PropertiesEtcdConnectionDetails implements EtcdConnectionDetails {
    private static final List<String> DEFAULT_ENDPOINTS = List.of("http://localhost:2379");

    private final ElectionProperties.Etcd properties;
    private final @Nullable SslBundles sslBundles;

    PropertiesEtcdConnectionDetails(ElectionProperties.Etcd properties, @Nullable SslBundles sslBundles) {
        this.properties = properties;
        this.sslBundles = sslBundles;
    }

    @Override
    public List<String> getEndpoints() {
        List<String> endpoints = properties.getEndpoints();
        return endpoints == null ? DEFAULT_ENDPOINTS : endpoints;
    }

    @Override
    public @Nullable String getUser() {
        return properties.getUser();
    }

    @Override
    public @Nullable String getPassword() {
        return properties.getPassword();
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        String name = properties.getSsl().getBundle();
        if (name == null || name.isBlank()) {
            return null;
        }
        if (sslBundles == null) {
            throw new InvalidElectionConfigException(
                    "sslBundle",
                    "'" + name + "' is named but there are no SSL bundles",
                    "Configure spring.ssl.bundle.");
        }
        return sslBundles.getBundle(name);
    }
}
