package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.NUL;
import static io.github.election4j.embedded.contract.Requests.everything;
import static io.github.election4j.embedded.contract.Requests.op;
import static io.github.election4j.embedded.contract.Requests.put;
import static io.github.election4j.embedded.contract.Requests.range;
import static io.github.election4j.embedded.contract.Requests.txn;
import static io.github.election4j.embedded.contract.Requests.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Leases and the keys under them. */
interface LeaseKeysContract extends Contract {
    @Test
    default void aLeaseNamesItsKeysWhenAsked() {
        etcd().grant(7, 100);
        etcd().put("b", "1", 7);
        etcd().put("a", "1", 7);
        assertThat(etcd().timeToLive(7, true)).isEqualTo("@2 lease 7 granted 100 [a, b]");
        assertThat(etcd().timeToLive(7, false)).isEqualTo("@2 lease 7 granted 100 []");
    }

    @Test
    default void aKeyHasTheLeaseOfItsLastPut() {
        etcd().grant(7, 100);
        etcd().grant(8, 100);
        etcd().put("a", "1", 7);
        etcd().put("a", "2", 8);
        assertThat(etcd().timeToLive(7, true)).isEqualTo("@2 lease 7 granted 100 []");
        assertThat(etcd().timeToLive(8, true)).isEqualTo("@2 lease 8 granted 100 [a]");
        assertThat(etcd().range(range("a").setRevision(etcd().revision(1)))).isEqualTo("@2 [a=1 c1 m1 v1 l7] count 1");
        etcd().put("a", "3");
        assertThat(etcd().timeToLive(8, true)).isEqualTo("@3 lease 8 granted 100 []");
        assertThat(etcd().range(range("a"))).isEqualTo("@3 [a=3 c1 m3 v3] count 1");
    }

    @Test
    default void aDeletedKeyIsUnderNoLease() {
        etcd().grant(7, 100);
        etcd().put("a", "1", 7);
        etcd().delete("a");
        assertThat(etcd().timeToLive(7, true)).isEqualTo("@2 lease 7 granted 100 []");
        etcd().put("a", "1");
        assertThat(etcd().revoke(7)).isEqualTo("@3");
        assertThat(etcd().range(range("a"))).isEqualTo("@3 [a=1 c3 m3 v1] count 1");
    }

    @Test
    default void revokingDeletesTheKeysAtOneRevisionInTheirOrder() {
        etcd().grant(7, 100);
        etcd().put("c", "1", 7);
        etcd().put("a", "1", 7);
        etcd().put("b", "1");
        etcd().put("d", "1", 7);
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch(NUL, NUL));
            assertThat(etcd().revoke(7)).isEqualTo("@5");
            assertThat(watch.next())
                    .isEqualTo("@5 #0 [DELETE a= c0 m5 v0, DELETE c= c0 m5 v0, DELETE d= c0 m5 v0]"
                            .replace("c0", "c-" + etcd().revision(0)));
        }
        assertThat(etcd().range(everything())).isEqualTo("@5 [b=1 c3 m3 v1] count 1");
    }

    @Test
    default void revokingALeaseWithoutKeysIsNoRevision() {
        etcd().put("a", "1");
        etcd().grant(7, 100);
        assertThat(etcd().revoke(7)).isEqualTo("@1");
    }

    @Test
    default void aTxnAttachesAsAPutDoes() {
        etcd().grant(7, 100);
        etcd().txn(txn(op(put("a", "1").setLease(7)), op(txn(op(put("b", "1").setLease(7))))));
        assertThat(etcd().timeToLive(7, true)).isEqualTo("@1 lease 7 granted 100 [a, b]");
    }

    @Test
    default void anExpiredLeaseTakesItsKeys() {
        etcd().grant(7, 2);
        etcd().grant(8, 100);
        etcd().put("b", "1", 7);
        etcd().put("a", "1", 7);
        etcd().put("c", "1", 8);
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch(NUL, NUL));
            assertThat(watch.next())
                    .isEqualTo(
                            "@4 #0 [DELETE a= c0 m4 v0, DELETE b= c0 m4 v0]".replace("c0", "c-" + etcd().revision(0)));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> etcd().remaining(7) == -1);
        assertThat(etcd().range(everything())).isEqualTo("@4 [c=1 c3 m3 v1 l8] count 1");
        assertThat(etcd().timeToLive(7, true)).isEqualTo("@4 lease 7 granted 0 ttl -1 []");
        assertThat(etcd().keepAlive(7)).isEqualTo("@4 lease 7 ttl 0");
        assertThat(etcd().put("d", "1", 7)).isEqualTo(NO_LEASE);
    }

    @Test
    default void aLeaseThatIsKeptAliveDoesNotExpire() {
        etcd().grant(7, 2);
        etcd().grant(8, 2);
        etcd().put("a", "1", 7);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    assertThat(etcd().keepAlive(7)).endsWith(" lease 7 ttl 2");
                    return etcd().remaining(8) == -1;
                });
        assertThat(etcd().range(range("a"))).isEqualTo("@1 [a=1 c1 m1 v1 l7] count 1");
    }
}
