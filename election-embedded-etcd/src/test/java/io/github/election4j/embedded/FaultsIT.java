package io.github.election4j.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault, as a client sees it. */
@Timeout(60)
class FaultsIT {
    /** For what must be answered; the first requests of a JVM take their time. */
    private static final Duration LONG = Duration.ofSeconds(20);

    /** For what must not be answered. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private EmbeddedEtcd etcd;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        etcd = EmbeddedEtcd.start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", etcd.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        etcd.close();
    }

    @Test
    void whilePausedItAnswersNothingAndThenEverything() {
        put("a", "1");
        etcd.faults().pause();
        assertThatThrownBy(() -> put("a", "2", SHORT)).hasMessageContaining("DEADLINE_EXCEEDED");
        etcd.faults().resume();
        await().until(() -> get("a").equals("2"));
    }

    @Test
    void whatIsSwallowedNeverComes() {
        put("a", "1");
        etcd.faults().silence();
        assertThatThrownBy(() -> put("a", "2", SHORT)).hasMessageContaining("DEADLINE_EXCEEDED");
        etcd.faults().speak();
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    void connectionsThatAreDroppedCanBeMadeAgain() {
        put("a", "1");
        WatchProbe watch = WatchProbe.open(channel, "a", false);
        etcd.faults().dropConnections();
        assertThat(watch.awaitEnd()).contains("UNAVAILABLE");
        await().ignoreExceptions().until(() -> get("a").equals("1"));
    }

    @Test
    void aCrashKeepsTheDataAndGivesLeasesTheirTimeAgain() {
        long lease = grant(10);
        put("a", "1");
        etcd.clock().freeze();
        etcd.clock().advance(Duration.ofSeconds(9));
        etcd.faults().crash();
        assertThatThrownBy(() -> get("a")).isInstanceOf(StatusRuntimeException.class);
        etcd.faults().restart();
        await().ignoreExceptions().until(() -> get("a").equals("1"));
        assertThat(remaining(lease)).isEqualTo(10);
    }

    @Test
    void watchesAreEndedWithoutAnError() {
        WatchProbe watch = WatchProbe.open(channel, "a", false);
        etcd.faults().endWatches();
        assertThat(watch.awaitEnd()).isEqualTo("completed");
    }

    @Test
    void aWatchIdThatTheClientChoosesIsRefused() {
        UnknownFieldSet chosenId = UnknownFieldSet.newBuilder()
                .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(9).build())
                .build();
        assertThat(WatchProbe.ask(channel, "a", false, chosenId).awaitEnd())
                .contains("UNIMPLEMENTED")
                .contains("watch ids");
    }

    @Test
    void withoutALeaderNothingIsDecided() {
        put("a", "1");
        WatchProbe careless = WatchProbe.open(channel, "a", false);
        WatchProbe careful = WatchProbe.open(channel, "a", true);
        etcd.faults().noLeader();
        assertThat(careful.awaitEnd()).contains("UNAVAILABLE").contains("etcdserver: no leader");
        assertThat(WatchProbe.ask(channel, "a", true).awaitEnd()).contains("etcdserver: no leader");
        assertThatThrownBy(() -> put("a", "2")).hasMessage("UNAVAILABLE: etcdserver: no leader");
        assertThatThrownBy(() -> get("a")).hasMessage("UNAVAILABLE: etcdserver: no leader");
        etcd.faults().electLeader();
        put("a", "3");
        await().until(() -> careless.values().contains("3"));
    }

    @Test
    void aWriteThatIsReportedLostCanComeLate() {
        etcd.faults().commitLate("a"::equals);
        put("b", "0");
        assertThatThrownBy(() -> put("a", "1")).hasMessage("UNAVAILABLE: etcdserver: request timed out");
        assertThat(get("a")).isEmpty();
        WatchProbe watch = WatchProbe.open(channel, "a", false);
        etcd.faults().commitNow();
        assertThat(get("a")).isEqualTo("1");
        await().until(() -> watch.values().contains("1"));
        put("a", "2");
    }

    @Test
    void keepAlivesCanBeAcknowledgedInVain() {
        etcd.clock().freeze();
        long lease = grant(5);
        etcd.faults().lieInKeepAlives();
        assertThat(KeepAlive.once(channel, lease)).isEqualTo(5);
        etcd.clock().advance(Duration.ofSeconds(5));
        assertThat(etcd.faults().leases()).isEmpty();
        assertThat(KeepAlive.once(channel, lease)).isEqualTo(5);
        etcd.faults().stopLying();
        assertThat(KeepAlive.once(channel, lease)).isZero();
    }

    @Test
    void noKeepAliveOfALeaseThatHasEndedBeforeIsAcknowledged() {
        etcd.clock().freeze();
        long lease = grant(5);
        etcd.clock().advance(Duration.ofSeconds(5));
        etcd.faults().lieInKeepAlives();
        assertThat(KeepAlive.once(channel, lease)).isZero();
    }

    @Test
    void leasesEndWithTheServersTimeOrOnDemand() {
        etcd.clock().freeze();
        long first = grant(5);
        long second = grant(60);
        long third = grant(60);
        putLeased("a", first);
        putLeased("b", second);
        putLeased("c", third);
        etcd.clock().advance(Duration.ofSeconds(5));
        assertThat(etcd.faults().leases()).containsExactlyInAnyOrder(second, third);
        etcd.faults().expireLease(second);
        etcd.faults().revokeLease(third);
        assertThat(get("a") + get("b") + get("c")).isEmpty();
        assertThatThrownBy(() -> etcd.faults().expireLease(second)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leasesEndByThemselvesWhileTimeRuns() {
        etcd.clock().freeze();
        putLeased("a", grant(2));
        etcd.clock().resume();
        await().atMost(Duration.ofSeconds(5)).until(() -> get("a").isEmpty());
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> etcd.clock().advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThePortThatSomebodyElseHas() {
        assertThatThrownBy(() -> EmbeddedEtcd.start(etcd.port()))
                .isInstanceOf(EmbeddedEtcdException.class)
                .hasMessageContaining("127.0.0.1:" + etcd.port())
                .hasCauseInstanceOf(BindException.class);
    }

    /** Many times: a socket that goes on listening for a moment is met only now and then. */
    @Test
    void doesNotListenAnyMoreWhenItIsClosed() {
        for (int i = 0; i < 1_000; i++) {
            EmbeddedEtcd brief = EmbeddedEtcd.start();
            brief.close();
            assertThatIOException()
                    .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), brief.port()).close());
        }
    }

    @Test
    void freesThePortAndForgetsItsDataWhenItIsClosed() {
        put("a", "1");
        int port = etcd.port();
        CompletableFuture.runAsync(etcd::close).orTimeout(10, TimeUnit.SECONDS).join();
        etcd.close();
        try (EmbeddedEtcd next = EmbeddedEtcd.start(port)) {
            assertThat(next.port()).isEqualTo(port);
            await().ignoreExceptions().until(() -> get("a").isEmpty());
        }
        ThrowingCallable closed = () -> etcd.faults().pause();
        assertThatThrownBy(closed).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    private KVGrpc.KVBlockingStub kv(Duration limit) {
        return KVGrpc.newBlockingStub(channel).withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void put(String key, String value) {
        put(key, value, LONG);
    }

    private void put(String key, String value, Duration limit) {
        assertThat(kv(limit)
                        .put(PutRequest.newBuilder()
                                .setKey(ByteString.copyFromUtf8(key))
                                .setValue(ByteString.copyFromUtf8(value))
                                .build())
                        .hasHeader())
                .isTrue();
    }

    private void putLeased(String key, long lease) {
        PutRequest request = PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(key))
                .setValue(ByteString.copyFromUtf8("leased"))
                .setLease(lease)
                .build();
        assertThat(kv(LONG).put(request).hasHeader()).isTrue();
    }

    private String get(String key) {
        return kv(LONG)
                .range(RangeRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .build())
                .getKvsList()
                .stream()
                .map(each -> each.getValue().toStringUtf8())
                .findFirst()
                .orElse("");
    }

    private long grant(long seconds) {
        return LeaseGrpc.newBlockingStub(channel)
                .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(seconds).build())
                .getID();
    }

    private long remaining(long lease) {
        return LeaseGrpc.newBlockingStub(channel)
                .leaseTimeToLive(
                        LeaseTimeToLiveRequest.newBuilder().setID(lease).build())
                .getTTL();
    }
}
