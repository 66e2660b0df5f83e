package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.put;
import static io.github.election4j.embedded.contract.Requests.range;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.PutRequest;
import org.junit.jupiter.api.Test;

/** Put. */
interface PutContract extends Contract {
    @Test
    default void eachPutIsARevision() {
        assertThat(etcd().put("a", "1")).isEqualTo("@1");
        assertThat(etcd().put("b", "1")).isEqualTo("@2");
        assertThat(etcd().put("a", "1")).isEqualTo("@3");
        assertThat(etcd().range(range("a", "c"))).isEqualTo("@3 [a=1 c1 m3 v2, b=1 c2 m2 v1] count 2");
    }

    @Test
    default void aKeyThatComesBackBeginsAnew() {
        etcd().put("a", "1");
        etcd().put("a", "2");
        etcd().delete("a");
        etcd().put("a", "3");
        assertThat(etcd().range(range("a"))).isEqualTo("@4 [a=3 c4 m4 v1] count 1");
    }

    @Test
    default void putTellsWhatWasThere() {
        assertThat(etcd().put(put("a", "1").setPrevKv(true))).isEqualTo("@1");
        assertThat(etcd().put(put("a", "2").setPrevKv(true))).isEqualTo("@2 before [a=1 c1 m1 v1]");
        etcd().delete("a");
        assertThat(etcd().put(put("a", "3").setPrevKv(true))).isEqualTo("@4");
    }

    @Test
    default void putRefusesAnEmptyKey() {
        assertThat(etcd().put("", "1")).isEqualTo(EMPTY_KEY);
    }

    @Test
    default void anEmptyValueIsAValue() {
        etcd().put("a", "");
        assertThat(etcd().range(range("a"))).isEqualTo("@1 [a= c1 m1 v1] count 1");
    }

    @Test
    default void bytesNeedNotBeText() {
        ByteString any = ByteString.copyFrom(new byte[] {0, -1, 127, -128, 10});
        etcd().raw().kv().put(PutRequest.newBuilder().setKey(any).setValue(any).build());
        assertThat(etcd().raw().kv().range(range("\0", "\0").build()).getKvs(0).getValue())
                .isEqualTo(any);
    }

    @Test
    default void ignoreValueKeepsIt() {
        etcd().put("a", "1");
        assertThat(etcd().put(put("a", "").setIgnoreValue(true))).isEqualTo("@2");
        assertThat(etcd().range(range("a"))).isEqualTo("@2 [a=1 c1 m2 v2] count 1");
        assertThat(etcd().put(put("a", "").setIgnoreValue(true).setPrevKv(true)))
                .isEqualTo("@3 before [a=1 c1 m2 v2]");
    }

    @Test
    default void ignoreValueRefusesAValueAndAKeyThatIsNotThere() {
        assertThat(etcd().put(put("a", "1").setIgnoreValue(true)))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: value is provided");
        assertThat(etcd().put(put("a", "").setIgnoreValue(true)))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: key not found");
        assertThat(etcd().range(range("a"))).isEqualTo("@0 [] count 0");
    }

    @Test
    default void ignoreLeaseKeepsIt() {
        etcd().grant(7, 100);
        etcd().put("a", "1", 7);
        assertThat(etcd().put(put("a", "2").setIgnoreLease(true))).isEqualTo("@2");
        assertThat(etcd().range(range("a"))).isEqualTo("@2 [a=2 c1 m2 v2 l7] count 1");
        assertThat(etcd().put(put("a", "").setIgnoreLease(true).setIgnoreValue(true)))
                .isEqualTo("@3");
        assertThat(etcd().range(range("a"))).isEqualTo("@3 [a=2 c1 m3 v3 l7] count 1");
    }

    @Test
    default void ignoreLeaseRefusesALeaseAndAKeyThatIsNotThere() {
        assertThat(etcd().put(put("a", "1").setIgnoreLease(true).setLease(7)))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: lease is provided");
        assertThat(etcd().put(put("a", "1").setIgnoreLease(true)))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: key not found");
    }

    @Test
    default void theValueIsCheckedBeforeTheLease() {
        assertThat(etcd().put(put("a", "1")
                        .setIgnoreLease(true)
                        .setIgnoreValue(true)
                        .setLease(7)))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: value is provided");
        assertThat(etcd().put(put("", "1").setIgnoreValue(true))).isEqualTo(EMPTY_KEY);
    }

    @Test
    default void putUnderALeaseThatIsNotThereIsRefusedAndIsNoRevision() {
        assertThat(etcd().put("a", "1", 4711)).isEqualTo(NO_LEASE);
        assertThat(etcd().range(range("a"))).isEqualTo("@0 [] count 0");
        assertThat(etcd().put(put("a", "").setIgnoreValue(true).setLease(4711))).isEqualTo(NO_LEASE);
        assertThat(etcd().put("b", "1")).isEqualTo("@1");
    }
}
