package io.github.election4j.spi;

import java.time.Duration;

/**
 * Hears what the engine does, for metrics. Called on engine threads: must return at once and not throw.
 *
 * @since 0.1.0
 */
public interface EngineObserver {
    /** Hears nothing. */
    EngineObserver NONE = new EngineObserver() {};

    /**
     * A renewal of the session ended.
     *
     * @param took from sending to the answer
     * @param succeeded whether the lease was renewed
     */
    default void onRenewal(Duration took, boolean succeeded) {}

    /**
     * A heartbeat was committed.
     *
     * @param headroom the least validity that a place had left by then, as a share of the whole; when it comes near 0,
     *     terms are about to end because etcd or this process is slow
     */
    default void onHeartbeat(double headroom) {}

    /**
     * A listener returned.
     *
     * @param election the name of the election
     * @param took how long it ran
     * @param succeeded whether it returned without throwing
     */
    default void onListener(String election, Duration took, boolean succeeded) {}
}
