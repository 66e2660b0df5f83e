package io.github.election4j.embedded;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What can go wrong with an etcd, on demand. Every call has taken effect when it returns, and each can be repeated.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public interface Faults {
    /** Answers nothing and does nothing, as a process that is stopped by SIGSTOP; connections stay open. */
    void pause();

    /** Goes on where it was paused, and does what was asked meanwhile, in order. */
    void resume();

    /** Swallows requests, answers and events; what was swallowed never comes. Connections stay open. */
    void silence();

    /** Ends the silence. */
    void speak();

    /** Breaks every connection; clients see UNAVAILABLE, and can connect again at once. All data stay. */
    void dropConnections();

    /** Dies: connections break, and nobody listens at the port. All data stay. */
    void crash();

    /** Starts again after a crash, at the same port; as in etcd every lease has its whole time again. */
    void restart();

    /** Ends every watch stream without an error. */
    void endWatches();

    /** Loses the quorum: what needs one is refused with UNAVAILABLE, and so are streams that require a leader. */
    void noLeader();

    /** Has a leader again. */
    void electLeader();

    /**
     * Answers the next write that touches a certain key with UNAVAILABLE, as if it were lost, but keeps it.
     *
     * @param key which keys
     */
    void commitLate(Predicate<String> key);

    /** Applies the writes that were kept, if their conditions still hold. */
    void commitNow();

    /**
     * Acknowledges keep-alives with the whole time to live, and does not honour them: those of leases that live now, or
     * are granted later.
     */
    void lieInKeepAlives();

    /** Honours keep-alives again. */
    void stopLying();

    /**
     * Revokes a lease, as an operator does, or a raft leader that was frozen for a while.
     *
     * @param leaseId the lease
     * @throws IllegalArgumentException if there is no such lease
     */
    void revokeLease(long leaseId);

    /**
     * Ends a lease now, whatever time it has left.
     *
     * @param leaseId the lease
     * @throws IllegalArgumentException if there is no such lease
     */
    void expireLease(long leaseId);

    /** {@return the leases that live} */
    Set<Long> leases();
}
