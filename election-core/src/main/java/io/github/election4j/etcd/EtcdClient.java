package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;

/**
 * A client of jetcd, and how to watch by it.
 *
 * @param client the client
 * @param watches its watches, which end when it is closed
 */
record EtcdClient(Client client, EtcdWatches watches) {
    /** Builds one whose watches share a stream. To be called when the builder has all other interceptors. */
    static EtcdClient of(ClientBuilder builder) {
        ChannelTap tap = new ChannelTap();
        Client client = builder.interceptor(tap).build();
        return new EtcdClient(client, new EtcdWatchStreams(() -> tap.watchStub(client), builder.namespace()));
    }

    /** The user's own: nobody can tell its channel any more, so each watch has a stream for itself. */
    static EtcdClient borrowed(Client client) {
        return new EtcdClient(client, new JetcdWatches(client));
    }
}
