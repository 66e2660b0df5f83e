package io.github.election4j.embedded.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept of the past, and what is said of the rest: as by etcd after a compaction. */
class HistoryTests {
    private static final String COMPACTED = "OUT_OF_RANGE: etcdserver: mvcc: required revision has been compacted";
    private static final ByteString KEY = ByteString.copyFromUtf8("a");

    @Test
    void theLastRevisionsCanBeReadAndWhatIsOlderIsCompacted() {
        EtcdModel model = keeping(10);
        long last = put(model, 30);

        assertThat(valueAt(model, last - 10)).isEqualTo(Long.toString(last - 10));
        assertThatThrownBy(() -> valueAt(model, last - 11)).hasMessage(COMPACTED);
        put(model, 1);
        assertThatThrownBy(() -> valueAt(model, last - 10)).hasMessage(COMPACTED);
    }

    @Test
    void nothingIsCompactedBeforeThereIsMoreThanThat() {
        EtcdModel model = keeping(10);
        put(model, 10);
        assertThat(valueAt(model, 2)).isEqualTo("2");
        assertThat(WatchStreams.all(watch(model, 1)))
                .anySatisfy(response -> assertThat(response.getEventsCount()).isEqualTo(10));
    }

    @Test
    void aWatchOfWhatIsOlderIsCanceledAndNamesTheRevision() {
        EtcdModel model = keeping(10);
        long last = put(model, 30);

        assertThat(WatchStreams.all(watch(model, last - 11)))
                .filteredOn(WatchResponse::getCanceled)
                .singleElement()
                .satisfies(canceled -> assertThat(canceled.getCompactRevision()).isEqualTo(last - 10));
        assertThat(WatchStreams.all(watch(model, last - 10))).noneMatch(WatchResponse::getCanceled);
    }

    @Test
    void whoCompactsMoreIsObeyedAndWhoCompactsLessIsRefused() {
        EtcdModel model = keeping(10);
        long last = put(model, 30);

        assertThatThrownBy(() -> compact(model, last - 10)).hasMessage(COMPACTED);
        compact(model, last - 2);
        assertThatThrownBy(() -> valueAt(model, last - 3)).hasMessage(COMPACTED);
        put(model, 5);
        assertThat(valueAt(model, last - 2)).isEqualTo(Long.toString(last - 2));
    }

    @Test
    void whatIsThereOutlivesItsHistory() {
        EtcdModel model = keeping(10);
        PutRequest other = PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("b"))
                .setValue(ByteString.copyFromUtf8("kept"))
                .build();
        assertThat(model.put(other).hasHeader()).isTrue();
        DeleteRangeRequest deletion =
                DeleteRangeRequest.newBuilder().setKey(KEY).build();
        put(model, 1);
        assertThat(model.deleteRange(deletion).getDeleted()).isEqualTo(1);
        long last = put(model, 30);

        RangeRequest everything = RangeRequest.newBuilder()
                .setKey(KEY)
                .setRangeEnd(ByteString.copyFromUtf8("c"))
                .setRevision(last - 10)
                .build();
        assertThat(model.range(everything).getKvsList())
                .extracting(each -> each.getValue().toStringUtf8())
                .containsExactly(Long.toString(last - 10), "kept");
    }

    /** Many reads of the far past of one key: to look at all that came after it, each time, takes minutes. */
    @Test
    @Timeout(20)
    void readingThePastDoesNotLookAtAllThatCameAfterIt() {
        EtcdModel model = keeping(100_000);
        put(model, 100_000);
        for (int i = 0; i < 100_000; i++) {
            assertThat(valueAt(model, 2)).isEqualTo("2");
        }
    }

    private static EtcdModel keeping(long revisions) {
        return new EtcdModel(new ModelSettings(1, 2, Duration.ofSeconds(2), revisions, () -> 7));
    }

    /** Puts that many times the revision that this makes; returns the last. */
    private static long put(EtcdModel model, int times) {
        long revision = model.header().getRevision();
        for (int i = 0; i < times; i++) {
            PutRequest request = PutRequest.newBuilder()
                    .setKey(KEY)
                    .setValue(ByteString.copyFromUtf8(Long.toString(revision + 1)))
                    .build();
            revision = model.put(request).getHeader().getRevision();
        }
        return revision;
    }

    private static String valueAt(EtcdModel model, long revision) {
        RangeRequest request =
                RangeRequest.newBuilder().setKey(KEY).setRevision(revision).build();
        return model.range(request).getKvs(0).getValue().toStringUtf8();
    }

    private static WatchStream watch(EtcdModel model, long from) {
        WatchStream stream = model.openWatchStream();
        stream.request(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(KEY).setStartRevision(from))
                .build());
        return stream;
    }

    private static void compact(EtcdModel model, long revision) {
        CompactionRequest request =
                CompactionRequest.newBuilder().setRevision(revision).build();
        assertThat(model.compact(request).hasHeader()).isTrue();
    }
}
