package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.SessionStatus;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An etcd that asks who one is, and forgets it after a second in which one said nothing. */
@NeedsEtcd(real = true)
@Timeout(120)
class AuthenticationIT {
    private static EtcdServer etcd;

    @BeforeAll
    static void start() {
        etcd = EtcdServer.start("--auth-token-ttl", "1");
        etcd.etcdctl("user", "add", "root:root-secret");
        etcd.etcdctl("user", "add", "member:member-secret");
        etcd.etcdctl("role", "add", "elections");
        etcd.etcdctl("role", "grant-permission", "elections", "--prefix=true", "readwrite", "/auth/");
        etcd.etcdctl("role", "add", "beats");
        etcd.etcdctl("role", "grant-permission", "beats", "--prefix=true", "readwrite", "/election4j/beat/");
        etcd.etcdctl("user", "grant-role", "member", "elections");
        etcd.etcdctl("user", "grant-role", "member", "beats");
        etcd.etcdctl("auth", "enable");
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @Test
    void leadsWithCredentialsAndLeavesNothingBehind() throws Exception {
        try (Elections elections = as("member", "member-secret")) {
            Election election = elections.join(ElectionConfig.of("/auth/a", "m1"));
            await().atMost(Member.LIMIT).until(election::isLeader);
            assertThat(election.evict().get(10, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(asRoot("get", "--prefix", "--keys-only", "/auth/a").lines().filter(line -> !line.isBlank()))
                .allMatch(key -> key.startsWith("/auth/a.~terms/"));
        assertThat(asRoot("get", "--prefix", "/election4j/beat/")).isEmpty();
    }

    /** The session says something each 2 s: every token has expired by then. */
    @Test
    void leadsOnThoughItsTokensExpire() {
        try (Elections elections = as("member", "member-secret", Duration.ofSeconds(6))) {
            Election election = elections.join(ElectionConfig.of("/auth/d", "m1"));
            await().atMost(Member.LIMIT).until(election::isLeader);
            long token = election.leadership().orElseThrow().fencingToken();

            await().atMost(Member.LIMIT).until(() -> version("/election4j/beat/") > 5);

            assertThat(election.leadership().orElseThrow().fencingToken()).isEqualTo(token);
            assertThat(election.status().lastError()).isNull();
        }
    }

    @Test
    void tellsOfAWrongPasswordWithoutTellingIt() {
        try (Elections elections = as("member", "wrong-secret")) {
            Election election = elections.join(ElectionConfig.of("/auth/b", "m1"));
            await().atMost(Member.LIMIT).until(() -> elections.session().state() == SessionStatus.State.DISCONNECTED);
            String error = String.valueOf(elections.session().lastError());
            assertThat(error).contains("check user and password").doesNotContain("wrong-secret");
            assertThat(election.isLeader()).isFalse();
        }
    }

    @Test
    void triesAgainForEverWithoutPermissionForTheElection() {
        try (Elections elections = as("member", "member-secret")) {
            Election election = elections.join(ElectionConfig.of("/forbidden", "m1"));
            await().atMost(Member.LIMIT).until(() -> election.status().lastError() != null);
            assertThat(election.status().lastError()).contains("permission denied");
            asRoot("role", "grant-permission", "elections", "--prefix=true", "readwrite", "/forbidden");
            await().atMost(Member.LIMIT).until(election::isLeader);
            assertThat(asRoot("get", "--prefix", "/forbidden.~held")).isNotEmpty();
        }
    }

    private static Elections as(String user, String password) {
        return as(user, password, Duration.ofSeconds(3));
    }

    private static long version(String prefix) {
        return asRoot("get", "--prefix", prefix, "-w", "fields")
                .lines()
                .filter(line -> line.startsWith("\"Version\""))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
    }

    private static Elections as(String user, String password, Duration lease) {
        return EtcdElections.builder()
                .endpoints(etcd.endpoint())
                .credentials(user, password)
                .leaseDuration(lease)
                .build();
    }

    private static String asRoot(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--user=root:root-secret";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return etcd.etcdctl(all);
    }
}
