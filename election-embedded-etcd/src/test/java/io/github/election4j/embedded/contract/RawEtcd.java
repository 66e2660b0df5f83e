package io.github.election4j.embedded.contract;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The generated stubs on one connection: nothing between a test and the wire. */
final class RawEtcd implements AutoCloseable {
    private static final int SECONDS = 10;

    private final ManagedChannel channel;

    RawEtcd(String endpoint) {
        URI address = URI.create(endpoint);
        this.channel = NettyChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
    }

    KVGrpc.KVBlockingStub kv() {
        return KVGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    KVGrpc.KVFutureStub kvLater() {
        return KVGrpc.newFutureStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    LeaseGrpc.LeaseBlockingStub leases() {
        return LeaseGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    String version() {
        return MaintenanceGrpc.newBlockingStub(channel)
                .status(StatusRequest.getDefaultInstance())
                .getVersion();
    }

    /** One keep-alive on a stream of its own. */
    LeaseKeepAliveResponse keepAlive(long lease) {
        CompletableFuture<LeaseKeepAliveResponse> answer = new CompletableFuture<>();
        StreamObserver<LeaseKeepAliveRequest> requests =
                LeaseGrpc.newStub(channel).leaseKeepAlive(new FirstAnswer<>(answer));
        requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("No answer to a keep-alive of " + lease, e);
        } finally {
            requests.onCompleted();
        }
    }

    RecordedWatch watch() {
        RecordedWatch watch = new RecordedWatch();
        watch.attach(WatchGrpc.newStub(channel).watch(watch));
        return watch;
    }

    EventStream events() {
        EventStream events = new EventStream();
        events.attach(WatchGrpc.newStub(channel).watch(events));
        return events;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record FirstAnswer<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(new AssertionError("The stream ended without an answer"));
        }
    }
}
