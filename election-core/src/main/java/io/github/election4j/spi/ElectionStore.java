package io.github.election4j.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The store an election runs on: etcd, or a model of it. Writes must be linearizable; nothing else is trusted.
 *
 * <p>Every future completes within its timeout plus a little, exceptionally only with a {@link StoreException}. Futures
 * and observers may be called on any thread and must not be blocked. Methods are callable from any thread and do not
 * block.
 *
 * @since 0.1.0
 */
public interface ElectionStore extends AutoCloseable {
    /**
     * A granted lease.
     *
     * @param id its id, never 0
     * @param ttl what was granted, which may be more than was asked for
     */
    record Lease(long id, Duration ttl) {}

    /**
     * Asks for a lease.
     *
     * @param ttl the time to live, rounded up to seconds
     * @param timeout when to give up
     * @return completes with the lease
     */
    CompletableFuture<Lease> grant(Duration ttl, Duration timeout);

    /**
     * Renews a lease once, through another member than the last time where there are several.
     *
     * @param leaseId the lease
     * @param timeout when to give up
     * @return completes when the store says that it is renewed; with LEASE_NOT_FOUND if it is gone
     */
    CompletableFuture<Void> keepAlive(long leaseId, Duration timeout);

    /**
     * Ends a lease and deletes its keys.
     *
     * @param leaseId the lease
     * @param timeout when to give up
     * @return completes when it is gone, whether by this call or before
     */
    CompletableFuture<Void> revoke(long leaseId, Duration timeout);

    /**
     * Lists the keys that go with a lease.
     *
     * @param leaseId the lease
     * @param timeout when to give up
     * @return completes with the keys; with LEASE_NOT_FOUND if the lease is gone
     */
    CompletableFuture<List<String>> keys(long leaseId, Duration timeout);

    /**
     * Commits a transaction. Reads inside it are linearizable.
     *
     * @param txn the transaction
     * @param timeout when to give up; the transaction may then still be applied later
     * @return completes with what it did
     */
    CompletableFuture<TxnResult> commit(Txn txn, Duration timeout);

    /**
     * Watches a range. The watch ends with {@link WatchObserver#onEnd}, once, whatever the cause, and is not resumed.
     *
     * @param keys the range
     * @param fromRevision the first revision of interest
     * @param observer hears events in order
     * @return ends the watch; the observer may still hear what is under way
     */
    Runnable watch(KeyRange keys, long fromRevision, WatchObserver observer);

    /**
     * Starts over with fresh connections, if the store can: after a long outage old ones may wait minutes (P11), and
     * their certificates may have been rotated. Fresh ones are used once the store has answered over them; if it does
     * not, or they cannot be made, the old ones stay in use. Requests under way end on the old ones. So do watches,
     * sooner or later: who wants none to end opens them again. Not called again before it has completed; whoever
     * cancels the future before ends it, and then the old ones stay in use.
     *
     * @param limit how long making fresh connections and waiting for an answer over them may take
     * @return completes when fresh connections are in use, or there is nothing to replace; exceptionally if not
     */
    CompletableFuture<Void> reconnect(Duration limit);

    /** Ends every connection this store owns. Requests under way fail with UNAVAILABLE. */
    @Override
    void close();

    /** Hears a watch. Calls do not overlap. */
    interface WatchObserver {
        /** Called once, before any events: the store has created the watch. */
        void onCreated();

        /**
         * Called for each batch of events, in the order of revisions; those of one revision come together.
         *
         * @param events the events
         */
        void onEvents(List<WatchEvent> events);

        /**
         * Called once when the watch has ended.
         *
         * @param cause why
         */
        void onEnd(StoreException cause);
    }
}
