package io.github.election4j.etcd;

import io.etcd.jetcd.Watch;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.github.election4j.spi.StoreException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch of jetcd, without its resumption, which can lose events: jetcd calls {@code onError} before it resumes and
 * {@code onCompleted} where it does not, so the first of either ends this watch.
 */
final class JetcdWatch implements Watch.Listener {
    private static final Logger log = LoggerFactory.getLogger(JetcdWatch.class);

    private final long fromRevision;
    private final EtcdWatches.Observer observer;
    private final AtomicBoolean ended = new AtomicBoolean();
    private Watch.@Nullable Watcher watcher;

    JetcdWatch(long fromRevision, EtcdWatches.Observer observer) {
        this.fromRevision = fromRevision;
        this.observer = observer;
    }

    /** The watcher is known only after jetcd has called back for the first time, perhaps. */
    synchronized void opened(Watch.Watcher opened) {
        watcher = opened;
        if (ended.get()) {
            closeAside(opened);
        }
    }

    void close() {
        if (ended.compareAndSet(false, true)) {
            closeWatcher();
        }
    }

    @Override
    public void onNext(WatchResponse response) {
        if (ended.get()) {
            return;
        }
        try {
            if (response.isCreatedNotify()) {
                observer.onCreated();
            }
            List<WatchEvent> events = response.getEvents().stream()
                    .filter(event -> event.getKeyValue().getModRevision() >= fromRevision)
                    .toList();
            if (!events.isEmpty()) {
                observer.onEvents(events);
            }
        } catch (RuntimeException | Error defect) {
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
        Watch.Watcher opened = watcher;
        if (opened != null) {
            closeAside(opened);
        }
    }

    /** Closing takes a lock of jetcd under which it calls listeners: not on a thread that has other things to do. */
    private static void closeAside(Watch.Watcher opened) {
        ForkJoinPool.commonPool().execute(opened::close);
    }
}
