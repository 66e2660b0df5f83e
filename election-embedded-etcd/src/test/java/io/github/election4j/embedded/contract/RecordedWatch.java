package io.github.election4j.embedded.contract;

import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One Watch stream; what arrives is kept in order until it is asked for. */
final class RecordedWatch implements StreamObserver<WatchResponse>, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private @Nullable StreamObserver<WatchRequest> requests;

    void attach(StreamObserver<WatchRequest> outgoing) {
        this.requests = outgoing;
    }

    void create(WatchCreateRequest.Builder request) {
        send(WatchRequest.newBuilder().setCreateRequest(request));
    }

    void cancel(long watchId) {
        send(WatchRequest.newBuilder()
                .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(watchId)));
    }

    void askForProgress() {
        send(WatchRequest.newBuilder().setProgressRequest(WatchProgressRequest.getDefaultInstance()));
    }

    private void send(WatchRequest.Builder request) {
        StreamObserver<WatchRequest> present = requests;
        if (present == null) {
            throw new IllegalStateException("The stream is not open");
        }
        present.onNext(request.build());
    }

    /** The next response; fails if none comes, or if the stream ends. */
    WatchResponse next() {
        Object next = poll(LIMIT);
        if (next instanceof WatchResponse response) {
            return response;
        }
        throw new AssertionError("Expected a watch response, there came " + (next == null ? "nothing" : next));
    }

    /** What has come within that time: a {@link WatchResponse}, a {@link Status} that ended the stream, or null. */
    @Nullable
    Object poll(Duration limit) {
        try {
            return arrived.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onNext(WatchResponse response) {
        arrived.add(response);
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        arrived.add(Status.OK);
    }

    @Override
    public void close() {
        StreamObserver<WatchRequest> present = requests;
        if (present != null) {
            present.onCompleted();
        }
    }
}
