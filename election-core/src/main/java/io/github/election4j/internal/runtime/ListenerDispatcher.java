package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one election. Confined to the loop, but for the calls of the listeners themselves. */
final class ListenerDispatcher {
    private static final Logger log = LoggerFactory.getLogger(ListenerDispatcher.class);

    private final String election;
    private final Executor pool;
    private final Ticker ticker;
    private final EngineObserver observer;
    private final Consumer<String> failures;
    private final List<ListenerQueue> queues = new ArrayList<>();

    ListenerDispatcher(
            String election, Executor pool, Ticker ticker, EngineObserver observer, Consumer<String> failures) {
        this.election = election;
        this.pool = pool;
        this.ticker = ticker;
        this.observer = observer;
        this.failures = failures;
    }

    /** Adds a listener, whose first events are these. */
    void add(ElectionListener listener, List<ElectionEvent> first) {
        if (queues.stream().noneMatch(queue -> queue.calls(listener))) {
            ListenerQueue queue = new ListenerQueue(listener, pool, this::call);
            queues.add(queue);
            first.forEach(event -> queue.offer(event, () -> {}));
        }
    }

    void remove(ElectionListener listener) {
        queues.stream().filter(queue -> queue.calls(listener)).forEach(ListenerQueue::remove);
        queues.removeIf(queue -> queue.calls(listener));
    }

    /** Tells every listener, and {@code allReturned} once each has returned; at once if there is none. */
    void publish(ElectionEvent event, Runnable allReturned) {
        AtomicInteger outstanding = new AtomicInteger(queues.size() + 1);
        Runnable returned = () -> {
            if (outstanding.decrementAndGet() == 0) {
                allReturned.run();
            }
        };
        queues.forEach(queue -> queue.offer(event, returned));
        returned.run();
    }

    private void call(ElectionEvent event, ListenerQueue.Call call) {
        long startedAt = ticker.nanos();
        boolean succeeded = false;
        try {
            call.run();
            succeeded = true;
        } catch (Throwable thrown) {
            failed(event, thrown);
        }
        observer.onListener(election, Duration.ofNanos(ticker.nanos() - startedAt), succeeded);
    }

    /** A failing leader must not go unnoticed; but a listener that fails on errors is not told of its own. */
    private void failed(ElectionEvent event, Throwable thrown) {
        log.error("Election '{}': a listener failed on {}", election, event, thrown);
        if (event instanceof ElectionEvent.LeaderChanged changed) {
            failures.accept("A listener failed on " + changed.state() + ": " + thrown);
        }
    }
}
