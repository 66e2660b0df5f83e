package io.github.election4j.etcd;

import io.etcd.jetcd.Watch;
import io.etcd.jetcd.watch.WatchResponse;
import io.github.election4j.spi.ElectionStore.WatchObserver;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch of jetcd, without its resumption, which can lose events: jetcd calls {@code onError} before it resumes and
 * {@code onCompleted} where it does not, so the first of either ends this watch, and the engine reads the queue again.
 */
final class EtcdWatch implements Watch.Listener {
    private static final Logger log = LoggerFactory.getLogger(EtcdWatch.class);

    private final Keys keys;
    private final long fromRevision;
    private final WatchObserver observer;
    private final AtomicBoolean ended = new AtomicBoolean();
    private Watch.@Nullable Watcher watcher;

    EtcdWatch(Keys keys, long fromRevision, WatchObserver observer) {
        this.keys = keys;
        this.fromRevision = fromRevision;
        this.observer = observer;
    }

    /** The watcher is known only after jetcd has called back for the first time, perhaps. */
    synchronized void opened(Watch.Watcher opened) {
        watcher = opened;
        if (ended.get()) {
            EtcdConnection.closeAside(opened);
        }
    }

    /** Ends the watch at the wish of its observer, who is not told. */
    void close() {
        if (ended.compareAndSet(false, true)) {
            closeWatcher();
        }
    }

    @Override
    public void onNext(WatchResponse response) {
        try {
            List<WatchEvent> events = response.getEvents().stream()
                    .map(this::event)
                    .filter(event -> event.revision() >= fromRevision)
                    .toList();
            if (!ended.get() && !events.isEmpty()) {
                observer.onEvents(events);
            }
        } catch (RuntimeException defect) {
            // jetcd would close the watch for good; so do we, and are seen to.
            log.error("A defect in Election4J; please report it", defect);
            end(defect);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
    }

    @Override
    public void onCompleted() {
        end(new StoreException(StoreException.Kind.UNAVAILABLE, "etcd ended the watch", null));
    }

    private void end(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            closeWatcher();
            observer.onEnd(EtcdErrors.normalise(cause));
        }
    }

    private synchronized void closeWatcher() {
        if (watcher != null) {
            EtcdConnection.closeAside(watcher);
        }
    }

    private WatchEvent event(io.etcd.jetcd.watch.WatchEvent event) {
        io.etcd.jetcd.KeyValue found = event.getKeyValue();
        if (event.getEventType() == io.etcd.jetcd.watch.WatchEvent.EventType.DELETE) {
            return new WatchEvent.Deleted(keys.name(found.getKey()), found.getModRevision());
        }
        return new WatchEvent.Put(keys.keyValue(found));
    }
}
