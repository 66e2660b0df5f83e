package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A jetcd client, our own or the user's. P11: one of our own is replaced after a long outage, since its reconnect
 * back-off grows to two minutes and cannot be reset.
 */
final class EtcdConnection {
    private final @Nullable Supplier<Client> factory;
    private @Nullable Client client;
    private boolean closed;

    private EtcdConnection(@Nullable Supplier<Client> factory, @Nullable Client client) {
        this.factory = factory;
        this.client = client;
    }

    static EtcdConnection owned(Supplier<Client> factory) {
        return new EtcdConnection(factory, null);
    }

    static EtcdConnection borrowed(Client client) {
        return new EtcdConnection(null, client);
    }

    synchronized Client client() {
        if (closed) {
            throw new IllegalStateException("The session is closed");
        }
        Client present = client;
        if (present == null) {
            if (factory == null) {
                throw new IllegalStateException("No client");
            }
            present = factory.get();
            client = present;
        }
        return present;
    }

    synchronized void replace() {
        if (factory != null && client != null) {
            closeAside(client);
            client = null;
        }
    }

    synchronized void close() {
        closed = true;
        if (factory != null && client != null) {
            closeAside(client);
        }
        client = null;
    }

    /** Closing calls back into whatever is open, and takes its locks: not on a thread that has other things to do. */
    static void closeAside(AutoCloseable closeable) {
        Thread thread = new Thread(() -> closeQuietly(closeable), "election4j-close");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception gone) {
            org.slf4j.LoggerFactory.getLogger(EtcdConnection.class).debug("While closing a connection", gone);
        }
    }
}
