package io.github.election4j.benchmarks;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What no hand-over on etcd can be faster than: a plain delete by one client until a watch of another fires. */
public final class Floor implements AutoCloseable {
    private static final ByteSequence KEY = ByteSequence.from("/floor", StandardCharsets.UTF_8);
    private static final long LIMIT_SECONDS = 5;
    private static final long POLL_NANOS = 20_000;

    private final Client writer;
    private final Client reader;
    private final Watch.Watcher watcher;
    private final AtomicLong events = new AtomicLong();

    /** Connects two clients. */
    public Floor(String address) {
        writer = Client.builder().endpoints(address.split(",")).build();
        reader = Client.builder().endpoints(address.split(",")).build();
        watcher = reader.getWatchClient()
                .watch(KEY, response -> events.addAndGet(response.getEvents().size()));
    }

    /** Puts what is deleted next, and waits until the watch has fired. */
    public void prepare() throws ExecutionException, InterruptedException, TimeoutException {
        long seen = events.get();
        writer.getKVClient().put(KEY, KEY).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        awaitEvents(seen + 1);
    }

    /** {@return the time from the delete until the watch fired, in nanoseconds} */
    public long measure() {
        long seen = events.get();
        long began = System.nanoTime();
        writer.getKVClient().delete(KEY);
        awaitEvents(seen + 1);
        return System.nanoTime() - began;
    }

    @Override
    public void close() {
        watcher.close();
        reader.close();
        writer.close();
    }

    private void awaitEvents(long wanted) {
        long began = System.nanoTime();
        while (events.get() < wanted) {
            LockSupport.parkNanos(POLL_NANOS);
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw new IllegalStateException("No event of the floor's key within " + LIMIT_SECONDS + " s");
            }
        }
    }
}
