package io.github.election4j.spring.autoconfigure;

import io.etcd.jetcd.Client;
import io.github.election4j.Elections;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.spi.EngineObserver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;

/**
 * Builds sessions as the properties say, one each time it is asked. What cannot be used is refused when the factory is
 * created, and not when a session is wanted.
 */
final class ElectionSessionFactory {
    private final ElectionProperties properties;
    private final EtcdConnectionDetails details;
    private final ObjectProvider<Client> client;
    private final ObjectProvider<EngineObserver> observer;

    ElectionSessionFactory(
            ElectionProperties properties,
            EtcdConnectionDetails details,
            ObjectProvider<Client> client,
            ObjectProvider<EngineObserver> observer) {
        this.properties = properties;
        this.details = details;
        this.client = client;
        this.observer = observer;
        builder().validate();
    }

    /** {@return a new session, which the caller closes} */
    Elections create() {
        return builder().build();
    }

    private EtcdElections builder() {
        ElectionProperties.Etcd etcd = properties.getEtcd();
        EtcdElections builder = EtcdElections.builder()
                .namespace(etcd.getNamespace())
                .leaseDuration(properties.getLeaseDuration())
                .connectTimeout(etcd.getConnectTimeout());
        if (etcd.getRequestTimeout() != null) {
            builder.requestTimeout(etcd.getRequestTimeout());
        }
        observer.ifUnique(builder::observer);
        Client existing = client.getIfUnique();
        if (existing != null) {
            return builder.client(existing);
        }
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) {
            builder.clientCustomizer(target -> EtcdSsl.apply(bundle, target));
        }
        return builder.endpoints(details.getEndpoints()).credentials(details.getUser(), details.getPassword());
    }
}
