package io.github.election4j.etcd;

import static io.github.election4j.etcd.FakeWatchServer.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.WatchResponse;
import io.etcd.jetcd.watch.WatchEvent;
import io.github.election4j.spi.StoreException.Kind;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watches of a client that was not built here. */
@Timeout(60)
class JetcdWatchesTests {
    private final FakeWatchServer server = new FakeWatchServer();
    private final EtcdClient client =
            EtcdClient.borrowed(Client.builder().endpoints(server.endpoint()).build());
    private final RecordingWatch watch = new RecordingWatch();

    @AfterEach
    void stop() {
        client.client().close();
        server.close();
    }

    private Runnable watch(EtcdWatches.Observer observer) {
        return client.watches().watch(Keys.text("a"), Keys.text("c"), 5, observer);
    }

    private FakeWatchServer.Stream opened() {
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(1);
        stream.created(0);
        return stream;
    }

    @Test
    void eachHasAStreamForItselfAndHearsWhatItAskedFor() {
        watch(watch);
        FakeWatchServer.Stream stream = opened();
        watch(new RecordingWatch());
        server.awaitStream(2);

        stream.events(0, put("a", "early", 4));
        stream.events(0, put("a", "1", 5), put("b", "2", 5));

        assertThat(watch.awaitEvents(2).batches()).containsExactly(List.of("a=1", "b=2"));
        assertThat(watch.created()).isEqualTo(1);
        assertThat(stream.header("hasleader")).isEqualTo("true");
        assertThat(stream.requests().get(0).getCreateRequest().getRangeEnd().toStringUtf8())
                .isEqualTo("c");
    }

    @Test
    void endsOnceWhereJetcdWouldResume() {
        watch(watch);
        FakeWatchServer.Stream stream = opened();

        stream.fail(Status.UNAVAILABLE.withDescription("as the test says").asException());

        assertThat(watch.awaitEnd()).hasMessageContaining("as the test says");
        client.client().close();
        assertThat(watch.ends()).hasSize(1);
    }

    @Test
    void endsWhereEtcdCompletesTheStream() {
        watch(watch);

        opened().complete();

        assertThat(watch.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void saysWhyEtcdEndedIt() {
        watch(watch);

        opened().send(WatchResponse.newBuilder().setCanceled(true).setCompactRevision(9));

        assertThat(watch.awaitEnd().kind()).isEqualTo(Kind.COMPACTED);
    }

    @Test
    void isCanceledWhenItIsClosed() {
        Runnable close = watch(watch);
        FakeWatchServer.Stream stream = opened();
        watch.awaitCreated();

        close.run();

        stream.awaitCanceledByClient();
        assertThat(watch.ends()).isEmpty();
    }

    @Test
    void isCanceledWhenItsObserverThrows() {
        RecordingWatch throwing = new RecordingWatch() {
            @Override
            public void onEvents(List<WatchEvent> events) {
                throw new AssertionError("as the test says");
            }
        };
        watch(throwing);
        FakeWatchServer.Stream stream = opened();

        stream.events(0, put("a", "1", 5));

        assertThat(throwing.awaitEnd()).hasMessageContaining("as the test says");
        stream.awaitCanceledByClient();
        assertThat(throwing.ends()).hasSize(1);
    }
}
