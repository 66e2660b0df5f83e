package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A jetcd client, our own or the user's. One of our own can be replaced: after a long outage (P11), since its reconnect
 * back-off grows to two minutes and cannot be reset, and when what it was built of has changed. No client is let go of
 * before its successor has proved to be one; then it lingers for as long as a request may take, since closing it ends
 * whatever is under way.
 */
final class EtcdConnection {
    private final @Nullable Supplier<Client> factory;
    private final Duration linger;
    /** Clients that are open and not in use: one that has yet to prove itself, and those that linger. */
    private final Set<Client> aside = new HashSet<>();
    /** At most one at a time: one that never ends keeps a thread. */
    private final AtomicBoolean building = new AtomicBoolean();

    private @Nullable Client client;
    private boolean closed;

    private EtcdConnection(@Nullable Supplier<Client> factory, @Nullable Client client, Duration linger) {
        this.factory = factory;
        this.client = client;
        this.linger = linger;
    }

    static EtcdConnection owned(Supplier<Client> factory, Duration linger) {
        return new EtcdConnection(factory, null, linger);
    }

    static EtcdConnection borrowed(Client client) {
        return new EtcdConnection(null, client, Duration.ZERO);
    }

    synchronized Client client() {
        requireOpen();
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

    /**
     * Replaces the client, if there is one of our own. Building may take a while, since it may read key stores, and may
     * never end, since users have a part in it: whoever completes the future first decides, and a successor that comes
     * later is not used.
     *
     * @param proof asks etcd something by the successor; what that fails with, this fails with
     * @param limit how long building and proving may take
     */
    CompletableFuture<Void> replace(EtcdProof proof, Duration limit) {
        CompletableFuture<Void> replaced = new CompletableFuture<>();
        if (factory == null) {
            replaced.complete(null);
        } else {
            onThreadOfItsOwn("election4j-connect", () -> replace(factory, proof, replaced));
            CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> replaced.completeExceptionally(proof.missing()));
        }
        return replaced;
    }

    private void replace(Supplier<Client> maker, EtcdProof proof, CompletableFuture<Void> replaced) {
        try {
            if (isUsed()) {
                Client next = build(maker);
                putAside(next);
                replaced.whenComplete((done, failure) -> {
                    if (failure != null) {
                        drop(next);
                    }
                });
                proof.of(next, replaced::isDone)
                        .thenRun(() -> use(next, replaced))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                replaced.completeExceptionally(EtcdErrors.normalise(failure));
                            }
                        });
            } else {
                replaced.complete(null);
            }
        } catch (RuntimeException | Error unusable) {
            replaced.completeExceptionally(EtcdErrors.normalise(unusable));
        }
    }

    private Client build(Supplier<Client> maker) {
        if (!building.compareAndSet(false, true)) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, "a client that was asked for before is still being built", null);
        }
        try {
            return maker.get();
        } finally {
            building.set(false);
        }
    }

    private synchronized boolean isUsed() {
        requireOpen();
        return client != null;
    }

    private synchronized void putAside(Client next) {
        aside.add(next);
        if (closed) {
            drop(next);
        }
    }

    /** Whoever is told that it is replaced finds it replaced; under the lock nobody else sees one that is not. */
    private synchronized void use(Client next, CompletableFuture<Void> replaced) {
        requireOpen();
        Client old = client;
        client = next;
        if (!replaced.complete(null)) {
            client = old;
        } else {
            aside.remove(next);
            lingers(old);
        }
    }

    private void lingers(@Nullable Client old) {
        if (old != null) {
            aside.add(old);
            CompletableFuture.delayedExecutor(linger.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> drop(old));
        }
    }

    /** Closes one that is not in use, unless that was done. */
    private synchronized void drop(Client unused) {
        if (aside.remove(unused)) {
            closeAside(unused);
        }
    }

    synchronized void close() {
        closed = true;
        Set.copyOf(aside).forEach(this::drop);
        if (factory != null && client != null) {
            closeAside(client);
        }
        client = null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The session is closed");
        }
    }

    /** Closing calls back into whatever is open, and takes its locks: not on a thread that has other things to do. */
    static void closeAside(AutoCloseable closeable) {
        onThreadOfItsOwn("election4j-close", () -> closeQuietly(closeable));
    }

    private static void onThreadOfItsOwn(String name, Runnable task) {
        Thread thread = new Thread(task, name);
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
