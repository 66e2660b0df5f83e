package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.LeaseOption;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The port on jetcd. Only its transactions, leases and watches are used; neither its elections nor its streaming
 * keep-alive, whose deadlines count from receipt on the wall clock.
 */
final class EtcdElectionStore implements ElectionStore {
    private final EtcdConnection connection;
    private final Keys keys;
    private final EtcdTransactions transactions;
    /** What was watched last: nobody without permission for it is of use. */
    private volatile String needed = "/";

    EtcdElectionStore(EtcdConnection connection, String namespace) {
        this.connection = connection;
        this.keys = new Keys(namespace);
        this.transactions = new EtcdTransactions(keys);
    }

    @Override
    public CompletableFuture<Lease> grant(Duration ttl, Duration timeout) {
        long seconds = ttl.plusSeconds(1).minusNanos(1).toSeconds();
        return call(timeout, client -> client.getLeaseClient().grant(seconds))
                .thenApply(granted -> new Lease(granted.getID(), Duration.ofSeconds(granted.getTTL())));
    }

    @Override
    public CompletableFuture<Void> keepAlive(long leaseId, Duration timeout) {
        return call(timeout, client -> client.getLeaseClient().keepAliveOnce(leaseId))
                .thenAccept(renewed -> {
                    if (renewed.getTTL() <= 0) {
                        throw new StoreException(StoreException.Kind.LEASE_NOT_FOUND, "the lease has ended", null);
                    }
                });
    }

    @Override
    public CompletableFuture<Void> revoke(long leaseId, Duration timeout) {
        CompletableFuture<Void> revoked = new CompletableFuture<>();
        call(timeout, client -> client.getLeaseClient().revoke(leaseId)).whenComplete((done, failure) -> {
            if (failure == null || EtcdErrors.normalise(failure).kind() == StoreException.Kind.LEASE_NOT_FOUND) {
                revoked.complete(null);
            } else {
                revoked.completeExceptionally(failure);
            }
        });
        return revoked;
    }

    @Override
    public CompletableFuture<TxnResult> commit(Txn txn, Duration timeout) {
        return call(
                        timeout,
                        client -> client.getKVClient()
                                .txn()
                                .If(transactions.compares(txn))
                                .Then(transactions.ops(txn.then()))
                                .Else(transactions.ops(txn.orElse()))
                                .commit())
                .thenApply(response -> transactions.result(txn, response, response.getHeader()));
    }

    @Override
    public CompletableFuture<List<String>> keys(long leaseId, Duration timeout) {
        LeaseOption attached = LeaseOption.builder().withAttachedKeys().build();
        return call(timeout, client -> client.getLeaseClient().timeToLive(leaseId, attached))
                .thenApply(found -> {
                    if (found.getTTL() <= 0) {
                        throw new StoreException(StoreException.Kind.LEASE_NOT_FOUND, "the lease has ended", null);
                    }
                    return found.getKeys().stream().map(keys::name).toList();
                });
    }

    @Override
    public Runnable watch(KeyRange range, long fromRevision, WatchObserver observer) {
        needed = range.from();
        PendingWatch watch = new PendingWatch();
        connection
                .client()
                .thenAccept(client -> watch.opened(client.watches()
                        .watch(
                                keys.bytes(range.from()),
                                keys.bytes(range.to()),
                                fromRevision,
                                new KeyWatch(keys, fromRevision, observer))))
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        observer.onEnd(EtcdErrors.normalise(failure));
                    }
                });
        return watch::close;
    }

    @Override
    public CompletableFuture<Void> reconnect(Duration limit) {
        return connection.replace(new EtcdProof(connection, keys.bytes(needed)), limit);
    }

    @Override
    public void close() {
        connection.close();
    }

    /**
     * Calls etcd with a time limit of our own: neither cancelling nor closing makes every future of jetcd complete, and
     * without a deadline it waits for ever while etcd is out of reach.
     */
    private <T> CompletableFuture<T> call(Duration timeout, Function<Client, CompletableFuture<T>> request) {
        CompletableFuture<T> result = new CompletableFuture<>();
        connection
                .client()
                .thenApply(EtcdClient::client)
                .thenCompose(request)
                .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(EtcdErrors.normalise(failure));
                    }
                });
        return result;
    }
}
