package io.github.election4j.embedded.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Watchers whose stream is not asked for what they have to say, or late. */
class SlowWatchTests {
    private static final int KEPT = 2_000;
    private static final int MANY = 1_000;

    private final EtcdModel model = new EtcdModel(new ModelSettings(1, 2, Duration.ofSeconds(2), KEPT, () -> 7));
    private final WatchStream stream = model.openWatchStream();

    @Test
    void whoWasSlowIsToldEverythingOnceAndInOrder() {
        watch("a");
        put("a", MANY);
        assertThat(revisions(WatchStreams.all(stream), 0)).containsExactlyElementsOf(between(2, MANY + 1));
    }

    @Test
    void whoIsSlowAllTheTimeMissesNothing() {
        watch("a");
        watch("b");
        List<WatchResponse> seen = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            put("a", 1);
            put("b", 1);
            if (i % 4 == 0) {
                seen.add(stream.poll());
            }
        }
        seen.addAll(WatchStreams.all(stream));
        assertThat(revisions(seen, 0)).hasSize(MANY).isSorted().doesNotHaveDuplicates();
        assertThat(revisions(seen, 1)).hasSize(MANY).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whoHasCaughtUpIsToldAtOnceAgain() {
        watch("a");
        put("a", MANY);
        WatchStreams.all(stream);

        put("a", 2);

        assertThat(WatchStreams.all(stream))
                .extracting(WatchResponse::getEventsCount)
                .containsExactly(1, 1);
    }

    /** Otherwise this would hold events that history has long forgotten. */
    @Test
    void whoLacksWhatIsCompactedIsCanceledAndToldTheRevision() {
        watch("a");
        watch("b");
        put("a", 2 * KEPT);

        List<WatchResponse> all = WatchStreams.all(stream);

        assertThat(revisions(all, 0)).startsWith(2L, 3L).hasSizeLessThan(KEPT / 10);
        WatchResponse last = all.get(all.size() - 1);
        assertThat(last.getCanceled()).isTrue();
        assertThat(last.getWatchId()).isZero();
        assertThat(last.getCompactRevision()).isEqualTo(model.header().getRevision() - KEPT);
        put("a", 1);
        put("b", 1);
        assertThat(WatchStreams.all(stream))
                .extracting(WatchResponse::getWatchId)
                .containsExactly(1L);
    }

    @Test
    void aResponseThatTellsThePastIsNoLargerThanAClientTakes() {
        watch("a");
        ByteString large = ByteString.copyFrom(new byte[100_000]);
        for (int i = 0; i < 300; i++) {
            assertThat(model.put(PutRequest.newBuilder()
                                    .setKey(bytes("a"))
                                    .setValue(large)
                                    .build())
                            .hasHeader())
                    .isTrue();
        }
        List<WatchResponse> all = WatchStreams.all(stream);
        assertThat(revisions(all, 0)).containsExactlyElementsOf(between(2, 301));
        assertThat(all).allMatch(response -> response.getSerializedSize() < 1_200_000);
    }

    @Test
    void aNeighbourThatIsNeverQuietDoesNotKeepItFromCatchingUp() {
        watch("a");
        watch("b");
        put("a", MANY);
        List<WatchResponse> seen = new ArrayList<>(List.of(stream.poll(), stream.poll(), stream.poll()));
        for (int i = 0; i < MANY; i++) {
            put("b", 1);
            seen.add(stream.poll());
        }
        assertThat(revisions(seen, 0)).containsExactlyElementsOf(between(2, MANY + 1));
    }

    @Test
    void progressIsToldWhenEverythingBeforeHasBeen() {
        watch("a");
        put("a", MANY);
        stream.request(WatchRequest.newBuilder()
                .setProgressRequest(WatchProgressRequest.getDefaultInstance())
                .build());

        List<WatchResponse> all = WatchStreams.all(stream);

        assertThat(revisions(all, 0)).hasSize(MANY);
        assertThat(all.get(all.size() - 1).getWatchId()).isEqualTo(-1);
        assertThat(all.get(all.size() - 1).getHeader().getRevision()).isEqualTo(MANY + 1);
    }

    @Test
    void whoIsCanceledWhileBehindIsToldNoMore() {
        watch("a");
        put("a", MANY);
        stream.request(WatchRequest.newBuilder()
                .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(0))
                .build());

        List<WatchResponse> all = WatchStreams.all(stream);

        assertThat(all.get(all.size() - 1).getCanceled()).isTrue();
        assertThat(revisions(all, 0)).startsWith(2L).hasSizeLessThan(MANY);
    }

    private void watch(String key) {
        stream.request(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(bytes(key)))
                .build());
    }

    private void put(String key, int times) {
        PutRequest request = PutRequest.newBuilder().setKey(bytes(key)).build();
        for (int i = 0; i < times; i++) {
            assertThat(model.put(request).hasHeader()).isTrue();
        }
    }

    private static List<Long> revisions(List<WatchResponse> responses, long watcher) {
        return responses.stream()
                .filter(response -> response != null && response.getWatchId() == watcher)
                .flatMap(response -> response.getEventsList().stream())
                .map(Event::getKv)
                .map(kv -> kv.getModRevision())
                .toList();
    }

    private static List<Long> between(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
