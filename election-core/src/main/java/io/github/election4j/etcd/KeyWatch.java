package io.github.election4j.etcd;

import io.github.election4j.spi.ElectionStore.WatchObserver;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.util.List;

/** Tells an observer of the port what etcd tells; jetcd's resumption of the past may come before what was asked for. */
final class KeyWatch implements EtcdWatches.Observer {
    private final Keys keys;
    private final long fromRevision;
    private final WatchObserver observer;

    KeyWatch(Keys keys, long fromRevision, WatchObserver observer) {
        this.keys = keys;
        this.fromRevision = fromRevision;
        this.observer = observer;
    }

    @Override
    public void onCreated() {
        observer.onCreated();
    }

    @Override
    public void onEvents(List<io.etcd.jetcd.watch.WatchEvent> events) {
        List<WatchEvent> news = events.stream()
                .map(this::event)
                .filter(event -> event.revision() >= fromRevision)
                .toList();
        if (!news.isEmpty()) {
            observer.onEvents(news);
        }
    }

    @Override
    public void onEnd(StoreException cause) {
        observer.onEnd(cause);
    }

    private WatchEvent event(io.etcd.jetcd.watch.WatchEvent event) {
        io.etcd.jetcd.KeyValue found = event.getKeyValue();
        if (event.getEventType() == io.etcd.jetcd.watch.WatchEvent.EventType.DELETE) {
            return new WatchEvent.Deleted(keys.name(found.getKey()), found.getModRevision());
        }
        return new WatchEvent.Put(keys.keyValue(found));
    }
}
