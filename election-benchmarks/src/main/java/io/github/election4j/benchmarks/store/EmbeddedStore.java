package io.github.election4j.benchmarks.store;

import io.github.election4j.embedded.EmbeddedEtcd;
import java.net.InetSocketAddress;
import java.net.URI;

/** The embedded etcd. It counts nothing, and shares this JVM's processors with whoever measures. */
final class EmbeddedStore implements Store {
    private final EmbeddedEtcd etcd = EmbeddedEtcd.start();

    @Override
    public String address() {
        return etcd.endpoint();
    }

    @Override
    public InetSocketAddress socket() {
        URI endpoint = URI.create(etcd.endpoint());
        return new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    }

    @Override
    public Usage usage() {
        return new Usage(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    @Override
    public String version() {
        return "embedded etcd";
    }

    @Override
    public void close() {
        etcd.close();
    }
}
