package io.github.election4j.spring;

import io.github.election4j.Election;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps down and stays out for a while, as if evicted, where the work of a term has failed to start. Any thread. */
final class StandAside {
    private static final Logger log = LoggerFactory.getLogger(StandAside.class);

    private final FailedStarts starts = new FailedStarts();
    private final AtomicLong times = new AtomicLong();

    /**
     * The work of a term has failed to start.
     *
     * @param from whose term it is
     * @param token of the term
     * @param goOn called with the election when it has stood aside for long enough, and for the last time
     */
    void failed(Election from, long token, Consumer<Election> goOn) {
        starts.failed(token, ThreadLocalRandom.current().nextDouble())
                .ifPresent(pause -> standAside(from, token, pause, goOn));
    }

    void termEnded(long token) {
        starts.ended(token);
    }

    private void standAside(Election from, long token, Duration pause, Consumer<Election> goOn) {
        long time = times.incrementAndGet();
        log.warn(
                "Election '{}': the work of term {} failed to start: steps down and stands aside for {} ms",
                from.name(),
                token,
                pause.toMillis());
        // The pause begins when it is out: until then its listeners may still be at work.
        from.evict()
                .whenComplete((out, failure) -> CompletableFuture.delayedExecutor(
                                pause.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> {
                            if (times.get() == time) {
                                goOn.accept(from);
                            }
                        }));
    }
}
