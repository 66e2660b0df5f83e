package io.github.election4j.embedded.internal.server;

import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.github.election4j.embedded.internal.model.WatchStream;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code etcdserverpb.Watch}. */
final class WatchService extends WatchGrpc.WatchImplBase {
    /** A field of requests that the messages of jetcd do not know. */
    private static final int CHOSEN_ID = 7;

    private final Owner owner;
    private final Gate gate;
    private final Set<Stream> streams = new LinkedHashSet<>();

    WatchService(Owner owner, Gate gate) {
        this.owner = owner;
        this.gate = gate;
    }

    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> observer) {
        ServerCallStreamObserver<WatchResponse> call = (ServerCallStreamObserver<WatchResponse>) observer;
        Stream stream = new Stream(call, Gate.requiresLeader());
        call.setOnCancelHandler(() -> owner.request(stream::end));
        call.setOnReadyHandler(() -> owner.request(stream::flush));
        owner.request(stream::open);
        return stream;
    }

    /** For the thread of the owner only. */
    void completeAll() {
        for (Stream stream : List.copyOf(streams)) {
            stream.end();
            stream.observer.onCompleted();
        }
    }

    /** For the thread of the owner only. */
    void failThoseThatRequireALeader() {
        for (Stream stream : List.copyOf(streams)) {
            if (stream.requiresLeader) {
                stream.fail(Gate.noLeader());
            }
        }
    }

    /** For the thread of the owner only: after the connections have gone. */
    void forgetAll() {
        List.copyOf(streams).forEach(Stream::end);
    }

    private final class Stream implements StreamObserver<WatchRequest> {
        private final ServerCallStreamObserver<WatchResponse> observer;
        private final boolean requiresLeader;
        private @Nullable WatchStream watchers;

        private Stream(ServerCallStreamObserver<WatchResponse> observer, boolean requiresLeader) {
            this.observer = observer;
            this.requiresLeader = requiresLeader;
        }

        @Override
        public void onNext(WatchRequest request) {
            owner.request(() -> {
                if (watchers == null || gate.silent()) {
                    return;
                }
                if (request.getCreateRequest().getUnknownFields().hasField(CHOSEN_ID)) {
                    fail(Status.UNIMPLEMENTED
                            .withDescription("The embedded etcd does not offer watch ids that the client chooses")
                            .asRuntimeException());
                    return;
                }
                watchers.request(request);
            });
        }

        @Override
        public void onError(Throwable lost) {
            owner.request(this::end);
        }

        @Override
        public void onCompleted() {
            owner.request(() -> {
                if (watchers != null) {
                    end();
                    observer.onCompleted();
                }
            });
        }

        private void open() {
            watchers = owner.model().openWatchStream();
            streams.add(this);
            owner.flushing(this, this::flush);
            if (requiresLeader) {
                try {
                    gate.requireLeader();
                } catch (StatusRuntimeException leaderless) {
                    fail(leaderless);
                }
            }
        }

        private void fail(StatusRuntimeException why) {
            end();
            observer.onError(why);
        }

        /** As much as the client takes; what a silent one would be told is lost. */
        private void flush() {
            while (watchers != null && (gate.silent() || observer.isReady())) {
                WatchResponse next = watchers.poll();
                if (next == null) {
                    return;
                }
                if (!gate.silent()) {
                    observer.onNext(next);
                }
            }
        }

        private void end() {
            if (watchers != null) {
                watchers.close();
                watchers = null;
                streams.remove(this);
                owner.forget(this);
            }
        }
    }
}
