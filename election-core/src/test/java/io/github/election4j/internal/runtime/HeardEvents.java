package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that keeps what it hears, unguarded on purpose: each call must see all that the one before has done. */
final class HeardEvents implements ElectionListener, ListenerQueue.Outcome, ListenerDispatcher.Outcome {
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean overlapped = new AtomicBoolean();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private String heard = "";

    @Override
    public void onEvent(ElectionEvent event) {
        if (!busy.compareAndSet(false, true)) {
            overlapped.set(true);
        }
        heard += ((ElectionEvent.LeaderChanged) event).fencingToken();
        busy.set(false);
    }

    void done() {
        done.incrementAndGet();
    }

    /** What was heard, in order, and how many times somebody was told that it was. */
    String told() {
        return heard + (overlapped.get() ? " overlapping" : "") + (failed.get() > 0 ? " failing" : "") + " done "
                + done.get();
    }

    @Override
    public void returned(ElectionEvent event, long tookNanos, boolean recovered) {}

    @Override
    public void threw(ElectionEvent event, long tookNanos, Throwable failure) {
        failed.incrementAndGet();
    }

    @Override
    public void failed(String message) {
        failed.incrementAndGet();
    }

    @Override
    public void recovered() {}
}
