package io.github.election4j.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that watches and does not read what it is told, with more to tell than any window holds. */
@Timeout(60)
class SlowWatchIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ByteString KEY = ByteString.copyFromUtf8("a");
    private static final ByteString LARGE = ByteString.copyFrom(new byte[100_000]);
    private static final int PUTS = 400;

    private EmbeddedEtcd etcd;
    private ManagedChannel channel;
    private Lazy watcher;

    @BeforeEach
    void start() {
        etcd = EmbeddedEtcd.start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", etcd.port())
                .usePlaintext()
                .build();
        watcher = new Lazy();
        WatchGrpc.newStub(channel).watch(watcher);
        watcher.create();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        etcd.close();
    }

    @Test
    void isToldEverythingInOrderWhenItReadsOn() {
        long first = put();
        watcher.read();
        await().atMost(LIMIT).until(() -> watcher.revisions.size() == PUTS);
        assertThat(watcher.revisions)
                .containsExactlyElementsOf(
                        LongStream.range(first, first + PUTS).boxed().toList());
    }

    /** The server holds no events for it beyond its history: what was compacted is nowhere any more. */
    @Test
    void isCanceledWhenItLacksWhatIsCompacted() {
        long first = put();
        long last = first + PUTS - 1;
        CompactionRequest all = CompactionRequest.newBuilder().setRevision(last).build();
        assertThat(KVGrpc.newBlockingStub(channel).compact(all).hasHeader()).isTrue();
        watcher.read();
        await().atMost(LIMIT).until(() -> watcher.compactRevision == last);
        assertThat(watcher.revisions).startsWith(first).hasSizeLessThan(PUTS).isSorted();
    }

    /** Returns the revision of the first. */
    private long put() {
        PutRequest request = PutRequest.newBuilder().setKey(KEY).setValue(LARGE).build();
        long last = 0;
        for (int i = 0; i < PUTS; i++) {
            last = KVGrpc.newBlockingStub(channel).put(request).getHeader().getRevision();
        }
        return last - PUTS + 1;
    }

    /** Reads that it is created, and nothing until it is told to. */
    private static final class Lazy implements ClientResponseObserver<WatchRequest, WatchResponse> {
        private final List<Long> revisions = new CopyOnWriteArrayList<>();
        private final CompletableFuture<ClientCallStreamObserver<WatchRequest>> call = new CompletableFuture<>();
        private volatile boolean created;
        private volatile boolean reading;
        private volatile long compactRevision;

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRequest> requestStream) {
            requestStream.disableAutoRequestWithInitial(1);
            call.complete(requestStream);
        }

        void create() {
            call.join()
                    .onNext(WatchRequest.newBuilder()
                            .setCreateRequest(WatchCreateRequest.newBuilder().setKey(KEY))
                            .build());
            await().atMost(LIMIT).until(() -> created);
        }

        void read() {
            reading = true;
            call.join().request(1);
        }

        @Override
        public void onNext(WatchResponse response) {
            created |= response.getCreated();
            compactRevision = Math.max(compactRevision, response.getCompactRevision());
            response.getEventsList()
                    .forEach(event -> revisions.add(event.getKv().getModRevision()));
            if (reading) {
                call.join().request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
