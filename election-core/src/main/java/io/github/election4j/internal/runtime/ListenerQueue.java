package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.github.election4j.spi.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * S3: one listener and the events that wait for it; delivers one at a time, in order, on some thread of the pool.
 *
 * <p>Of the errors of one operation at most one waits, or a listener that hangs while etcd is out of reach would fill
 * the heap with them: the newest takes the place of the one before it. Changes of the leader all wait; there is one
 * only where somebody leads, who needs time for it.
 */
final class ListenerQueue {
    private final ElectionListener listener;
    private final Executor pool;
    private final Ticker ticker;
    private final Outcome outcome;
    private final ConcurrentLinkedQueue<Slot> slots = new ConcurrentLinkedQueue<>();
    /** By operation, where the last error is or was; confined to the loop. */
    private final Map<String, Slot> errors = new HashMap<>();

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

    /** A place among what waits; empty once its delivery has begun. */
    private static final class Slot {
        private final AtomicReference<@Nullable Delivery> waiting;

        private Slot(Delivery first) {
            waiting = new AtomicReference<>(first);
        }

        private boolean replace(Delivery newer) {
            Delivery older = waiting.get();
            if (older == null || !waiting.compareAndSet(older, newer)) {
                return false;
            }
            older.done().run();
            return true;
        }

        private Delivery take() {
            return Objects.requireNonNull(waiting.getAndSet(null));
        }
    }

    boolean calls(ElectionListener other) {
        return listener.equals(other);
    }

    void offer(ElectionEvent event, Runnable done) {
        Delivery delivery = new Delivery(event, done);
        if (event instanceof ElectionEvent.ElectionError error) {
            Slot last = errors.get(error.operation());
            if (last == null || !last.replace(delivery)) {
                errors.put(error.operation(), add(delivery));
            }
        } else {
            add(delivery);
        }
    }

    private Slot add(Delivery delivery) {
        Slot slot = new Slot(delivery);
        slots.add(slot);
        if (waiting.getAndIncrement() == 0) {
            pool.execute(this::drain);
        }
        return slot;
    }

    /** What waits is not delivered any more; whoever waits for it is told all the same. */
    void remove() {
        removed = true;
    }

    private void drain() {
        do {
            Delivery next = slots.remove().take();
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
