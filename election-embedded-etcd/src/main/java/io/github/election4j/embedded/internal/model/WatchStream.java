package io.github.election4j.embedded.internal.model;

import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stream of watchers: takes requests, and has what is to be sent, in order. Whoever sends it may be slow. Then, as in
 * etcd, events are not collected without end: watchers fall behind, are told from the history when there is room again,
 * and are canceled if what they lack has been compacted meanwhile.
 */
public final class WatchStream {
    /** As many as wait in etcd. */
    private static final int MOST_UNSENT = 128;
    /** Of a response that tells the past; but a revision is never told in parts. */
    private static final int RESPONSE_BYTES = 1 << 20;
    /** The answer to a request for progress belongs to no watcher. */
    private static final long NO_WATCHER = -1;

    private final Mvcc mvcc;
    private final LongFunction<ResponseHeader> header;
    private final List<WatchStream> streams;
    private final NavigableMap<Long, Watcher> watchers = new TreeMap<>();
    /** Etcd has ended them, but still answers when the client does so as well. */
    private final Set<Long> compacted = new HashSet<>();

    private final Queue<WatchResponse> unsent = new ArrayDeque<>();
    /** Watchers that have not been told everything, and from which revision on; the next to be told comes first. */
    private final Map<Long, Long> behind = new LinkedHashMap<>();

    private int progressAsked;
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
            case PROGRESS_REQUEST -> {
                progressAsked++;
                answerProgress();
            }
            case REQUESTUNION_NOT_SET -> {}
        }
    }

    /** {@return what is to be sent next; null if there is nothing} */
    public @Nullable WatchResponse poll() {
        while (unsent.isEmpty() && !behind.isEmpty()) {
            catchUp();
        }
        answerProgress();
        return unsent.poll();
    }

    /** Ends every watcher of the stream. */
    public void close() {
        streams.remove(this);
        watchers.clear();
        behind.clear();
        unsent.clear();
    }

    void committed(List<KeyValue> changes) {
        watchers.forEach((id, watcher) -> {
            List<Event> events = behind.containsKey(id) ? List.of() : watcher.events(changes, mvcc);
            if (!events.isEmpty() && (unsent.size() >= MOST_UNSENT || !behind.isEmpty())) {
                behind.put(id, mvcc.revision());
            } else {
                send(id, events);
            }
        });
    }

    /** Tells the watcher that has waited longest a part of what it lacks; what is left has to wait for the others. */
    private void catchUp() {
        Map.Entry<Long, Long> first = behind.entrySet().iterator().next();
        long id = first.getKey();
        long from = first.getValue();
        behind.remove(id);
        if (from < mvcc.compacted()) {
            cancelCompacted(id);
            return;
        }
        Watcher watcher = Objects.requireNonNull(watchers.get(id));
        List<Event> events = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Long, List<KeyValue>> revision : mvcc.since(from).entrySet()) {
            if (bytes >= RESPONSE_BYTES) {
                behind.put(id, revision.getKey());
                break;
            }
            for (Event event : watcher.events(revision.getValue(), mvcc)) {
                events.add(event);
                bytes += event.getSerializedSize();
            }
        }
        send(id, events);
    }

    private void cancelCompacted(long id) {
        watchers.remove(id);
        compacted.add(id);
        unsent.add(WatchResponse.newBuilder()
                .setHeader(header.apply(0))
                .setWatchId(id)
                .setCanceled(true)
                .setCompactRevision(mvcc.compacted())
                .build());
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
        watchers.put(id, new Watcher(request, from));
        if (from <= mvcc.revision()) {
            behind.put(id, from);
        }
    }

    private void cancel(long id) {
        behind.remove(id);
        if (watchers.remove(id) != null || compacted.remove(id)) {
            send(id, WatchResponse.newBuilder().setCanceled(true));
        }
    }

    /** Of all that happened before, everybody has been told by then. */
    private void answerProgress() {
        for (; progressAsked > 0 && behind.isEmpty(); progressAsked--) {
            send(NO_WATCHER, WatchResponse.newBuilder());
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
