package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.github.election4j.spi.Ticker;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** S3: one listener and the events that wait for it; delivers one at a time, in order, on some thread of the pool. */
final class ListenerQueue {
    private final ElectionListener listener;
    private final Executor pool;
    private final Ticker ticker;
    private final Outcome outcome;
    private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean removed;
    /** Whether the last call failed; touched by the delivery under way only. */
    private boolean failing;

    ListenerQueue(ElectionListener listener, Executor pool, Ticker ticker, Outcome outcome) {
        this.listener = listener;
        this.pool = pool;
        this.ticker = ticker;
        this.outcome = outcome;
    }

    /** Hears of each call of the listener. */
    interface Outcome {
        /** The listener returned after so many nanoseconds. */
        void returned(ElectionEvent event, long tookNanos, boolean recovered);

        /** The listener threw. */
        void threw(ElectionEvent event, long tookNanos, Throwable failure);
    }

    private record Delivery(ElectionEvent event, Runnable done) {}

    boolean calls(ElectionListener other) {
        return listener.equals(other);
    }

    void offer(ElectionEvent event, Runnable done) {
        deliveries.add(new Delivery(event, done));
        if (waiting.getAndIncrement() == 0) {
            pool.execute(this::drain);
        }
    }

    /** What waits is not delivered any more; whoever waits for it is told all the same. */
    void remove() {
        removed = true;
    }

    private void drain() {
        do {
            Delivery next = deliveries.remove();
            try {
                if (!removed) {
                    deliver(next.event());
                }
            } finally {
                next.done().run();
            }
        } while (waiting.decrementAndGet() > 0);
    }

    private void deliver(ElectionEvent event) {
        long startedAt = ticker.nanos();
        ListenerPool.enterListener();
        try {
            listener.onEvent(event);
            // To have heard of its own failure is no success.
            boolean recovered = failing && event instanceof ElectionEvent.LeaderChanged;
            failing &= !recovered;
            outcome.returned(event, ticker.nanos() - startedAt, recovered);
        } catch (Throwable thrown) {
            // Whatever it is, the events that wait behind this one must be delivered.
            failing = true;
            outcome.threw(event, ticker.nanos() - startedAt, thrown);
        } finally {
            ListenerPool.leaveListener();
        }
    }
}
