package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedWaitTests {
    private static final Duration LONG = Duration.ofHours(1);
    /** With the margin of a second, no time at all. */
    private static final Duration NONE = Duration.ofSeconds(-1);

    private final LogCapture log = new LogCapture(BoundedWait.class);

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void returnsWhenItIsClosed() {
        BoundedWait.await(CompletableFuture.completedFuture(null), NONE, "It");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void givesUpInTimeAndSaysSo() {
        BoundedWait.await(new CompletableFuture<>(), NONE, "It");
        assertThat(log.lines()).containsExactly("WARN It: not closed within PT-1S");
    }

    @Test
    void saysThatClosingFailed() {
        BoundedWait.await(CompletableFuture.failedFuture(new IllegalStateException()), LONG, "It");
        assertThat(log.lines()).containsExactly("WARN It: not closed within PT1H");
    }

    @Test
    void leavesTheThreadInterrupted() {
        Thread.currentThread().interrupt();

        BoundedWait.await(new CompletableFuture<>(), LONG, "It");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.lines()).containsExactly("WARN It: interrupted while closing; it closes in the background");
    }

    /** The close may be waiting for this very listener. */
    @Test
    void waitsForNothingInsideAListener() {
        ListenerPool.enterListener();
        try {
            BoundedWait.await(new CompletableFuture<>(), LONG, "It");
        } finally {
            ListenerPool.leaveListener();
        }
        assertThat(log.lines()).isEmpty();
    }
}
