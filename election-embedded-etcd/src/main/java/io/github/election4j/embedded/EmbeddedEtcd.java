package io.github.election4j.embedded;

import io.github.election4j.embedded.internal.server.EtcdProcess;

/**
 * An etcd in this JVM, for development and tests: one member, on loopback, its data in memory only. It speaks etcd's
 * own protocol (KV, Lease, Watch, and what {@code etcdctl} asks of Maintenance and Cluster), so any client will do.
 * What it does not offer it refuses with UNIMPLEMENTED. Of its history it keeps the last 10,000 revisions, what is
 * older is compacted; what is there stays, whatever its age. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EmbeddedEtcd implements AutoCloseable {
    private final EtcdProcess process;

    private EmbeddedEtcd(int port) {
        this.process = EtcdProcess.start(port);
    }

    /** {@return one on a free port of loopback} */
    public static EmbeddedEtcd start() {
        return new EmbeddedEtcd(0);
    }

    /**
     * {@return one on a port of loopback}
     *
     * @param port the port; 0 for any that is free
     * @throws EmbeddedEtcdException if it cannot listen there; its cause is a {@link java.net.BindException} if
     *     somebody else does
     */
    public static EmbeddedEtcd start(int port) {
        return new EmbeddedEtcd(port);
    }

    /** {@return its URL, for clients} */
    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** {@return the port it listens at} */
    public int port() {
        return process.port();
    }

    /** {@return what can be made to go wrong} */
    public Faults faults() {
        return process;
    }

    /** {@return the time that leases live by} */
    public ServerClock clock() {
        return process.clock();
    }

    /** Ends it, and forgets its data. The port is free when this returns. Harmless if it is closed already. */
    @Override
    public void close() {
        process.close();
    }
}
