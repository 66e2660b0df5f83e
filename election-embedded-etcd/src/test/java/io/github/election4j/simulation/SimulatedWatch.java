package io.github.election4j.simulation;

import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.github.election4j.embedded.internal.model.WatchStream;
import io.github.election4j.spi.ElectionStore.WatchObserver;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One watch of a member: events come late, in order, until it ends, or falls silent without a word. */
final class SimulatedWatch {
    private final VirtualTime time;
    private final Chance chance;
    private final SimulatedEtcd etcd;
    private final Life process;
    private final WatchObserver observer;
    private @Nullable WatchStream stream;
    private long lastArrival;
    private boolean silent;
    private boolean ended;

    SimulatedWatch(VirtualTime time, Chance chance, SimulatedEtcd etcd, Life process, WatchObserver observer) {
        this.time = time;
        this.chance = chance;
        this.etcd = etcd;
        this.process = process;
        this.observer = observer;
    }

    void open(KeyRange keys, long fromRevision) {
        if (ended) {
            return; // The request to create it has met that to cancel it.
        }
        etcd.open(this);
        WatchStream opened = etcd.model().openWatchStream();
        stream = opened;
        opened.request(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder()
                        .setKey(Translation.bytes(keys.from()))
                        .setRangeEnd(Translation.bytes(keys.to()))
                        .setStartRevision(fromRevision))
                .build());
    }

    /** Sends on its way what has happened. */
    void collect() {
        WatchStream opened = stream;
        if (opened == null) {
            return;
        }
        for (WatchResponse response = opened.poll(); response != null; response = opened.poll()) {
            silent |= chance.strikes(5);
            if (silent || process.cutOff()) {
                silent = true; // What was lost on the way never comes; the stream cannot go on after it.
            } else if (response.getCanceled()) {
                deliver(() -> end(StoreException.Kind.COMPACTED));
            } else if (response.getCreated()) {
                deliver(() -> {
                    if (!ended) {
                        observer.onCreated();
                    }
                });
            } else if (!response.getEventsList().isEmpty()) {
                List<WatchEvent> events = response.getEventsList().stream()
                        .map(Translation::event)
                        .toList();
                deliver(() -> {
                    if (!ended) {
                        observer.onEvents(events);
                    }
                });
            }
        }
        if (chance.strikes(2)) {
            breakOff();
        }
    }

    void breakOff() {
        deliver(() -> end(StoreException.Kind.UNAVAILABLE));
    }

    /** At the wish of the observer, who is not told. */
    void close() {
        ended = true;
        etcd.forget(this);
        if (stream != null) {
            stream.close();
        }
    }

    private void end(StoreException.Kind kind) {
        if (!ended) {
            close();
            observer.onEnd(new StoreException(kind, "the watch has ended", null));
        }
    }

    private void deliver(Runnable delivery) {
        lastArrival = Math.max(lastArrival + 1, time.now() + chance.way());
        time.at(lastArrival, () -> process.receive(delivery));
    }
}
