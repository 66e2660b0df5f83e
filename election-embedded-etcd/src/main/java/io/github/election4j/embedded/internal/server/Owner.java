package io.github.election4j.embedded.internal.server;

import io.github.election4j.embedded.internal.model.EtcdModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the model, its clock and its streams. Requests are posted to it; after each, watch events
 * are sent and the end of the next lease is awaited, whether it succeeded or failed.
 */
final class Owner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Owner.class);
    /** An expiry that fails is due again at once, and would keep the thread and the log busy. */
    private static final long AFTER_DEFECT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScheduledThreadPoolExecutor thread;
    private final EtcdModel model;
    private final SystemClock clock = new SystemClock();
    private final Map<Object, Runnable> flushes = new LinkedHashMap<>();
    private final Deque<Runnable> backlog = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> expiry;
    private boolean paused;
    private boolean closed;

    Owner(EtcdModel model, String name) {
        this.model = model;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
    }

    /** For the thread only. */
    EtcdModel model() {
        return model;
    }

    /** For the thread only. */
    SystemClock clock() {
        return clock;
    }

    /** What a client asks for: waits while this is paused. */
    void request(Runnable work) {
        post(() -> {
            if (paused) {
                backlog.add(work);
            } else {
                perform(work);
            }
        });
    }

    /** What the user of this etcd asks for: done at once, paused or not; has taken effect when this returns. */
    <T> T call(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        boolean posted = post(() -> {
            try {
                T result = work.get();
                afterwards();
                done.complete(result);
            } catch (RuntimeException | Error e) {
                afterwards();
                done.completeExceptionally(e);
            }
        });
        if (!posted) {
            throw new IllegalStateException("This embedded etcd is closed");
        }
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    void pause() {
        run(() -> paused = true);
    }

    void resume() {
        run(() -> {
            paused = false;
            while (!backlog.isEmpty()) {
                contain(backlog.remove());
            }
        });
    }

    /** Registers what sends the events of a stream; for the thread only. */
    void flushing(Object stream, Runnable flush) {
        flushes.put(stream, flush);
    }

    /** For the thread only. */
    void forget(Object stream) {
        flushes.remove(stream);
    }

    @Override
    public void close() {
        // What was posted before is done, so that nobody waits for it in vain.
        boolean posted = post(() -> {
            closed = true;
            cancelExpiry();
        });
        if (posted) {
            thread.shutdown();
        }
    }

    private boolean post(Runnable work) {
        try {
            thread.execute(work);
            return true;
        } catch (RejectedExecutionException closed) {
            return false; // A client that asks has lost the connection, or is about to.
        }
    }

    private void perform(Runnable work) {
        contain(work);
        afterwards();
    }

    private void afterwards() {
        if (!paused) {
            boolean expired = contain(() -> model.expireLeases(clock.nanos()));
            List.copyOf(flushes.values()).forEach(Owner::contain);
            awaitExpiry(expired ? 0 : AFTER_DEFECT_NANOS);
        }
    }

    /** A defect in one piece of work must not take away what is due after it; the executor would not even tell. */
    private static boolean contain(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | Error defect) {
            log.error("The embedded etcd failed and goes on; please report this", defect);
            return false;
        }
    }

    private void awaitExpiry(long atLeastNanos) {
        cancelExpiry();
        OptionalLong next = model.nextExpiryNanos();
        if (next.isPresent() && !clock.frozen() && !closed) {
            long delay = Math.max(atLeastNanos, next.getAsLong() - clock.nanos());
            expiry = thread.schedule(this::afterwards, delay, TimeUnit.NANOSECONDS);
        }
    }

    private void cancelExpiry() {
        if (expiry != null) {
            expiry.cancel(false);
            expiry = null;
        }
    }
}
