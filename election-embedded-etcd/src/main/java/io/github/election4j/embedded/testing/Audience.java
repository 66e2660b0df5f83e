package io.github.election4j.embedded.testing;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners, each with a queue of its own (S3). Events are queued under the lock and delivered without it, by whoever
 * calls {@link #deliver()}: a listener may call anything, and one that runs already is passed over and catches up when
 * it returns. Any thread.
 */
final class Audience {
    private static final Logger log = LoggerFactory.getLogger(Audience.class);

    private final String election;
    private final Consumer<String> failed;
    private final Runnable recovered;
    private final List<Subscription> subscriptions = new ArrayList<>();

    /** Creates one that tells, without the lock, that a listener failed, and that it succeeds again. */
    Audience(String election, Consumer<String> failed, Runnable recovered) {
        this.election = election;
        this.failed = failed;
        this.recovered = recovered;
    }

    private static final class Subscription {
        private final ElectionListener listener;
        private final Deque<ElectionEvent> waiting = new ArrayDeque<>();
        private boolean running;
        private boolean failing;

        Subscription(ElectionListener listener) {
            this.listener = listener;
        }
    }

    private record Delivery(Subscription to, ElectionEvent event) {}

    /** Returns whether it was not there before. */
    synchronized boolean add(ElectionListener listener, @Nullable ElectionEvent first) {
        if (subscriptions.stream().anyMatch(each -> each.listener.equals(listener))) {
            return false;
        }
        Subscription added = new Subscription(listener);
        if (first != null) {
            added.waiting.add(first);
        }
        return subscriptions.add(added);
    }

    synchronized void remove(ElectionListener listener) {
        subscriptions.removeIf(each -> each.listener.equals(listener));
    }

    synchronized void queue(ElectionEvent event) {
        subscriptions.forEach(each -> each.waiting.add(event));
    }

    /** Returns when nothing waits any more, but for listeners that are running. */
    void deliver() {
        for (Delivery next = next(); next != null; next = next()) {
            deliver(next);
        }
    }

    private synchronized @Nullable Delivery next() {
        for (Subscription each : subscriptions) {
            if (!each.running && !each.waiting.isEmpty()) {
                each.running = true;
                return new Delivery(each, each.waiting.remove());
            }
        }
        return null;
    }

    private void deliver(Delivery next) {
        Throwable failure = null;
        try {
            next.to().listener.onEvent(next.event());
        } catch (Throwable thrown) {
            // Whatever it is, the events that wait behind this one must be delivered.
            log.error("Election '{}': a listener failed on {}", election, next.event(), thrown);
            failure = thrown;
        }
        boolean wasFailing = returned(next.to(), failure != null, next.event());
        // A listener that fails on errors is not told of its own, and to have heard of it is no success.
        if (next.event() instanceof ElectionEvent.LeaderChanged changed) {
            if (failure != null) {
                failed.accept("a listener failed on " + changed.state() + ": " + failure);
            } else if (wasFailing) {
                recovered.run();
            }
        }
    }

    private synchronized boolean returned(Subscription from, boolean failed, ElectionEvent event) {
        boolean wasFailing = from.failing;
        from.running = false;
        from.failing = failed || (wasFailing && !(event instanceof ElectionEvent.LeaderChanged));
        return wasFailing;
    }
}
