package io.github.election4j.embedded.internal.server;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request passes: here faults act on requests and answers. All but the way in is for the thread of the
 * {@link Owner} only.
 */
final class Gate implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<Boolean> REQUIRES_LEADER = Context.key("requires-leader");

    private final Owner owner;
    private final Deque<Runnable> late = new ArrayDeque<>();
    private @Nullable Predicate<String> commitLate;
    private boolean silent;
    private boolean leaderless;

    Gate(Owner owner) {
        this.owner = owner;
    }

    /** Whether a stream asked to be ended when there is no leader; to be asked on the thread that delivers the call. */
    static boolean requiresLeader() {
        return Boolean.TRUE.equals(REQUIRES_LEADER.get());
    }

    static StatusRuntimeException noLeader() {
        return Status.UNAVAILABLE.withDescription("etcdserver: no leader").asRuntimeException();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Context context = Context.current().withValue(REQUIRES_LEADER, "true".equals(headers.get(HAS_LEADER)));
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Something that needs no quorum. */
    <A> void read(StreamObserver<A> observer, Supplier<A> work) {
        prepare(observer);
        owner.request(() -> answer(observer, work));
    }

    /** Something that needs a quorum. */
    <A> void decide(StreamObserver<A> observer, Supplier<A> work) {
        read(observer, () -> {
            requireLeader();
            return work.get();
        });
    }

    /** A write to certain keys. */
    <A> void write(StreamObserver<A> observer, Set<ByteString> keys, Supplier<A> work) {
        decide(observer, () -> {
            Predicate<String> which = commitLate;
            if (which != null && keys.stream().anyMatch(key -> which.test(key.toString(StandardCharsets.UTF_8)))) {
                commitLate = null;
                late.add(() -> {
                    var unused = work.get();
                });
                throw Status.UNAVAILABLE
                        .withDescription("etcdserver: request timed out")
                        .asRuntimeException();
            }
            return work.get();
        });
    }

    void requireLeader() {
        if (leaderless) {
            throw noLeader();
        }
    }

    boolean silent() {
        return silent;
    }

    void silent(boolean newSilent) {
        silent = newSilent;
    }

    void leaderless(boolean newLeaderless) {
        leaderless = newLeaderless;
    }

    void commitLate(Predicate<String> which) {
        commitLate = which;
    }

    void commitNow() {
        while (!late.isEmpty()) {
            try {
                late.remove().run();
            } catch (StatusRuntimeException refused) {
                // It was reported as lost long ago: nobody waits for its answer.
            }
        }
    }

    /** A call that the client gives up must not fail here. */
    static void prepare(StreamObserver<?> observer) {
        ((ServerCallStreamObserver<?>) observer).setOnCancelHandler(() -> {});
    }

    private <A> void answer(StreamObserver<A> observer, Supplier<A> work) {
        if (silent) {
            return;
        }
        try {
            observer.onNext(work.get());
            observer.onCompleted();
        } catch (StatusRuntimeException refused) {
            observer.onError(refused);
        } catch (RuntimeException defect) {
            log.error("The embedded etcd failed on a request; please report this", defect);
            observer.onError(Status.INTERNAL
                    .withDescription("The embedded etcd failed: " + defect)
                    .asRuntimeException());
        }
    }
}
