package io.github.election4j.etcd;

import static io.github.election4j.etcd.FakeWatchServer.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.WatchResponse;
import io.github.election4j.spi.StoreException.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that etcd divides because they are large. */
@Timeout(60)
class WatchInPartsTests {
    private final FakeWatchServer server = new FakeWatchServer();
    private final EtcdClient client = EtcdClient.of(Client.builder().endpoints(server.endpoint()));
    private final RecordingWatch first = new RecordingWatch();
    private final RecordingWatch second = new RecordingWatch();

    @AfterEach
    void stop() {
        client.client().close();
        server.close();
    }

    private FakeWatchServer.Stream twoOnAStream() {
        client.watches().watch(Keys.text("a"), ByteSequence.EMPTY, 5, first);
        client.watches().watch(Keys.text("b"), ByteSequence.EMPTY, 5, second);
        FakeWatchServer.Stream stream = server.awaitStream(1).awaitRequests(2);
        stream.created(0);
        stream.created(1);
        return stream;
    }

    private static WatchResponse.Builder part(long number, String key, String value) {
        return WatchResponse.newBuilder()
                .setWatchId(number)
                .addEvents(put(key, value, 6))
                .setUnknownFields(field(7));
    }

    private static UnknownFieldSet field(int number) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
    }

    @Test
    void etcdIsAskedToDivideWhatIsLarge() {
        assertThat(twoOnAStream().requests().get(0).getCreateRequest().getUnknownFields())
                .isEqualTo(field(8));
    }

    @Test
    void partsAreHeardAsOneWhateverComesBetween() {
        FakeWatchServer.Stream stream = twoOnAStream();

        stream.send(part(0, "a", "1"));
        stream.send(part(1, "b", "1"));
        stream.send(part(0, "a", "2"));
        stream.events(1, put("b", "2", 6));
        second.awaitEvents(2);
        assertThat(first.events()).isEmpty();
        stream.events(0, put("a", "3", 6));
        stream.events(0, put("a", "4", 7));

        assertThat(first.awaitEvents(4).batches()).containsExactly(List.of("a=1", "a=2", "a=3"), List.of("a=4"));
        assertThat(second.batches()).containsExactly(List.of("b=1", "b=2"));
    }

    @Test
    void whatIsTooLargeEndsTheWatchThatItIsFor() {
        FakeWatchServer.Stream stream = twoOnAStream();
        String megabyte = "x".repeat(1 << 20);

        for (int sent = 0; sent <= StreamWatcher.MOST_BYTES_IN_PARTS; sent += megabyte.length()) {
            stream.send(part(0, "a", megabyte));
        }
        stream.events(0, put("a", "last", 6));
        stream.events(1, put("b", "1", 7));

        assertThat(second.awaitEvents(1).ends()).isEmpty();
        assertThat(first.ends())
                .singleElement()
                .satisfies(end -> assertThat(end.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(first.events()).isEmpty();
        assertThat(stream.awaitRequests(3).numbersCanceled()).containsExactly(0L);
    }
}
