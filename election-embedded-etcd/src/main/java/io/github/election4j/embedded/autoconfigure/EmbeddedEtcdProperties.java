package io.github.election4j.embedded.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the embedded etcd.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("election.etcd.embedded")
public class EmbeddedEtcdProperties {
    /**
     * Port on loopback of the embedded etcd. The first process that finds it free hosts the etcd, in memory; later ones
     * join whatever listens there. Used only without 'election.etcd.endpoints'.
     */
    private int port = 2379;

    public int getPort() {
        return port;
    }

    public void setPort(int port) {
        this.port = port;
    }
}
