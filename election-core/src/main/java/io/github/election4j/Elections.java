package io.github.election4j;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One session with etcd and the elections that share it: one lease, one thread, however many elections. Built by
 * {@link io.github.election4j.etcd.EtcdElections}.
 *
 * <p>All methods are callable from any thread. None blocks on etcd, except {@link #close()}, whose wait is bounded.
 *
 * @since 0.1.0
 */
public interface Elections extends AutoCloseable {
    /**
     * Takes part in an election from now on.
     *
     * @param config the election and this member's part in it
     * @return the election, at once: whether etcd can be reached shows in its status
     * @throws InvalidElectionConfigException if an open election has the same name or the same key
     * @throws ElectionException of kind CLOSED if this is closed
     */
    Election join(ElectionConfig config);

    /** {@return the open elections, in the order in which they were joined} */
    List<Election> elections();

    /**
     * Finds an open election.
     *
     * @param name the name of the election
     * @return the election; empty if there is none of that name
     */
    Optional<Election> find(String name);

    /** {@return the session as it is now} */
    SessionStatus session();

    /**
     * Replaces the client of etcd by a new one, for which the client customizer is called again: after certificates
     * have been rotated, for example. Terms, lease, keys and listeners go on. The new client is used once etcd has
     * answered it; until then, and for the requests that are under way, the old one is.
     *
     * <p>If the new client cannot be built, or etcd does not answer it, or denies it what the old one is granted, the
     * old one stays in use, every election reports the operation {@code reconnect} as failed, and it is tried again,
     * each minute in the end, until it succeeds (L2). Calls at about the same time share one new client, that is built
     * after each of them.
     *
     * <p>There is nothing to replace before anything was sent, and where the client is the caller's
     * ({@link io.github.election4j.etcd.EtcdElections#client}): then this completes at once.
     *
     * @return completes when the new client is in use; exceptionally with an {@link ElectionException} of kind STORE if
     *     the first attempt has failed, and of kind CLOSED if this is closed, or was before a new client was in use
     */
    CompletableFuture<Void> reconnect();

    /**
     * Closes every election in order (S4), then ends the session.
     *
     * @return completes within the longest step-down timeout plus the request timeout, even if etcd is dead; never
     *     exceptionally
     */
    CompletableFuture<Void> closeAsync();

    /** Does {@link #closeAsync()} and waits for it. Idempotent. */
    @Override
    void close();
}
