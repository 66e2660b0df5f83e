package io.github.election4j.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.EtcdctlProcess;
import io.github.election4j.testing.NeedsEtcd;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** etcd's own client finds nothing amiss. */
@NeedsEtcd(etcdctl = true)
@Timeout(120)
class EtcdctlIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private EmbeddedEtcd etcd;

    @BeforeEach
    void start() {
        etcd = EmbeddedEtcd.start();
    }

    @AfterEach
    void stop() {
        etcd.close();
    }

    @Test
    void putsGetsAndDeletes() {
        assertThat(run("put", "a", "1")).isEqualTo("OK");
        assertThat(run("put", "b", "2", "--prev-kv")).isEqualTo("OK");
        assertThat(run("put", "a", "3", "--prev-kv")).isEqualTo("OK\na\n1");
        assertThat(run("get", "a", "c")).isEqualTo("a\n3\nb\n2");
        assertThat(run("get", "", "--from-key", "--order=DESCEND", "--keys-only"))
                .isEqualTo("b\n\na");
        assertThat(run("get", "a", "--rev=2", "--print-value-only")).isEqualTo("1");
        assertThat(run("del", "", "--from-key")).isEqualTo("2");
        assertThat(run("get", "", "--from-key")).isEmpty();
    }

    @Test
    void runsTransactions() {
        EtcdctlProcess txn = EtcdctlProcess.start(etcd.endpoint(), "txn");
        txn.enter("create(\"t\") = \"0\"\n\nput t done\n\nget t\n\n");
        await().atMost(LIMIT).until(() -> !txn.isAlive());
        assertThat(txn.lines()).startsWith("SUCCESS").contains("OK");
        assertThat(run("get", "t", "--print-value-only")).isEqualTo("done");
    }

    @Test
    void grantsRenewsAndRevokesLeases() {
        String lease = run("lease", "grant", "60").split(" ")[1];
        run("put", "leased", "v", "--lease=" + lease);
        assertThat(run("lease", "timetolive", lease, "--keys"))
                .contains("granted with TTL(60s)")
                .contains("attached keys([leased])");
        assertThat(run("lease", "keep-alive", "--once", lease)).contains("keepalived with TTL(60)");
        assertThat(run("lease", "revoke", lease)).contains("revoked");
        assertThat(run("get", "leased")).isEmpty();
        assertThat(run("lease", "timetolive", lease)).contains("already expired");
    }

    @Test
    void watches() {
        run("put", "w", "1");
        try (EtcdctlProcess watch = EtcdctlProcess.start(etcd.endpoint(), "watch", "w", "--rev=2", "--prev-kv")) {
            run("put", "w", "2");
            run("del", "w");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(watch.lines())
                            .containsExactly("PUT", "w", "1", "PUT", "w", "1", "w", "2", "DELETE", "w", "2", "w", ""));
        }
    }

    @Test
    void electsAndLocks() {
        try (EtcdctlProcess first = EtcdctlProcess.start(etcd.endpoint(), "elect", "e", "one")) {
            await().atMost(LIMIT).until(() -> first.lines().contains("one"));
            try (EtcdctlProcess second = EtcdctlProcess.start(etcd.endpoint(), "elect", "e", "two")) {
                await().atMost(LIMIT).until(() -> run("get", "--prefix", "e/").contains("two"));
                assertThat(second.lines()).isEmpty();
                first.terminate();
                await().atMost(LIMIT).until(() -> second.lines().contains("two"));
            }
        }
        assertThat(run("lock", "l", "echo", "held")).contains("held");
    }

    @Test
    void tellsOfItsHealthAndItself() {
        assertThat(run("endpoint", "health")).contains("is healthy");
        assertThat(run("endpoint", "status")).contains("3.4.23");
        assertThat(run("member", "list")).contains("started, embedded").contains(etcd.endpoint());
        run("put", "c", "1");
        run("put", "c", "2");
        assertThat(run("compact", "3")).contains("compacted revision 3");
        assertThat(fails("get", "c", "--rev=2")).contains("etcdserver: mvcc: required revision has been compacted");
    }

    @Test
    void saysWhatItDoesNotOffer() {
        assertThat(fails("user", "add", "u:p")).contains("Unimplemented").contains("Auth/UserAdd");
        assertThat(fails("snapshot", "save", "/dev/null")).contains("Unimplemented");
    }

    private String run(String... arguments) {
        EtcdctlProcess client = EtcdctlProcess.start(etcd.endpoint(), arguments);
        assertThat(client.awaitEnd(LIMIT)).as("%s", client.lines()).isZero();
        return String.join("\n", client.lines()).strip();
    }

    private String fails(String... arguments) {
        EtcdctlProcess client = EtcdctlProcess.start(etcd.endpoint(), arguments);
        assertThat(client.awaitEnd(LIMIT)).as("%s", client.lines()).isNotZero();
        return String.join("\n", client.lines());
    }
}
