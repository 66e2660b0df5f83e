package io.github.election4j.etcd;

import static io.github.election4j.etcd.FakeWatchServer.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.WatchCreateRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How watchers share a stream. */
@Timeout(60)
class EtcdWatchStreamsTests {
    private final FakeWatchServer server = new FakeWatchServer();
    private final EtcdClient client = EtcdClient.of(Client.builder().endpoints(server.endpoint()));
    private final RecordingWatch first = new RecordingWatch();
    private final RecordingWatch second = new RecordingWatch();

    @AfterEach
    void stop() {
        client.client().close();
        server.close();
    }

    private Runnable watch(String key, EtcdWatches.Observer observer) {
        return client.watches().watch(Keys.text(key), ByteSequence.EMPTY, 5, observer);
    }

    @Test
    void watchersShareAStreamThatNeedsALeader() {
        watch("a", first);
        client.watches().watch(Keys.text("b"), Keys.text("c"), 7, second);

        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(2);

        assertThat(stream.header("hasleader")).isEqualTo("true");
        WatchCreateRequest request = stream.requests().get(1).getCreateRequest();
        assertThat(request.getKey().toStringUtf8()).isEqualTo("b");
        assertThat(request.getRangeEnd().toStringUtf8()).isEqualTo("c");
        assertThat(request.getStartRevision()).isEqualTo(7);
        assertThat(server.streams()).hasSize(1);
    }

    @Test
    void eachHearsWhatBelongsToTheNumberThatItsRequestWasAnsweredWith() {
        watch("a", first);
        watch("b", second);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(2);
        stream.created(10);
        stream.created(11);

        stream.events(11, put("b", "1", 5), put("b", "2", 6));
        stream.events(10, put("a", "3", 7));

        assertThat(first.awaitEvents(1).batches()).containsExactly(List.of("a=3"));
        assertThat(second.awaitEvents(2).batches()).containsExactly(List.of("b=1", "b=2"));
        assertThat(first.created()).isEqualTo(1);
        assertThat(second.created()).isEqualTo(1);
    }

    @Test
    void eventsFromBeforeTheRevisionOfInterestAreNotHeard() {
        watch("a", first);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(1);
        stream.created(0);

        stream.events(0, put("a", "early", 4), put("a", "late", 5));

        assertThat(first.awaitEvents(1).events()).containsExactly("a=late");
    }

    /** A cancellation does not wait for answers: what was asked for before it, has come before it. */
    @Test
    void onlySoManyRequestsWaitForAnswers() {
        Runnable close = watch("a", first);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(1);
        stream.created(0);
        first.awaitCreated();
        IntStream.range(0, EtcdWatchStream.MOST_UNANSWERED + 50).forEach(i -> watch("b" + i, new RecordingWatch()));
        close.run();

        stream.awaitRequests(1 + EtcdWatchStream.MOST_UNANSWERED + 1);
        assertThat(stream.numbersCanceled()).containsExactly(0L);

        stream.created(1);
        stream.awaitRequests(1 + EtcdWatchStream.MOST_UNANSWERED + 2);
        assertThat(stream.keysAskedFor())
                .hasSize(EtcdWatchStream.MOST_UNANSWERED + 2)
                .endsWith("b" + EtcdWatchStream.MOST_UNANSWERED);
    }

    @Test
    void watchThatIsClosedIsCanceledAndWhatComesForItIsDropped() {
        Runnable close = watch("a", first);
        watch("b", second);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(2);
        stream.created(10);
        stream.created(11);
        second.awaitCreated();

        close.run();
        close.run();
        stream.awaitRequests(3);
        stream.events(10, put("a", "1", 6));
        stream.send(io.etcd.jetcd.api.WatchResponse.newBuilder().setWatchId(10).setCanceled(true));
        stream.events(11, put("b", "2", 7));

        assertThat(second.awaitEvents(1).events()).containsExactly("b=2");
        assertThat(stream.numbersCanceled()).containsExactly(10L);
        assertThat(first.events()).isEmpty();
        assertThat(first.ends()).isEmpty();
    }

    @Test
    void watchThatIsClosedBeforeItIsCreatedIsCanceledWhenItIs() {
        Runnable close = watch("a", first);
        watch("b", second);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(2);

        close.run();
        stream.created(10);
        stream.events(10, put("a", "1", 6));
        stream.created(11);
        second.awaitCreated();

        stream.awaitRequests(3);
        assertThat(stream.numbersCanceled()).containsExactly(10L);
        assertThat(first.created()).isZero();
        assertThat(first.events()).isEmpty();
    }

    @Test
    void watchThatIsClosedWhileItWaitsForItsTurnIsNeverAskedFor() {
        List<RecordingWatch> asked = new ArrayList<>();
        for (int i = 0; i < EtcdWatchStream.MOST_UNANSWERED; i++) {
            asked.add(new RecordingWatch());
            watch("a", asked.get(i));
        }
        Runnable close = watch("closed", first);
        watch("b", second);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(asked.size());

        close.run();
        asked.forEach(each -> stream.created(asked.indexOf(each)));
        stream.awaitRequests(asked.size() + 1);

        assertThat(stream.keysAskedFor()).doesNotContain("closed").endsWith("b");
    }

    @Test
    void answersThatAreNoEventsAreNotHeard() {
        watch("a", first);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(1);
        stream.created(0);

        stream.events(0);
        stream.events(-1);
        stream.events(0, put("a", "1", 6));

        assertThat(first.awaitEvents(1).batches()).containsExactly(List.of("a=1"));
    }
}
