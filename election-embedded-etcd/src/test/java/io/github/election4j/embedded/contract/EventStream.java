package io.github.election4j.embedded.contract;

import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Watch stream that keeps the events by watcher, apart from the answers to requests. */
final class EventStream implements StreamObserver<WatchResponse> {
    private static final int SECONDS = 10;

    private final BlockingQueue<WatchResponse> answers = new LinkedBlockingQueue<>();
    private final Map<Long, List<Event>> events = new HashMap<>();
    private @Nullable StreamObserver<WatchRequest> requests;
    private @Nullable String broken;

    void attach(StreamObserver<WatchRequest> outgoing) {
        this.requests = outgoing;
    }

    void send(WatchRequest.Builder request) {
        StreamObserver<WatchRequest> present = requests;
        if (present == null) {
            throw new IllegalStateException("The stream is not open");
        }
        present.onNext(request.build());
    }

    void cancel(long watchId) {
        send(WatchRequest.newBuilder()
                .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(watchId)));
    }

    WatchResponse answer() {
        try {
            WatchResponse answer = answers.poll(SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("No answer on a watch stream within " + SECONDS + " s; " + broken);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the watcher has that many events; fails if it has more, or not in time. */
    synchronized void await(long watchId, int count) {
        awaitAtLeast(watchId, count);
        if (eventsOf(watchId).size() > count) {
            throw new AssertionError("Watcher " + watchId + " should have " + count + " events; " + tail(watchId));
        }
    }

    private synchronized void awaitAtLeast(long watchId, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (eventsOf(watchId).size() < count && broken == null && System.nanoTime() - end < 0) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        if (eventsOf(watchId).size() < count || broken != null) {
            throw new AssertionError("Watcher " + watchId + " should have " + count + " events; " + tail(watchId));
        }
    }

    private String tail(long watchId) {
        List<Event> all = eventsOf(watchId);
        return "it has " + all.size() + "; " + broken + "; the last: "
                + all.subList(Math.max(0, all.size() - 3), all.size());
    }

    /** The events from that number on; waits until there is one. */
    List<Event> nextAfter(long watchId, int index) {
        awaitAtLeast(watchId, index + 1);
        return from(watchId, index);
    }

    /** The events from that number on. */
    synchronized List<Event> from(long watchId, int index) {
        List<Event> all = eventsOf(watchId);
        return List.copyOf(all.subList(index, all.size()));
    }

    private List<Event> eventsOf(long watchId) {
        return events.computeIfAbsent(watchId, id -> new ArrayList<>());
    }

    @Override
    public synchronized void onNext(WatchResponse response) {
        if (response.getEventsCount() == 0) {
            answers.add(response);
            return;
        }
        List<Event> before = eventsOf(response.getWatchId());
        long first = response.getEvents(0).getKv().getModRevision();
        if (!before.isEmpty() && before.get(before.size() - 1).getKv().getModRevision() >= first) {
            broken = "revision " + first + " came in two responses, or late";
        }
        before.addAll(response.getEventsList());
        notifyAll();
    }

    @Override
    public synchronized void onError(Throwable failure) {
        broken = "ended: " + Status.fromThrowable(failure);
        notifyAll();
    }

    @Override
    public synchronized void onCompleted() {
        broken = "ended";
        notifyAll();
    }
}
