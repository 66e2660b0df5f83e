package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.NUL;
import static io.github.election4j.embedded.contract.Requests.delete;
import static io.github.election4j.embedded.contract.Requests.everything;
import static io.github.election4j.embedded.contract.Requests.op;
import static io.github.election4j.embedded.contract.Requests.put;
import static io.github.election4j.embedded.contract.Requests.range;
import static io.github.election4j.embedded.contract.Requests.txn;
import static io.github.election4j.embedded.contract.Requests.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.TxnRequest;
import org.junit.jupiter.api.Test;

/** What a transaction does. */
interface TxnContract extends Contract {
    private static TxnRequest.Builder unless(TxnRequest.Builder txn) {
        return txn.addCompare(version("nobody", CompareResult.GREATER, 0));
    }

    @Test
    default void anEmptyTxnSucceedsAndIsNoRevision() {
        assertThat(etcd().txn(txn())).isEqualTo("@0 then {}");
        assertThat(etcd().txn(unless(txn()))).isEqualTo("@0 else {}");
    }

    @Test
    default void allWritesOfATxnAreOneRevision() {
        etcd().put("c", "1");
        assertThat(etcd().txn(txn(op(put("a", "1")), op(put("b", "1")), op(delete("c")))))
                .isEqualTo("@2 then {@2; @2; @2 deleted 1}");
        assertThat(etcd().range(everything())).isEqualTo("@2 [a=1 c2 m2 v1, b=1 c2 m2 v1] count 2");
    }

    @Test
    default void aTxnThatOnlyReadsIsNoRevision() {
        etcd().put("a", "1");
        assertThat(etcd().txn(txn(op(range("a")), op(range("b")))))
                .isEqualTo("@1 then {@1 [a=1 c1 m1 v1] count 1; @1 [] count 0}");
        assertThat(etcd().txn(txn(op(delete("b"))))).isEqualTo("@1 then {@1 deleted 0}");
    }

    @Test
    default void oneBranchIsTakenTheOtherIsNot() {
        TxnRequest.Builder request =
                txn(op(put("a", "then"))).addFailure(op(put("a", "else"))).addFailure(op(range("a")));
        assertThat(etcd().txn(unless(request))).isEqualTo("@1 else {@1; @1 [a=else c1 m1 v1] count 1}");
    }

    @Test
    default void aRangeSeesWhatTheTxnWroteBeforeItOnly() {
        etcd().put("b", "1");
        assertThat(etcd().txn(txn(
                        op(range("a")), op(put("a", "1")), op(range("a")), op(delete("b")), op(range("a", NUL)))))
                .isEqualTo("@2 then {@1 [] count 0; @2; @2 [a=1 c2 m2 v1] count 1; @2 deleted 1; "
                        + "@2 [a=1 c2 m2 v1] count 1}");
    }

    @Test
    default void aRangeInATxnMayReadThePastButNotItsOwnRevision() {
        etcd().put("a", "1");
        TxnRequest.Builder past =
                txn(op(put("a", "2")), op(range("a").setRevision(etcd().revision(1))), op(range("a")));
        assertThat(etcd().txn(past)).isEqualTo("@2 then {@2; @2 [a=1 c1 m1 v1] count 1; @2 [a=2 c1 m2 v2] count 1}");
        TxnRequest.Builder own = txn(op(put("a", "3")), op(range("a").setRevision(etcd().revision(3))));
        assertThat(etcd().txn(own)).isEqualTo(FUTURE);
        assertThat(etcd().range(range("a"))).isEqualTo("@2 [a=2 c1 m2 v2] count 1");
    }

    @Test
    default void writesInATxnTellWhatWasThere() {
        etcd().put("a", "1");
        etcd().put("b", "1");
        assertThat(etcd().txn(txn(
                        op(put("a", "2").setPrevKv(true)), op(delete("b", "d").setPrevKv(true)))))
                .isEqualTo("@3 then {@3 before [a=1 c1 m1 v1]; @3 deleted 1 before [b=1 c2 m2 v1]}");
    }

    @Test
    default void nestedTxnsCompareTheStoreAsItWasBeforeAllWrites() {
        TxnRequest.Builder inner = txn(op(put("b", "then")))
                .addCompare(version("a", CompareResult.EQUAL, 1))
                .addFailure(op(put("b", "else")));
        assertThat(etcd().txn(txn(op(put("a", "1")), op(inner), op(range("a", NUL)))))
                .isEqualTo("@1 then {@1; @zero else {@1}; @1 [a=1 c1 m1 v1, b=else c1 m1 v1] count 2}");
    }

    @Test
    default void nestedTxnsMayBeDeep() {
        TxnRequest.Builder third = txn(op(put("c", "1")), op(range("a", NUL)));
        TxnRequest.Builder second = txn(op(put("b", "1")), op(unless(txn().addFailure(op(third)))), op(range("b")));
        assertThat(etcd().txn(txn(op(put("a", "1")), op(second), op(txn()))))
                .isEqualTo("@1 then {@1; @zero then {@1; @zero else {@zero then {@1; "
                        + "@1 [a=1 c1 m1 v1, b=1 c1 m1 v1, c=1 c1 m1 v1] count 3}}; @1 [b=1 c1 m1 v1] count 1}; "
                        + "@zero then {}}");
    }

    @Test
    default void aLeaseThatIsNotThereRefusesTheWholeTxn() {
        assertThat(etcd().txn(txn(op(put("a", "1")), op(put("b", "1").setLease(4711)))))
                .isEqualTo(NO_LEASE);
        assertThat(etcd().txn(txn(op(txn(op(put("b", "1").setLease(4711))))))).isEqualTo(NO_LEASE);
        assertThat(etcd().range(everything())).isEqualTo("@0 [] count 0");
    }

    @Test
    default void theBranchNotTakenNeedsNoLeaseAndNoKey() {
        assertThat(etcd().txn(txn(op(put("a", "1"))).addFailure(op(put("b", "1").setLease(4711)))))
                .isEqualTo("@1 then {@1}");
        assertThat(etcd().txn(unless(txn(op(put("b", "").setIgnoreValue(true))))))
                .isEqualTo("@1 else {}");
    }

    @Test
    default void ignoreFlagsInATxnNeedTheKey() {
        assertThat(etcd().txn(txn(op(put("a", "").setIgnoreValue(true)))))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: key not found");
        etcd().put("a", "1");
        assertThat(etcd().txn(txn(op(put("a", "").setIgnoreValue(true)), op(range("a")))))
                .isEqualTo("@2 then {@2; @2 [a=1 c1 m2 v2] count 1}");
    }

    @Test
    default void rangesInATxnSortAndLimit() {
        etcd().put("a", "2");
        etcd().put("b", "1");
        assertThat(etcd().txn(txn(
                        op(everything()
                                .setSortTarget(RangeRequest.SortTarget.VALUE)
                                .setLimit(1)),
                        op(everything().setCountOnly(true)))))
                .isEqualTo("@2 then {@2 [b=1 c2 m2 v1] count 2 more; @2 [] count 2}");
    }
}
