package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** S3: one listener and the events that wait for it; delivers one at a time, in order, on some thread of the pool. */
final class ListenerQueue {
    private final ElectionListener listener;
    private final Executor pool;
    private final Outcome outcome;
    private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean removed;

    ListenerQueue(ElectionListener listener, Executor pool, Outcome outcome) {
        this.listener = listener;
        this.pool = pool;
        this.outcome = outcome;
    }

    /** Hears of each call of the listener. */
    interface Outcome {
        /** A listener was called; {@code failure} is what it threw. */
        void called(ElectionEvent event, Call call);
    }

    /** A call of the listener, not yet made. */
    interface Call {
        /** Makes the call. */
        void run();
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
        ListenerPool.enterListener();
        try {
            outcome.called(event, () -> listener.onEvent(event));
        } finally {
            ListenerPool.leaveListener();
        }
    }
}
