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
