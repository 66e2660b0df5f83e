package io.github.election4j.etcd;

import static io.github.election4j.etcd.FakeWatchServer.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.WatchResponse;
import io.etcd.jetcd.watch.WatchEvent;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends a watch, and what else it takes along. */
@Timeout(60)
class EtcdWatchEndsTests {
    private final FakeWatchServer server = new FakeWatchServer();
    private final EtcdClient client = EtcdClient.of(Client.builder().endpoints(server.endpoint()));
    private final RecordingWatch first = new RecordingWatch();
    private final RecordingWatch second = new RecordingWatch();
    private final RecordingWatch third = new RecordingWatch();

    @AfterEach
    void stop() {
        client.client().close();
        server.close();
    }

    private Runnable watch(String key, EtcdWatches.Observer observer) {
        return client.watches().watch(Keys.text(key), ByteSequence.EMPTY, 5, observer);
    }

    /** The first is created, the second not yet. */
    private FakeWatchServer.Stream twoOnAStream() {
        watch("a", first);
        watch("b", second);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(2);
        stream.created(10);
        first.awaitCreated();
        return stream;
    }

    private void assertThirdWatchIsOnStream(int number) {
        watch("c", third);
        server.awaitStream(number).awaitRequests(1);
        assertThat(server.streams()).hasSize(number);
        assertThat(server.streams().get(number - 1).keysAskedFor()).endsWith("c");
    }

    @Test
    void streamThatBreaksEndsAllOfItsWatchesOnceAndTheNextHasAnother() {
        twoOnAStream()
                .fail(Status.UNAVAILABLE
                        .withDescription("etcdserver: no leader")
                        .asException());

        assertThat(first.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(second.awaitEnd()).hasMessageContaining("no leader");
        assertThirdWatchIsOnStream(2);
        assertThat(first.ends()).hasSize(1);
        assertThat(second.ends()).hasSize(1);
    }

    @Test
    void watchesThatWaitForTheirTurnEndWithTheStream() {
        for (int i = 0; i < EtcdWatchStream.MOST_UNANSWERED; i++) {
            watch("a", new RecordingWatch());
        }
        watch("b", second);

        server.awaitStream(1).complete();

        assertThat(second.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void streamThatEtcdCompletesEndsAllOfItsWatches() {
        twoOnAStream().complete();

        assertThat(first.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(second.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThirdWatchIsOnStream(2);
    }

    @Test
    void clientThatIsClosedEndsAllOfItsWatches() {
        twoOnAStream();

        client.client().close();

        assertThat(first.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(second.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        watch("c", third);
        assertThat(third.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void watchEndsAtOnceWhereNobodyListens() {
        server.close();

        watch("a", first);

        assertThat(first.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void refusalEndsTheWatchThatItIsFor() {
        FakeWatchServer.Stream stream = twoOnAStream();
        watch("c", third);
        stream.awaitRequests(3);

        stream.refused("etcdserver: permission denied");
        stream.created(11);
        stream.events(11, put("c", "1", 6));

        assertThat(second.awaitEnd().kind()).isEqualTo(Kind.DENIED);
        assertThat(third.awaitEvents(1).events()).containsExactly("c=1");
        assertThat(second.created()).isZero();
        assertThat(first.ends()).isEmpty();
        assertThirdWatchIsOnStream(1);
    }

    @Test
    void streamWhoseTokenIsTooOldTakesNoMoreWatchesAndEndsWithTheLastThatItHas() {
        Runnable close = watch("a", first);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(1);
        stream.created(10);
        first.awaitCreated();
        watch("b", second);
        stream.awaitRequests(2);

        stream.refused("etcdserver: invalid auth token");

        assertThat(second.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThirdWatchIsOnStream(2);
        stream.events(10, put("a", "1", 6));
        assertThat(first.awaitEvents(1).ends()).isEmpty();

        close.run();
        stream.awaitCanceledByClient();
        assertThat(third.ends()).isEmpty();
    }

    @Test
    void compactionEndsOneWatchWhichEtcdIsToldToForget() {
        FakeWatchServer.Stream stream = twoOnAStream();
        stream.created(11);

        stream.send(WatchResponse.newBuilder().setWatchId(10).setCanceled(true).setCompactRevision(99));
        stream.events(11, put("b", "1", 6));

        assertThat(first.awaitEnd().kind()).isEqualTo(Kind.COMPACTED);
        assertThat(first.awaitEnd()).hasMessageContaining("99");
        assertThat(second.awaitEvents(1).ends()).isEmpty();
        stream.awaitRequests(3);
        assertThat(stream.numbersCanceled()).containsExactly(10L);
    }

    @Test
    void cancellationWithoutAReasonIsAnEndAsWell() {
        twoOnAStream().send(WatchResponse.newBuilder().setWatchId(10).setCanceled(true));

        assertThat(first.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(second.ends()).isEmpty();
    }

    @Test
    void observerThatThrowsEndsItsOwnWatchOnly() {
        RecordingWatch throwing = new RecordingWatch() {
            @Override
            public void onEvents(List<WatchEvent> events) {
                throw new AssertionError("as the test says");
            }

            @Override
            public void onEnd(StoreException cause) {
                super.onEnd(cause);
                throw new IllegalStateException("as the test says");
            }
        };
        watch("a", throwing);
        watch("b", second);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(2);
        stream.created(10);
        stream.created(11);

        stream.events(10, put("a", "1", 6));
        stream.events(11, put("b", "1", 6));

        assertThat(throwing.awaitEnd()).hasMessageContaining("as the test says");
        assertThat(second.awaitEvents(1).ends()).isEmpty();
        assertThat(stream.awaitRequests(3).numbersCanceled()).containsExactly(10L);
        assertThat(throwing.ends()).hasSize(1);
    }

    @Test
    void eventsOfKeysThatNobodyAskedForEndTheStream() {
        FakeWatchServer.Stream stream = twoOnAStream();
        stream.created(11);
        second.awaitCreated();

        stream.events(10, put("b", "1", 6));

        assertThat(first.awaitEnd()).hasMessageContaining("mixed up");
        assertThat(second.awaitEnd()).hasMessageContaining("mixed up");
        stream.awaitCanceledByClient();
        assertThirdWatchIsOnStream(2);
        assertThat(first.events()).isEmpty();
    }

    @Test
    void answerThatNobodyWaitsForEndsTheStream() {
        FakeWatchServer.Stream stream = twoOnAStream();
        stream.created(11);

        stream.created(12);

        assertThat(first.awaitEnd()).hasMessageContaining("mixed up");
        assertThat(second.awaitEnd()).hasMessageContaining("mixed up");
    }
}
