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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one election. Confined to the loop, but for the calls of the listeners themselves. */
final class ListenerDispatcher implements ListenerQueue.Outcome {
    private static final Logger log = LoggerFactory.getLogger(ListenerDispatcher.class);

    private final String election;
    private final Executor pool;
    private final Ticker ticker;
    private final EngineObserver observer;
    private final Outcome outcome;
    private final List<ListenerQueue> queues = new ArrayList<>();

    ListenerDispatcher(String election, Executor pool, Ticker ticker, EngineObserver observer, Outcome outcome) {
        this.election = election;
        this.pool = pool;
        this.ticker = ticker;
        this.observer = observer;
        this.outcome = outcome;
    }

    /** Hears whether listeners do their work. Any thread. */
    interface Outcome {
        void failed(String message);

        void recovered();
    }

    /** Adds a listener, whose first events are these. */
    void add(ElectionListener listener, List<ElectionEvent> first) {
        if (queues.stream().noneMatch(queue -> queue.calls(listener))) {
            ListenerQueue queue = new ListenerQueue(listener, pool, ticker, this);
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

    @Override
    public void returned(ElectionEvent event, long tookNanos, boolean recovered) {
        observe(tookNanos, true);
        if (recovered) {
            outcome.recovered();
        }
    }

    /** A failing leader must not go unnoticed; but a listener that fails on errors is not told of its own. */
    @Override
    public void threw(ElectionEvent event, long tookNanos, Throwable failure) {
        log.error("Election '{}': a listener failed on {}", election, event, failure);
        observe(tookNanos, false);
        if (event instanceof ElectionEvent.LeaderChanged changed) {
            outcome.failed("a listener failed on " + changed.state() + ": " + failure);
        }
    }

    /** Whatever it throws, the events that wait behind this one must be delivered. */
    private void observe(long tookNanos, boolean succeeded) {
        try {
            observer.onListener(election, Duration.ofNanos(tookNanos), succeeded);
        } catch (RuntimeException | Error broken) {
            log.warn("Election '{}': the observer of the engine failed", election, broken);
        }
    }
}
