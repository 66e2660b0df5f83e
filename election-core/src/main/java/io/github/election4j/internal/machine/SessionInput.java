package io.github.election4j.internal.machine;

import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.StoreException;

/** What a session machine is told. */
public sealed interface SessionInput {
    /** Begin. */
    record Start() implements SessionInput {}

    /** A moment that the machine named has come. */
    record Alarm() implements SessionInput {}

    /**
     * A lease was granted.
     *
     * @param generation which request
     * @param lease the lease
     */
    record Granted(long generation, ElectionStore.Lease lease) implements SessionInput {}

    /**
     * The lease was renewed.
     *
     * @param generation which request
     */
    record Renewed(long generation) implements SessionInput {}

    /**
     * A request failed.
     *
     * @param generation which request
     * @param cause why
     */
    record Failed(long generation, StoreException cause) implements SessionInput {}

    /**
     * A transaction found the lease gone.
     *
     * @param leaseId the lease
     */
    record LeaseGone(long leaseId) implements SessionInput {}

    /** Every election is closed: end the session. */
    record Close() implements SessionInput {}

    /** The lease is revoked, or that was tried. */
    record Revoked() implements SessionInput {}
}
