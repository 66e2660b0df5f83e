package io.github.election4j.embedded.internal.model;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchCreateRequest.FilterType;
import java.util.List;

/** What one watcher wants to hear of. */
final class Watcher {
    private static final ByteString SMALLEST_KEY = ByteString.copyFrom(new byte[1]);

    private final Interval interval;
    private final boolean puts;
    private final boolean deletions;
    private final boolean previous;
    private final long from;

    Watcher(WatchCreateRequest request, long from) {
        this.interval = interval(request);
        this.puts = !request.getFiltersList().contains(FilterType.NOPUT);
        this.deletions = !request.getFiltersList().contains(FilterType.NODELETE);
        this.previous = request.getPrevKv();
        this.from = from;
    }

    /** No key at all means from the first one. */
    static Interval interval(WatchCreateRequest request) {
        ByteString key = request.getKey().isEmpty() ? SMALLEST_KEY : request.getKey();
        return Interval.of(key, request.getRangeEnd());
    }

    long from() {
        return from;
    }

    List<Event> events(List<KeyValue> changes, Mvcc mvcc) {
        return changes.stream()
                .filter(change -> change.getModRevision() >= from && interval.contains(change.getKey()))
                .filter(change -> KeyHistory.isDeletion(change) ? deletions : puts)
                .map(change -> event(change, mvcc))
                .toList();
    }

    private Event event(KeyValue change, Mvcc mvcc) {
        Event.Builder event = Event.newBuilder()
                .setType(KeyHistory.isDeletion(change) ? Event.EventType.DELETE : Event.EventType.PUT)
                .setKv(change);
        // A key may be deleted and created at one revision: of a creation etcd tells nothing that was before.
        boolean created = change.getCreateRevision() == change.getModRevision();
        KeyValue before = previous && !created ? mvcc.get(change.getKey(), change.getModRevision() - 1) : null;
        if (before != null) {
            event.setPrevKv(before);
        }
        return event.build();
    }
}
