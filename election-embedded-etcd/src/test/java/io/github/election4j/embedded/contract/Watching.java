package io.github.election4j.embedded.contract;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.Event.EventType;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchCreateRequest.FilterType;
import java.util.Comparator;
import java.util.List;

/** One watcher of a random run, and how many events it should have: those of the whole log that it asked for. */
final class Watching {
    private static final Comparator<ByteString> ORDER = ByteString.unsignedLexicographicalComparator();
    private static final ByteString NUL = ByteString.copyFrom(new byte[1]);

    private final EventStream stream;
    private final long id;
    private final WatchCreateRequest request;
    private final long from;
    private int scanned;
    private int expected;
    private int compared;

    Watching(EventStream stream, long id, WatchCreateRequest request, long from) {
        this.stream = stream;
        this.id = id;
        this.request = request;
        this.from = from;
    }

    EventStream stream() {
        return stream;
    }

    long id() {
        return id;
    }

    /** Returns when the watcher has seen of the log what it should. */
    void await(List<Event> log) {
        for (; scanned < log.size(); scanned++) {
            if (wants(log.get(scanned))) {
                expected++;
            }
        }
        stream.await(id, expected);
    }

    /** The events since the last call. */
    List<Event> take() {
        List<Event> fresh = stream.from(id, compared);
        compared += fresh.size();
        return fresh;
    }

    private boolean wants(Event event) {
        FilterType refused = event.getType() == EventType.PUT ? FilterType.NOPUT : FilterType.NODELETE;
        return event.getKv().getModRevision() >= from
                && contains(event.getKv().getKey())
                && !request.getFiltersList().contains(refused);
    }

    private boolean contains(ByteString key) {
        ByteString first = request.getKey().isEmpty() ? NUL : request.getKey();
        ByteString end = request.getRangeEnd();
        if (end.isEmpty()) {
            return key.equals(first);
        }
        return ORDER.compare(key, first) >= 0 && (end.equals(NUL) || ORDER.compare(key, end) < 0);
    }
}
