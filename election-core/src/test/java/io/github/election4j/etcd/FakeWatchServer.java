package io.github.election4j.etcd;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An etcd that hears requests to watch, and answers what a test says. */
final class FakeWatchServer extends WatchGrpc.WatchImplBase implements AutoCloseable {
    private static final Context.Key<Metadata> HEADERS = Context.key("headers");

    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private final Server server;

    FakeWatchServer(BindableService... others) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(this)
                .intercept(new KeepsHeaders());
        List.of(others).forEach(builder::addService);
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    List<Stream> streams() {
        return streams;
    }

    Stream awaitStream(int number) {
        await("stream " + number).atMost(RecordingWatch.LIMIT).until(() -> streams.size() >= number);
        return streams.get(number - 1);
    }

    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> client) {
        Stream stream = new Stream((ServerCallStreamObserver<WatchResponse>) client, HEADERS.get());
        streams.add(stream);
        return stream;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    static Event put(String key, String value, long revision) {
        return Event.newBuilder()
                .setType(Event.EventType.PUT)
                .setKv(KeyValue.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setValue(ByteString.copyFromUtf8(value))
                        .setModRevision(revision))
                .build();
    }

    /** One stream, as the server has it. */
    static final class Stream implements StreamObserver<WatchRequest> {
        private final List<WatchRequest> requests = new CopyOnWriteArrayList<>();
        private final ServerCallStreamObserver<WatchResponse> client;
        private final Metadata headers;

        private Stream(ServerCallStreamObserver<WatchResponse> client, Metadata headers) {
            this.client = client;
            this.headers = headers;
            client.setOnCancelHandler(() -> {}); // Else the observer throws when its client has gone.
        }

        @Nullable
        String header(String name) {
            return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        }

        List<WatchRequest> requests() {
            return requests;
        }

        List<String> keysAskedFor() {
            return requests.stream()
                    .filter(WatchRequest::hasCreateRequest)
                    .map(request -> request.getCreateRequest().getKey().toStringUtf8())
                    .toList();
        }

        List<Long> numbersCanceled() {
            return requests.stream()
                    .filter(WatchRequest::hasCancelRequest)
                    .map(request -> request.getCancelRequest().getWatchId())
                    .toList();
        }

        Stream awaitRequests(int count) {
            await("request " + count).atMost(RecordingWatch.LIMIT).until(() -> requests.size() >= count);
            return this;
        }

        void awaitCanceledByClient() {
            await("that the stream is canceled").atMost(RecordingWatch.LIMIT).until(client::isCancelled);
        }

        void created(long number) {
            send(WatchResponse.newBuilder().setWatchId(number).setCreated(true));
        }

        void refused(String reason) {
            send(WatchResponse.newBuilder()
                    .setWatchId(-1)
                    .setCreated(true)
                    .setCanceled(true)
                    .setCancelReason(reason));
        }

        void events(long number, Event... events) {
            send(WatchResponse.newBuilder().setWatchId(number).addAllEvents(List.of(events)));
        }

        void send(WatchResponse.Builder response) {
            client.onNext(response.build());
        }

        void fail(Throwable cause) {
            client.onError(cause);
        }

        void complete() {
            client.onCompleted();
        }

        @Override
        public void onNext(WatchRequest request) {
            requests.add(request);
        }

        @Override
        public void onError(Throwable lost) {}

        @Override
        public void onCompleted() {}
    }

    private static final class KeepsHeaders implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(Context.current().withValue(HEADERS, headers), call, headers, next);
        }
    }
}
