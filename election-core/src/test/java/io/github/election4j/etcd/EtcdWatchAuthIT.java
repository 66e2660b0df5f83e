package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.NeedsEtcd;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An etcd that asks who one is, and forgets it after two seconds in which one said nothing. */
@NeedsEtcd(real = true)
@Timeout(120)
class EtcdWatchAuthIT {
    private final EtcdServer etcd = EtcdServer.start("--auth-token-ttl", "2");
    private EtcdClient client;

    @BeforeEach
    void enableAuthentication() {
        etcd.etcdctl("user", "add", "root:root-secret");
        etcd.etcdctl("user", "add", "member:member-secret");
        etcd.etcdctl("role", "add", "elections");
        etcd.etcdctl("role", "grant-permission", "elections", "--prefix=true", "readwrite", "/auth/");
        etcd.etcdctl("user", "grant-role", "member", "elections");
        etcd.etcdctl("auth", "enable");
        client = as("member", "member-secret");
    }

    @AfterEach
    void stop() {
        client.client().close();
        etcd.close();
    }

    private EtcdClient as(String user, String password) {
        return EtcdClient.of(Client.builder()
                .endpoints(etcd.endpoint())
                .retryDelay(50)
                .user(Keys.text(user))
                .password(Keys.text(password)));
    }

    private RecordingWatch watch(String key, long fromRevision) {
        RecordingWatch watch = new RecordingWatch();
        client.watches().watch(Keys.text(key), ByteSequence.EMPTY, fromRevision, watch);
        return watch;
    }

    private long put(String value) throws Exception {
        return client.client()
                .getKVClient()
                .put(Keys.text("/auth/a"), Keys.text(value))
                .get(20, TimeUnit.SECONDS)
                .getHeader()
                .getRevision();
    }

    /** Nothing was asked for before: the stream gets the first token. */
    @Test
    void whatIsDeniedIsDeniedAndTheOthersOfTheStreamGoOn() throws Exception {
        RecordingWatch permitted = watch("/auth/a", 1);
        RecordingWatch denied = watch("/other/a", 1);
        permitted.awaitCreated();

        assertThat(denied.awaitEnd().kind()).isEqualTo(Kind.DENIED);
        put("1");
        assertThat(permitted.awaitEvents(1).ends()).isEmpty();
        assertThat(denied.ends()).hasSize(1);
        assertThat(denied.created()).isZero();
    }

    @Test
    void wrongPasswordEndsTheWatch() {
        client.client().close();
        client = as("member", "wrong-secret");

        assertThat(watch("/auth/a", 1).awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void nextWatchWorksAfterARestartThatMakesTokensInvalid() throws Exception {
        long next = put("0") + 1;
        RecordingWatch watch = watch("/auth/a", next).awaitCreated();

        etcd.restart();

        assertThat(watch.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> put("1") > 0);
        RecordingWatch fresh = watch("/auth/a", next);
        assertThat(fresh.awaitEvents(1).ends()).isEmpty();
        assertThat(watch.ends()).hasSize(1);
    }

    /** A stream keeps the token that it was opened with; the client has another one by then. */
    @Test
    void watchOnAStreamWhoseTokenHasExpiredEndsAndTheNextHasAStreamThatWorks() throws Exception {
        long next = put("0") + 1;
        RecordingWatch early = watch("/auth/a", next).awaitCreated();

        RecordingWatch late = awaitRefusal();
        assertThat(late.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(late.awaitEnd()).hasMessageContaining("invalid auth token");

        put("1");
        RecordingWatch fresh = watch("/auth/a", next);
        assertThat(fresh.awaitEvents(1).ends()).isEmpty();
        assertThat(early.awaitEvents(1).ends())
                .as("permission was asked for once")
                .isEmpty();
    }

    /** Each question makes a token last longer: the next has to come later than it lasts. */
    private RecordingWatch awaitRefusal() {
        RecordingWatch[] last = new RecordingWatch[1];
        await().pollInterval(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    last[0] = watch("/auth/a", 1);
                    await().until(() -> last[0].created() + last[0].ends().size() > 0);
                    return !last[0].ends().isEmpty();
                });
        return last[0];
    }
}
