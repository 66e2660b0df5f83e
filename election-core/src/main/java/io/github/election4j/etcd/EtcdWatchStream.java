package io.github.election4j.etcd;

import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchGrpc.WatchStub;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.github.election4j.spi.StoreException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stream and its watchers.
 *
 * <h2>Who is who</h2>
 *
 * Etcd numbers the watchers of a stream as it creates them, and answers requests to create one in their order, refusals
 * included, whose number is none. So an answer belongs to the watcher that was asked for first. A gRPC proxy of etcd
 * may answer in another order; therefore events of keys that nobody asked for under their number end the stream.
 *
 * <h2>Locks</h2>
 *
 * The lock of the stream is held while requests are handed to gRPC, which queues them, since they must leave in the
 * order of the queue here. It is never held while an observer is called. gRPC calls back one call at a time.
 */
final class EtcdWatchStream implements StreamObserver<WatchResponse> {
    /** A thousand watchers are created as fast as by asking for all at once; more would only wait in buffers. */
    static final int MOST_UNANSWERED = 100;

    private final Set<StreamWatcher> waiting = new LinkedHashSet<>();
    private final Queue<StreamWatcher> asked = new ArrayDeque<>();
    private final Map<Long, StreamWatcher> created = new HashMap<>();
    private final Map<StreamWatcher, Long> numbers = new HashMap<>();
    private @Nullable StreamObserver<WatchRequest> requests;
    /** Takes no more watchers: etcd no longer knows the token that it was opened with. Those that it has go on. */
    private boolean retired;

    private boolean ended;

    /** Watchers that were added before are asked for now. */
    void open(WatchStub stub) {
        StreamObserver<WatchRequest> opened = stub.watch(this);
        synchronized (this) {
            requests = opened;
            ask();
        }
    }

    /** {@return false if the stream takes no more} */
    synchronized boolean add(StreamWatcher watcher) {
        if (ended || retired) {
            return false;
        }
        watcher.joins(this);
        waiting.add(watcher);
        ask();
        return true;
    }

    private void ask() {
        StreamObserver<WatchRequest> open = requests;
        Iterator<StreamWatcher> next = waiting.iterator();
        while (open != null && !ended && asked.size() < MOST_UNANSWERED && next.hasNext()) {
            StreamWatcher watcher = next.next();
            next.remove();
            asked.add(watcher);
            open.onNext(watcher.creation());
        }
    }

    /** For a watcher that is over. One that is being created is canceled when etcd has told its number. */
    synchronized void forget(StreamWatcher watcher) {
        waiting.remove(watcher);
        Long number = numbers.remove(watcher);
        if (number != null) {
            created.remove(number);
            // Where it was etcd that ended it, etcd may still keep its number; if not, it ignores this.
            cancel(number);
        }
        endIfRetired();
    }

    private void cancel(long number) {
        StreamObserver<WatchRequest> open = requests;
        if (open != null && !ended) {
            WatchCancelRequest cancellation =
                    WatchCancelRequest.newBuilder().setWatchId(number).build();
            open.onNext(WatchRequest.newBuilder().setCancelRequest(cancellation).build());
        }
    }

    @Override
    public void onNext(WatchResponse response) {
        if (response.getCreated()) {
            answer(response);
            return;
        }
        StreamWatcher watcher = watcher(response.getWatchId());
        if (watcher == null) {
            return; // It was canceled meanwhile.
        }
        if (response.getCanceled()) {
            watcher.end(cause(response));
        } else if (watcher.covers(response)) {
            watcher.hear(response);
        } else {
            distrust();
        }
    }

    private synchronized @Nullable StreamWatcher watcher(long number) {
        return created.get(number);
    }

    private void answer(WatchResponse response) {
        @Nullable StoreException refusal = response.getCanceled() ? cause(response) : null;
        StreamWatcher watcher = settle(response.getWatchId(), refusal);
        if (watcher == null) {
            distrust();
        } else if (refusal != null) {
            watcher.end(refusal);
        } else {
            watcher.created();
        }
    }

    private synchronized @Nullable StreamWatcher settle(long number, @Nullable StoreException refusal) {
        StreamWatcher watcher = asked.poll();
        if (refusal != null) {
            // Not for want of permission: the token is too old, and stays what it is as long as the stream.
            retired |= refusal.kind() == StoreException.Kind.UNAVAILABLE;
        } else if (watcher != null && watcher.isOver()) {
            cancel(number);
        } else if (watcher != null) {
            created.put(number, watcher);
            numbers.put(watcher, number);
        }
        ask();
        endIfRetired();
        return watcher;
    }

    private static StoreException cause(WatchResponse response) {
        if (response.getCompactRevision() != 0) {
            String found = "history before revision " + response.getCompactRevision() + " was compacted";
            return new StoreException(StoreException.Kind.COMPACTED, found, null);
        }
        if (response.getCancelReason().isEmpty()) {
            return new StoreException(StoreException.Kind.UNAVAILABLE, "etcd canceled the watch", null);
        }
        return EtcdErrors.normalise(Status.FAILED_PRECONDITION
                .withDescription(response.getCancelReason())
                .asRuntimeException());
    }

    private void endIfRetired() {
        if (retired && !ended && waiting.isEmpty() && asked.isEmpty() && created.isEmpty()) {
            ended = true;
            cancelCall("no watches are left");
        }
    }

    private void distrust() {
        StoreException cause =
                new StoreException(StoreException.Kind.UNAVAILABLE, "etcd mixed up the watches of a stream", null);
        if (end(cause)) {
            cancelCall(cause.reason());
        }
    }

    /** Etcd keeps a stream whose requests are complete; one that is canceled it ends. */
    private synchronized void cancelCall(String why) {
        if (requests != null) {
            requests.onError(Status.CANCELLED.withDescription(why).asException());
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(EtcdErrors.normalise(failure));
    }

    @Override
    public void onCompleted() {
        end(new StoreException(StoreException.Kind.UNAVAILABLE, "etcd ended the stream of watches", null));
    }

    private boolean end(StoreException cause) {
        List<StreamWatcher> left = new ArrayList<>();
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            left.addAll(created.values());
            left.addAll(asked);
            left.addAll(waiting);
            created.clear();
            numbers.clear();
            asked.clear();
            waiting.clear();
        }
        left.forEach(watcher -> watcher.end(cause));
        return true;
    }
}
