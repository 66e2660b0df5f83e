package io.github.election4j.etcd;

import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.etcd.jetcd.watch.WatchEvent;
import io.github.election4j.etcd.EtcdWatches.Observer;
import io.github.election4j.spi.StoreException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watcher of a stream.
 *
 * <p>Etcd is asked to send large answers in parts. A message has a limit, by default of 4 MB, and one beyond it would
 * end the stream with all its watchers; what is too large in parts as well ends this watcher alone. The messages of
 * jetcd do not know these fields of etcd 3.4, so they are read and written by their numbers.
 */
final class StreamWatcher {
    /** More than what etcd accepts in one transaction by default, and much more than elections write. */
    static final int MOST_BYTES_IN_PARTS = 16 << 20;

    private static final Logger log = LoggerFactory.getLogger(StreamWatcher.class);
    private static final int FRAGMENT_OF_RESPONSE = 7;
    private static final UnknownFieldSet IN_PARTS = UnknownFieldSet.newBuilder()
            .addField(8, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    private final WatchedRange range;
    private final long fromRevision;
    private final Observer observer;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable EtcdWatchStream stream;
    /** The parts of an answer so far; used by the calls of the stream only, which do not overlap. */
    private WatchResponse.@Nullable Builder parts;

    private long bytesInParts;

    StreamWatcher(WatchedRange range, long fromRevision, Observer observer) {
        this.range = range;
        this.fromRevision = fromRevision;
        this.observer = observer;
    }

    void joins(EtcdWatchStream joined) {
        stream = joined;
    }

    WatchRequest creation() {
        return WatchRequest.newBuilder()
                .setCreateRequest(range.request().setStartRevision(fromRevision).setUnknownFields(IN_PARTS))
                .build();
    }

    boolean isOver() {
        return ended.get();
    }

    /** Ends the watch at the wish of its observer, who is not told. */
    void close() {
        if (ended.compareAndSet(false, true)) {
            leave();
        }
    }

    void end(StoreException cause) {
        if (ended.compareAndSet(false, true)) {
            leave();
            try {
                observer.onEnd(cause);
            } catch (RuntimeException | Error defect) {
                report(defect);
            }
        }
    }

    private void leave() {
        EtcdWatchStream joined = stream;
        if (joined != null) {
            joined.forget(this);
        }
    }

    void created() {
        tell(observer::onCreated);
    }

    /** Whether these are events that this watcher asked for; that none are is fine. */
    boolean covers(WatchResponse response) {
        return range.coversAll(response);
    }

    void hear(WatchResponse response) {
        WatchResponse.Builder earlier = parts;
        if (isFollowed(response)) {
            collect(earlier == null ? WatchResponse.newBuilder() : earlier, response);
        } else if (earlier == null) {
            deliver(response);
        } else {
            parts = null;
            deliver(earlier.addAllEvents(response.getEventsList()).build());
        }
    }

    private static boolean isFollowed(WatchResponse response) {
        return response.getUnknownFields()
                .getField(FRAGMENT_OF_RESPONSE)
                .getVarintList()
                .contains(1L);
    }

    private void collect(WatchResponse.Builder earlier, WatchResponse part) {
        bytesInParts = (parts == null ? 0 : bytesInParts) + part.getSerializedSize();
        parts = earlier.addAllEvents(part.getEventsList());
        if (bytesInParts > MOST_BYTES_IN_PARTS) {
            parts = null;
            String found = "etcd tells of changes of more than " + (MOST_BYTES_IN_PARTS >> 20) + " MB at once";
            end(new StoreException(StoreException.Kind.UNAVAILABLE, found, null));
        }
    }

    private void deliver(WatchResponse response) {
        List<WatchEvent> events = range.events(response).stream()
                .filter(event -> event.getKeyValue().getModRevision() >= fromRevision)
                .toList();
        if (!events.isEmpty()) {
            tell(() -> observer.onEvents(events));
        }
    }

    /** What an observer throws is the end of its own watch, and of no other. */
    private void tell(Runnable call) {
        if (isOver()) {
            return;
        }
        try {
            call.run();
        } catch (RuntimeException | Error defect) {
            report(defect);
            end(EtcdErrors.normalise(defect));
        }
    }

    private static void report(Throwable defect) {
        log.error("A defect in Election4J; please report it", defect);
    }
}
