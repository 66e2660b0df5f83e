package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** L2 and P11: an etcd that answers, and refuses. */
@NeedsEtcd(real = true)
@Timeout(180)
class RefusalsIT {
    private static final Duration LEASE = Duration.ofSeconds(3);

    /** Weakness 9: in Go a campaign that met a full quota was never tried again, and nothing told of it. */
    @Test
    void entersOnceTheQuotaIsHealed() {
        try (EtcdServer etcd = EtcdServer.start("--quota-backend-bytes", "16777216")) {
            fill(etcd);
            try (Member member = Member.join("/refused", "m1", LEASE, etcd.endpoint())) {
                await().atMost(Member.LIMIT).until(() -> lastError(member).contains("database space exceeded"));
                await().atMost(Member.LIMIT)
                        .until(() -> member.events().stream().anyMatch(ElectionError.class::isInstance));
                assertThat(member.isLeader()).isFalse();

                heal(etcd);

                member.awaitLeader();
                await().atMost(Member.LIMIT).until(() -> lastError(member).isEmpty());
            }
        }
    }

    private static String lastError(Member member) {
        String error = member.election().status().lastError();
        return error == null ? "" : error;
    }

    private static void fill(EtcdServer etcd) {
        String value = "x".repeat(1_000_000);
        Supplier<Boolean> full = () -> {
            try {
                etcd.put("/filler/" + System.nanoTime(), value, 0);
                return false;
            } catch (IllegalStateException refused) {
                return String.valueOf(refused.getCause()).contains("database space exceeded");
            }
        };
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(1)).until(full::get);
    }

    private static void heal(EtcdServer etcd) {
        etcd.deletePrefix("/filler/");
        etcd.compact();
        etcd.etcdctl("defrag");
        etcd.etcdctl("alarm", "disarm");
    }
}
