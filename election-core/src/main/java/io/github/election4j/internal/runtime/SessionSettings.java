package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.Timing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a session.
 *
 * @param leaseDuration the time to live to ask for
 * @param failOver how soon a silent leader is replaced; null: as the lease suggests
 * @param requestTimeout the longest a request that somebody waits for may take
 * @param connectTimeout the longest that making a connection may take, before the first request
 */
public record SessionSettings(
        Duration leaseDuration, @Nullable Duration failOver, Duration requestTimeout, Duration connectTimeout) {
    /** {@return the arithmetic of what is asked for} */
    Timing timing() {
        return new Timing(leaseDuration.toNanos(), failOver == null ? 0 : failOver.toNanos());
    }
}
