package io.github.election4j.embedded.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In virtual time; what needs no time is shown beside a real etcd by the contract. */
class EtcdModelTests {
    private final AtomicLong ids = new AtomicLong(100);
    private final EtcdModel model =
            new EtcdModel(new ModelSettings(1, 2, Duration.ofSeconds(2), 10_000, ids::incrementAndGet));

    @ParameterizedTest
    @ValueSource(longs = {0, 12_345, Long.MAX_VALUE - 1_000, Long.MIN_VALUE})
    void aLeaseEndsWithItsTimeWhateverTheOriginOfTheClock(long origin) {
        long lease = grant(5, origin);
        put("a", lease);

        model.expireLeases(origin + seconds(5) - 1);
        assertThat(get("a")).hasSize(1);
        assertThat(model.nextExpiryNanos()).hasValue(origin + seconds(5));

        model.expireLeases(origin + seconds(5));
        assertThat(get("a")).isEmpty();
        assertThat(model.leases()).isEmpty();
        assertThat(model.nextExpiryNanos()).isEmpty();
    }

    @Test
    void aRenewalGivesALeaseItsTimeAgain() {
        long lease = grant(5, 0);
        assertThat(model.leaseKeepAlive(
                                LeaseKeepAliveRequest.newBuilder().setID(lease).build(), seconds(4))
                        .getTTL())
                .isEqualTo(5);
        model.expireLeases(seconds(8));
        assertThat(model.leases()).containsExactly(lease);
        assertThat(timeToLive(lease, seconds(8))).isEqualTo(1);
        model.expireLeases(seconds(9));
        assertThat(timeToLive(lease, seconds(9))).isEqualTo(-1);
    }

    @Test
    void theFirstLeaseToEndIsTheFirstToGo() {
        long late = grant(5, 0);
        long early = grant(3, 0);
        put("a", late);
        put("b", early);
        long before = model.header().getRevision();
        WatchStream stream = watch("a", "c");

        model.expireLeases(seconds(10));

        assertThat(WatchStreams.all(stream))
                .flatExtracting(response -> response.getEventsList())
                .extracting(event -> event.getKv().getKey().toStringUtf8())
                .containsExactly("b", "a");
        assertThat(model.header().getRevision()).isEqualTo(before + 2);
    }

    @Test
    void theKeysOfALeaseGoInOneRevision() {
        long lease = grant(5, 0);
        put("a", lease);
        put("b", lease);
        long before = model.header().getRevision();
        model.expireLease(lease);
        assertThat(model.header().getRevision()).isEqualTo(before + 1);
        assertThat(get("a")).isEmpty();
        assertThat(get("b")).isEmpty();
    }

    @Test
    void aKeyGoesWithItsLastLeaseOnly() {
        long first = grant(5, 0);
        long second = grant(60, 0);
        put("a", first);
        put("a", second);
        model.expireLeases(seconds(5));
        assertThat(get("a")).hasSize(1);
    }

    @Test
    void aRestartGivesEveryLeaseItsTimeAgain() {
        long lease = grant(5, 0);
        model.renewLeases(seconds(4));
        assertThat(timeToLive(lease, seconds(4))).isEqualTo(5);
    }

    @Test
    void aRefusedTransactionChangesNothing() {
        long before = model.header().getRevision();
        RequestOp good = RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(bytes("a")))
                .build();
        RequestOp bad = RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(bytes("b")).setLease(4711))
                .build();
        assertThatThrownBy(() -> model.txn(
                        TxnRequest.newBuilder().addSuccess(good).addSuccess(bad).build()))
                .hasMessage("NOT_FOUND: etcdserver: requested lease not found");
        assertThat(get("a")).isEmpty();
        assertThat(model.header().getRevision()).isEqualTo(before);
    }

    @Test
    void aNestedComparisonSeesWhatWasThereBefore() {
        TxnRequest nested = TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(bytes("a"))
                        .setTarget(Compare.CompareTarget.CREATE)
                        .setCreateRevision(0))
                .addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder().setKey(bytes("b"))))
                .build();
        model.txn(TxnRequest.newBuilder()
                .addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder().setKey(bytes("a"))))
                .addSuccess(RequestOp.newBuilder().setRequestTxn(nested))
                .build());
        assertThat(get("b")).hasSize(1);
    }

    @Test
    void whatACompactionLeavesCanStillBeRead() {
        put("a", 0);
        put("a", 0);
        long last = model.header().getRevision();
        model.compact(CompactionRequest.newBuilder().setRevision(last).build());
        assertThat(get("a")).hasSize(1);
        RangeResponse atCompaction = model.range(
                RangeRequest.newBuilder().setKey(bytes("a")).setRevision(last).build());
        assertThat(atCompaction.getKvsList()).hasSize(1);
        assertThatThrownBy(() -> model.range(RangeRequest.newBuilder()
                        .setKey(bytes("a"))
                        .setRevision(last - 1)
                        .build()))
                .hasMessage("OUT_OF_RANGE: etcdserver: mvcc: required revision has been compacted");
    }

    @Test
    void aClosedStreamHearsNothing() {
        WatchStream stream = watch("a", "b");
        put("a", 0);
        stream.close();
        put("a", 0);
        assertThat(stream.poll()).isNull();
    }

    private WatchStream watch(String from, String end) {
        WatchStream stream = model.openWatchStream();
        stream.request(WatchRequest.newBuilder()
                .setCreateRequest(
                        WatchCreateRequest.newBuilder().setKey(bytes(from)).setRangeEnd(bytes(end)))
                .build());
        return stream;
    }

    private long grant(long ttl, long now) {
        return model.leaseGrant(LeaseGrantRequest.newBuilder().setTTL(ttl).build(), now)
                .getID();
    }

    private long timeToLive(long lease, long now) {
        return model.leaseTimeToLive(
                        LeaseTimeToLiveRequest.newBuilder().setID(lease).build(), now)
                .getTTL();
    }

    private void put(String key, long lease) {
        var unused = model.put(
                PutRequest.newBuilder().setKey(bytes(key)).setLease(lease).build());
    }

    private List<KeyValue> get(String key) {
        return model.range(RangeRequest.newBuilder().setKey(bytes(key)).build()).getKvsList();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
