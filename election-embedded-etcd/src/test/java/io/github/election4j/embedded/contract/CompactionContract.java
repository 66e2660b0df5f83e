package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.everything;
import static io.github.election4j.embedded.contract.Requests.op;
import static io.github.election4j.embedded.contract.Requests.put;
import static io.github.election4j.embedded.contract.Requests.range;
import static io.github.election4j.embedded.contract.Requests.txn;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Compact. */
interface CompactionContract extends Contract {
    private void write() {
        etcd().put("a", "1");
        etcd().put("a", "2");
        etcd().put("b", "1");
        etcd().delete("a");
        etcd().put("c", "1");
    }

    @Test
    default void compactionIsNoRevisionAndTheRevisionItselfStaysReadable() {
        write();
        assertThat(etcd().compact(3)).isEqualTo("@5");
        assertThat(etcd().range(everything().setRevision(etcd().revision(3))))
                .isEqualTo("@5 [a=2 c1 m2 v2, b=1 c3 m3 v1] count 2");
        assertThat(etcd().range(everything())).isEqualTo("@5 [b=1 c3 m3 v1, c=1 c5 m5 v1] count 2");
    }

    @Test
    default void whatIsOlderIsRefused() {
        write();
        etcd().compact(3);
        assertThat(etcd().range(everything().setRevision(etcd().revision(2)))).isEqualTo(COMPACTED);
        assertThat(etcd().range(range("b").setRevision(1))).isEqualTo(COMPACTED);
        assertThat(etcd().range(range("b").setSerializable(true).setRevision(1)))
                .isEqualTo(COMPACTED);
        assertThat(etcd().range(range("b").setRevision(1).setCountOnly(true))).isEqualTo(COMPACTED);
    }

    @Test
    default void aTxnThatReadsWhatIsOlderIsRefused() {
        write();
        etcd().compact(3);
        assertThat(etcd().txn(txn(op(put("z", "1")), op(range("b").setRevision(etcd().revision(2))))))
                .isEqualTo(COMPACTED);
        assertThat(etcd().txn(txn(op(put("z", "1"))).addFailure(op(range("b").setRevision(etcd().revision(2))))))
                .isEqualTo("@6 then {@6}");
    }

    @Test
    default void aNegativeRevisionIsThePresentAndInATxnTheForgottenPast() {
        write();
        etcd().compact(3);
        assertThat(etcd().range(range("b").setRevision(-1))).isEqualTo("@5 [b=1 c3 m3 v1] count 1");
        assertThat(etcd().txn(txn(op(range("b").setRevision(-1))))).isEqualTo(COMPACTED);
    }

    @Test
    default void compactionGoesForwardOnly() {
        write();
        etcd().compact(3);
        assertThat(etcd().compact(3)).isEqualTo(COMPACTED);
        assertThat(etcd().compact(2)).isEqualTo(COMPACTED);
        assertThat(etcd().compact(4)).isEqualTo("@5");
        assertThat(etcd().compact(5)).isEqualTo("@5");
    }

    @Test
    default void theFutureIsNotCompacted() {
        write();
        assertThat(etcd().compact(6)).isEqualTo(FUTURE);
        assertThat(etcd().range(range("a").setRevision(etcd().revision(1)))).isEqualTo("@5 [a=1 c1 m1 v1] count 1");
    }

    @Test
    default void keysLiveOnWithTheirVersions() {
        write();
        etcd().compact(5);
        assertThat(etcd().range(everything())).isEqualTo("@5 [b=1 c3 m3 v1, c=1 c5 m5 v1] count 2");
        etcd().put("b", "2");
        etcd().put("a", "3");
        assertThat(etcd().range(everything())).isEqualTo("@7 [a=3 c7 m7 v1, b=2 c3 m6 v2, c=1 c5 m5 v1] count 3");
    }

    @Test
    default void aLongDeletedKeyIsNotFoundAtTheCompactedRevision() {
        write();
        etcd().compact(4);
        assertThat(etcd().range(everything().setRevision(etcd().revision(4)))).isEqualTo("@5 [b=1 c3 m3 v1] count 1");
    }

    @Test
    default void anUncompactedPastWithDeletionsStaysReadable() {
        write();
        etcd().put("a", "3");
        etcd().compact(2);
        assertThat(etcd().range(range("a").setRevision(etcd().revision(3)))).isEqualTo("@6 [a=2 c1 m2 v2] count 1");
        assertThat(etcd().range(range("a").setRevision(etcd().revision(5)))).isEqualTo("@6 [] count 0");
        assertThat(etcd().range(range("a"))).isEqualTo("@6 [a=3 c6 m6 v1] count 1");
    }
}
