package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.RecordingObserver;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TcpProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that is replaced by one that is somebody else for etcd: known, and without permission. */
@NeedsEtcd(real = true)
@Timeout(120)
class ReconnectDeniedIT {
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static EtcdServer etcd;

    private volatile String user = "member";

    @BeforeAll
    static void start() {
        etcd = EtcdServer.start();
        etcd.etcdctl("user", "add", "root:secret");
        etcd.etcdctl("user", "add", "member:secret");
        etcd.etcdctl("user", "add", "stranger:secret");
        etcd.etcdctl("role", "add", "elections");
        etcd.etcdctl("role", "grant-permission", "elections", "--prefix=true", "readwrite", "/denied/a");
        etcd.etcdctl("role", "grant-permission", "elections", "--prefix=true", "readwrite", "/election4j/beat/");
        etcd.etcdctl("user", "grant-role", "member", "elections");
        etcd.etcdctl("auth", "enable");
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @Test
    void oldClientStaysWhereTheNewOneIsDeniedWhatTheSessionNeeds() throws Exception {
        try (Elections elections = EtcdElections.builder()
                .endpoints(etcd.endpoint())
                .leaseDuration(LEASE)
                .clientCustomizer(builder -> builder.user(Keys.text(user)).password(Keys.text("secret")))
                .build()) {
            Election election = elections.join(ElectionConfig.of("/denied/a", "m1"));
            await().atMost(Member.LIMIT).until(election::isLeader);
            long token = token(election);
            user = "stranger";

            assertThat(elections.reconnect())
                    .failsWithin(Member.LIMIT)
                    .withThrowableThat()
                    .havingCause()
                    .withMessageContaining("are kept")
                    .withMessageContaining("permission denied");

            assertThat(election.status().lastError()).contains("reconnect", "permission denied");
            Duration validFor = elections.session().validFor();
            await().atMost(Member.LIMIT)
                    .until(() -> elections.session().validFor().compareTo(validFor) > 0);
            assertThat(token(election)).isEqualTo(token);

            user = "member";
            elections.reconnect().get(10, TimeUnit.SECONDS);
            await().atMost(Member.LIMIT).until(() -> election.status().lastError() == null);
            assertThat(token(election)).isEqualTo(token);
        }
    }

    /** P11: nothing is lost by it, and who looks for the cause is told of permissions instead of an outage. */
    @Test
    void newClientIsUsedThoughItIsDeniedWhereTheOldOneIsNotAnswered() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (TcpProxy proxy = TcpProxy.to(loopback, new InetSocketAddress(loopback, etcd.port()))) {
            EtcdConnection connection = EtcdConnection.owned(
                    () -> user.equals("member") ? as(user, proxy.endpoint()) : as(user, etcd.endpoint()), SHORT);
            EtcdElectionStore store = new EtcdElectionStore(connection, "");
            store.watch(KeyRange.prefix("/denied/a/"), 1, new RecordingObserver());
            EtcdClient first = connection.client().join();
            assertThat(first.client().getKVClient().get(Keys.text("/denied/a/")))
                    .succeedsWithin(Member.LIMIT);
            proxy.blackHole();
            user = "stranger";

            store.reconnect(LEASE).get(10, TimeUnit.SECONDS);

            assertThat(connection.client().join()).isNotSameAs(first);
            store.close();
        }
    }

    private static EtcdClient as(String user, String endpoint) {
        return EtcdClient.of(Client.builder()
                .endpoints(endpoint)
                .user(Keys.text(user))
                .password(Keys.text("secret"))
                .interceptor(new DeadlineInterceptor(SHORT)));
    }

    private static long token(Election election) {
        return election.leadership().orElseThrow().fencingToken();
    }
}
