package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchGrpc.WatchStub;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Calls etcd as a client of jetcd does: by its connections, balanced, with TLS, headers and interceptors, and with its
 * token. The client itself tells neither its channel nor its credentials, but an interceptor sees both.
 *
 * <p>So jetcd is asked for the members of the cluster, which nothing else here asks for, and which jetcd asks at once,
 * on the thread of the caller. The tap keeps what it sees of that call, which does not take place.
 */
final class ChannelTap implements ClientInterceptor {
    private static final String ASKED_FOR = ClusterGrpc.getMemberListMethod().getFullMethodName();

    private record Way(Channel channel, @Nullable CallCredentials credentials) {}

    private volatile @Nullable Way way;

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        if (method.getFullMethodName().equals(ASKED_FOR)) {
            way = new Way(next, options.getCredentials());
            return new NoCall<>();
        }
        return next.newCall(method, options);
    }

    /** For a client that has this as its last interceptor: a call meets it first, and the others after it. */
    WatchStub watchStub(Client client) {
        Way known = way;
        if (known == null) {
            client.getClusterClient().listMember();
            known = way;
        }
        if (known == null) {
            throw new IllegalStateException("The client does not have this interceptor");
        }
        return WatchGrpc.newStub(known.channel()).withCallCredentials(known.credentials());
    }

    /** Ends as it begins. */
    private static final class NoCall<Q, A> extends ClientCall<Q, A> {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
            listener.onClose(Status.CANCELLED, new Metadata());
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
    }
}
