package io.github.election4j.internal.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a close, never for ever, and never for a listener inside that very listener. */
final class BoundedWait {
    private static final Logger log = LoggerFactory.getLogger(BoundedWait.class);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private BoundedWait() {}

    static void await(CompletableFuture<Void> closed, Duration limit, String what) {
        if (ListenerPool.inListener()) {
            return;
        }
        try {
            closed.get(limit.plus(MARGIN).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            log.warn("{}: interrupted while closing; it closes in the background", what);
        } catch (ExecutionException | TimeoutException unexpected) {
            log.warn("{}: not closed within {}", what, limit, unexpected);
        }
    }
}
