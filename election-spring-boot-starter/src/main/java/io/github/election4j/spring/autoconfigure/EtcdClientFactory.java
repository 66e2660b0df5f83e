package io.github.election4j.spring.autoconfigure;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * Builds clients of etcd for the application, from the same details as those of elections: endpoints, credentials, TLS
 * and customizers, time-outs and keep-alive. Without the namespace, which belongs to the elections' keys.
 */
class EtcdClientFactory {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    private final ElectionProperties.Etcd properties;
    private final EtcdConnectionDetails details;
    private final List<EtcdClientBuilderCustomizer> customizers;

    EtcdClientFactory(
            ElectionProperties.Etcd properties,
            EtcdConnectionDetails details,
            List<EtcdClientBuilderCustomizer> customizers) {
        this.properties = properties;
        this.details = details;
        this.customizers = List.copyOf(customizers);
    }

    /** {@return a new client, which the caller closes; it connects when it is used} */
    Client create() {
        Duration timeout = properties.getRequestTimeout() == null ? REQUEST_TIMEOUT : properties.getRequestTimeout();
        ClientBuilder builder = Client.builder()
                .endpoints(details.getEndpoints().stream()
                        .map(each -> URI.create(each.strip()))
                        .toList())
                .connectTimeout(properties.getConnectTimeout())
                .keepaliveTime(Duration.ofSeconds(10))
                .keepaliveTimeout(Duration.ofSeconds(2))
                .keepaliveWithoutCalls(false) // etcd answers pings on idle connections with too_many_pings
                .interceptor(new EtcdDeadlines(timeout));
        if (details.getUser() != null && details.getPassword() != null) {
            builder.user(bytes(details.getUser())).password(bytes(details.getPassword()));
        }
        if (details.getEndpoints().stream().anyMatch(each -> each.strip().startsWith("https:"))) {
            EtcdSsl.trustWhatTheJvmTrusts(builder);
        }
        customize(builder);
        return builder.build();
    }

    /** What elections leave to be set for their own clients: TLS, and what the application wishes. */
    void customize(ClientBuilder builder) {
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) {
            EtcdSsl.apply(bundle, builder);
        }
        customizers.forEach(each -> each.customize(builder));
    }

    private static ByteSequence bytes(@Nullable String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
