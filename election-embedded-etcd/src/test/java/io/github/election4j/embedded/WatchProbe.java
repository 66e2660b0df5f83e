package io.github.election4j.embedded;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A watch of one key, with all it was told. */
final class WatchProbe implements StreamObserver<WatchResponse> {
    private final List<String> values = new CopyOnWriteArrayList<>();
    private volatile boolean created;
    private volatile @Nullable String end;

    /** One that is known to be created. */
    static WatchProbe open(ManagedChannel channel, String key, boolean requireLeader) {
        WatchProbe probe = ask(channel, key, requireLeader);
        await().until(() -> probe.created);
        return probe;
    }

    static WatchProbe ask(ManagedChannel channel, String key, boolean requireLeader) {
        return ask(channel, key, requireLeader, UnknownFieldSet.getDefaultInstance());
    }

    static WatchProbe ask(ManagedChannel channel, String key, boolean requireLeader, UnknownFieldSet more) {
        WatchProbe probe = new WatchProbe();
        Metadata headers = new Metadata();
        if (requireLeader) {
            headers.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        }
        WatchGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .watch(probe)
                .onNext(WatchRequest.newBuilder()
                        .setCreateRequest(WatchCreateRequest.newBuilder()
                                .setKey(ByteString.copyFromUtf8(key))
                                .setUnknownFields(more))
                        .build());
        return probe;
    }

    List<String> values() {
        return values;
    }

    /** How the stream ended. */
    String awaitEnd() {
        await().until(() -> end != null);
        return String.valueOf(end);
    }

    @Override
    public void onNext(WatchResponse response) {
        created |= response.getCreated();
        response.getEventsList()
                .forEach(event -> values.add(event.getKv().getValue().toStringUtf8()));
    }

    @Override
    public void onError(Throwable failure) {
        end = failure.getMessage();
    }

    @Override
    public void onCompleted() {
        end = "completed";
    }
}
