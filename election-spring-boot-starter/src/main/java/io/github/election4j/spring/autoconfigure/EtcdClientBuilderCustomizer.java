package io.github.election4j.spring.autoconfigure;

import io.etcd.jetcd.ClientBuilder;

/**
 * Callback for beans that change how clients of etcd are built: the {@link io.etcd.jetcd.Client} that is
 * auto-configured, and each client that elections build for themselves, again whenever they replace theirs: after a
 * long outage, and when the SSL bundle is updated. A client that the application defines itself is left as it is.
 *
 * <p>Called in the order of the beans, after everything else was set; the last word is theirs. A namespace is not for
 * them to set: elections have {@code election.etcd.namespace}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EtcdClientBuilderCustomizer {
    /**
     * Customizes a client.
     *
     * @param builder what the client is built with
     */
    void customize(ClientBuilder builder);
}
