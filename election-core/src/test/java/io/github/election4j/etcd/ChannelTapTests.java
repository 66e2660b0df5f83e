package io.github.election4j.etcd;

import static io.github.election4j.etcd.FakeWatchServer.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream of watches has of the client that it belongs to. */
@Timeout(60)
class ChannelTapTests {
    private final AtomicInteger tokens = new AtomicInteger();
    private final FakeWatchServer server = new FakeWatchServer(new AuthGrpc.AuthImplBase() {
        @Override
        public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> answer) {
            String token = request.getName() + request.getPassword() + tokens.incrementAndGet();
            answer.onNext(AuthenticateResponse.newBuilder().setToken(token).build());
            answer.onCompleted();
        }
    });
    private final List<Client> open = new ArrayList<>();
    private final RecordingWatch watch = new RecordingWatch();

    @AfterEach
    void stop() {
        open.forEach(Client::close);
        server.close();
    }

    private ClientBuilder builder() {
        return Client.builder().endpoints(server.endpoint());
    }

    private FakeWatchServer.Stream openWith(EtcdClient client) {
        open.add(client.client());
        client.watches().watch(Keys.text("a"), ByteSequence.EMPTY, 5, watch);
        return server.awaitStream(1).awaitRequests(1);
    }

    @Test
    void streamHasTheTokenOfTheClient() {
        EtcdClient client = EtcdClient.of(builder().user(Keys.text("user")).password(Keys.text("secret")));
        assertThat(openWith(client).header("token")).isEqualTo("usersecret1");
    }

    @Test
    void streamHasTheHeadersAndTheInterceptorsOfTheClient() {
        Metadata metadata = new Metadata();
        metadata.put(key("from-an-interceptor"), "b");
        EtcdClient client = EtcdClient.of(builder()
                .header("of-the-client", "a")
                .interceptor(MetadataUtils.newAttachHeadersInterceptor(metadata)));
        FakeWatchServer.Stream stream = openWith(client);
        assertThat(stream.header("of-the-client")).isEqualTo("a");
        assertThat(stream.header("from-an-interceptor")).isEqualTo("b");
        assertThat(stream.header("token")).isNull();
    }

    @Test
    void streamKeepsToTheNamespaceOfTheClient() {
        EtcdClient client = EtcdClient.of(builder().namespace(Keys.text("space/")));
        FakeWatchServer.Stream stream = openWith(client);
        client.watches().watch(Keys.text("b"), Keys.text("\0"), 5, new RecordingWatch());
        assertThat(stream.awaitRequests(2).keysAskedFor()).containsExactly("space/a", "space/b");
        assertThat(stream.requests().get(1).getCreateRequest().getRangeEnd().toStringUtf8())
                .isEqualTo("space0");

        stream.created(0);
        stream.events(0, put("space/a", "1", 6));

        assertThat(watch.awaitEvents(1).events()).containsExactly("a=1");
    }

    @Test
    void etcdIsAskedForNothingElse() {
        List<String> methods = new ArrayList<>();
        EtcdClient client = EtcdClient.of(builder().interceptor(new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                methods.add(method.getFullMethodName());
                return next.newCall(method, options);
            }
        }));
        openWith(client);
        assertThat(methods).containsExactly("etcdserverpb.Watch/Watch");
    }

    @Test
    void clientWithoutItCannotBeTapped() {
        try (Client strange = builder().build()) {
            ChannelTap tap = new ChannelTap();
            assertThatThrownBy(() -> tap.watchStub(strange)).isInstanceOf(IllegalStateException.class);
            new EtcdWatchStreams(() -> tap.watchStub(strange), ByteSequence.EMPTY)
                    .watch(Keys.text("a"), ByteSequence.EMPTY, 5, watch);
            assertThat(watch.ends()).hasSize(1);
        }
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
