package io.github.election4j.embedded.internal.model;

import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** A stream of watchers: takes requests, and collects what is to be sent, in order. */
public final class WatchStream {
    /** The answer to a request for progress belongs to no watcher. */
    private static final long NO_WATCHER = -1;

    private final Mvcc mvcc;
    private final LongFunction<ResponseHeader> header;
    private final List<WatchStream> streams;
    private final NavigableMap<Long, Watcher> watchers = new TreeMap<>();
    /** Etcd has ended them, but still answers when the client does so as well. */
    private final Set<Long> compacted = new HashSet<>();

    private List<WatchResponse> unsent = new ArrayList<>();
    private long nextId;

    WatchStream(Mvcc mvcc, LongFunction<ResponseHeader> header, List<WatchStream> streams) {
        this.mvcc = mvcc;
        this.header = header;
        this.streams = streams;
        streams.add(this);
    }

    /**
     * Creates or cancels a watcher, or asks for progress; one that asks for nothing is ignored, as by etcd.
     *
     * @param request the request
     */
    public void request(WatchRequest request) {
        switch (request.getRequestUnionCase()) {
            case CREATE_REQUEST -> create(request.getCreateRequest());
            case CANCEL_REQUEST -> cancel(request.getCancelRequest().getWatchId());
            case PROGRESS_REQUEST -> send(NO_WATCHER, WatchResponse.newBuilder());
            case REQUESTUNION_NOT_SET -> {}
        }
    }

    /** {@return what is to be sent now, in order} */
    public List<WatchResponse> poll() {
        if (unsent.isEmpty()) {
            return List.of();
        }
        List<WatchResponse> polled = unsent;
        unsent = new ArrayList<>();
        return polled;
    }

    /** Ends every watcher of the stream. */
    public void close() {
        streams.remove(this);
        watchers.clear();
    }

    void committed(List<KeyValue> changes) {
        watchers.forEach((id, watcher) -> send(id, watcher.events(changes, mvcc)));
    }

    private void create(WatchCreateRequest request) {
        if (Watcher.interval(request).isEmpty()) {
            send(
                    NO_WATCHER,
                    WatchResponse.newBuilder()
                            .setCreated(true)
                            .setCanceled(true)
                            .setCancelReason("mvcc: watcher range is empty"));
            return;
        }
        long id = nextId++;
        long from = request.getStartRevision() == 0 ? mvcc.revision() + 1 : request.getStartRevision();
        send(id, WatchResponse.newBuilder().setCreated(true));
        if (from < mvcc.compacted()) {
            unsent.add(WatchResponse.newBuilder()
                    .setHeader(header.apply(0))
                    .setWatchId(id)
                    .setCanceled(true)
                    .setCompactRevision(mvcc.compacted())
                    .build());
            compacted.add(id);
            return;
        }
        Watcher watcher = new Watcher(request, from);
        watchers.put(id, watcher);
        List<KeyValue> past = new ArrayList<>();
        mvcc.since(from).values().forEach(past::addAll);
        send(id, watcher.events(past, mvcc));
    }

    private void cancel(long id) {
        if (watchers.remove(id) != null || compacted.remove(id)) {
            send(id, WatchResponse.newBuilder().setCanceled(true));
        }
    }

    private void send(long id, List<Event> events) {
        if (!events.isEmpty()) {
            send(id, WatchResponse.newBuilder().addAllEvents(events));
        }
    }

    private void send(long id, WatchResponse.Builder response) {
        unsent.add(
                response.setHeader(header.apply(mvcc.revision())).setWatchId(id).build());
    }
}
