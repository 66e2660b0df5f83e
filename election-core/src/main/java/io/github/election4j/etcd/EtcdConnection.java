package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    private static final String CLOSED = "The session is closed";

    private final @Nullable Supplier<EtcdClient> factory;
    private final Duration requestTimeout;
    /** Clients that are open and not in use: one that has yet to prove itself, and those that linger. */
    private final Set<EtcdClient> aside = new HashSet<>();
    /** At most one at a time: one that never ends keeps a thread. */
    private final AtomicBoolean building = new AtomicBoolean();

    /** Those who need the first client, which is being built. */
    private final List<CompletableFuture<EtcdClient>> waiting = new ArrayList<>();

    private @Nullable EtcdClient client;
    private boolean buildingFirst;
    private boolean closed;

    private EtcdConnection(
            @Nullable Supplier<EtcdClient> factory, @Nullable EtcdClient client, Duration requestTimeout) {
        this.factory = factory;
        this.client = client;
        this.requestTimeout = requestTimeout;
    }

    static EtcdConnection owned(Supplier<EtcdClient> factory, Duration requestTimeout) {
        return new EtcdConnection(factory, null, requestTimeout);
    }

    static EtcdConnection borrowed(Client client) {
        return new EtcdConnection(null, EtcdClient.borrowed(client), Duration.ZERO);
    }

    /**
     * The client in use. The first is built when it is needed, on a thread of its own, since users have a part in that:
     * neither the loop nor whoever asks for something waits for it (L3), longer than for an answer of etcd.
     */
    CompletableFuture<EtcdClient> client() {
        CompletableFuture<EtcdClient> wanted = new CompletableFuture<>();
        if (waits(wanted)) {
            CompletableFuture.delayedExecutor(requestTimeout.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> giveUp(wanted));
        }
        return wanted;
    }

    /** The client in use, which there is once something was asked by it. */
    synchronized EtcdClient present() {
        requireOpen();
        if (client == null) {
            throw new IllegalStateException("No client");
        }
        return client;
    }

    private synchronized boolean waits(CompletableFuture<EtcdClient> wanted) {
        if (closed) {
            wanted.completeExceptionally(new IllegalStateException(CLOSED));
        } else if (client != null) {
            wanted.complete(client);
        } else if (factory != null) {
            waiting.add(wanted);
            if (!buildingFirst) {
                buildingFirst = true;
                begin(factory);
            }
            return true;
        }
        return false;
    }

    private void begin(Supplier<EtcdClient> maker) {
        try {
            onThreadOfItsOwn("election4j-connect", () -> buildFirst(maker));
        } catch (Error noThread) {
            endFirst().forEach(each -> each.completeExceptionally(noThread));
        }
    }

    private void buildFirst(Supplier<EtcdClient> maker) {
        try {
            EtcdClient first = build(maker);
            useFirst(first);
            endFirst().forEach(each -> each.complete(first));
        } catch (RuntimeException | Error unusable) {
            endFirst().forEach(each -> each.completeExceptionally(unusable));
        }
    }

    private synchronized void useFirst(EtcdClient first) {
        if (closed) {
            closeAside(first.client());
        }
        requireOpen();
        client = first;
    }

    private synchronized List<CompletableFuture<EtcdClient>> endFirst() {
        buildingFirst = false;
        List<CompletableFuture<EtcdClient>> served = List.copyOf(waiting);
        waiting.clear();
        return served;
    }

    private void giveUp(CompletableFuture<EtcdClient> wanted) {
        synchronized (this) {
            waiting.removeIf(each -> each == wanted);
        }
        wanted.completeExceptionally(stillBeingBuilt());
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

    private void replace(Supplier<EtcdClient> maker, EtcdProof proof, CompletableFuture<Void> replaced) {
        try {
            if (isUsed()) {
                EtcdClient next = build(maker);
                putAside(next);
                replaced.whenComplete((done, failure) -> {
                    if (failure != null) {
                        drop(next);
                    }
                });
                proof.of(next.client(), replaced::isDone)
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

    private EtcdClient build(Supplier<EtcdClient> maker) {
        if (!building.compareAndSet(false, true)) {
            throw stillBeingBuilt();
        }
        try {
            return maker.get();
        } finally {
            building.set(false);
        }
    }

    /** A first one that is being built may be of what was to be replaced: whoever asks has to ask again. */
    private synchronized boolean isUsed() {
        requireOpen();
        if (buildingFirst) {
            throw stillBeingBuilt();
        }
        return client != null;
    }

    private synchronized void putAside(EtcdClient next) {
        aside.add(next);
        if (closed) {
            drop(next);
        }
    }

    /** Whoever is told that it is replaced finds it replaced; under the lock nobody else sees one that is not. */
    private synchronized void use(EtcdClient next, CompletableFuture<Void> replaced) {
        requireOpen();
        EtcdClient old = client;
        client = next;
        if (!replaced.complete(null)) {
            client = old;
        } else {
            aside.remove(next);
            lingers(old);
        }
    }

    private void lingers(@Nullable EtcdClient old) {
        if (old != null) {
            aside.add(old);
            CompletableFuture.delayedExecutor(requestTimeout.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> drop(old));
        }
    }

    /** Closes one that is not in use, unless that was done. */
    private synchronized void drop(EtcdClient unused) {
        if (aside.remove(unused)) {
            closeAside(unused.client());
        }
    }

    synchronized void close() {
        closed = true;
        Set.copyOf(aside).forEach(this::drop);
        if (factory != null && client != null) {
            closeAside(client.client());
        }
        client = null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(CLOSED);
        }
    }

    private static StoreException stillBeingBuilt() {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE, "a client that was asked for before is still being built", null);
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
