package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.NUL;
import static io.github.election4j.embedded.contract.Requests.delete;
import static io.github.election4j.embedded.contract.Requests.op;
import static io.github.election4j.embedded.contract.Requests.put;
import static io.github.election4j.embedded.contract.Requests.range;
import static io.github.election4j.embedded.contract.Requests.txn;
import static io.github.election4j.embedded.contract.Requests.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which transactions are refused before they begin. */
interface TxnChecksContract extends Contract {
    String DUPLICATE = "INVALID_ARGUMENT: etcdserver: duplicate key given in txn request";
    String TOO_MANY = "INVALID_ARGUMENT: etcdserver: too many operations in txn request";

    private static RequestOp[] reads(int count) {
        return IntStream.range(0, count).mapToObj(i -> op(range("a"))).toArray(RequestOp[]::new);
    }

    @Test
    default void aKeyIsPutOnce() {
        assertThat(etcd().txn(txn(op(put("a", "1")), op(put("a", "1"))))).isEqualTo(DUPLICATE);
        assertThat(etcd().txn(txn(op(put("a", "1")), op(put("b", "1")), op(txn(op(put("a", "1")))))))
                .isEqualTo(DUPLICATE);
        assertThat(etcd().txn(txn(op(txn(op(put("a", "1")))), op(txn(op(put("a", "1")))))))
                .isEqualTo(DUPLICATE);
    }

    @Test
    default void theBranchThatIsNotTakenIsCheckedAsWell() {
        assertThat(etcd().txn(txn().addFailure(op(put("a", "1"))).addFailure(op(put("a", "1")))))
                .isEqualTo(DUPLICATE);
        assertThat(etcd().txn(txn().addFailure(op(put("", "1"))))).isEqualTo(EMPTY_KEY);
    }

    @Test
    default void bothBranchesMayPutAKey() {
        assertThat(etcd().txn(txn(op(put("a", "1"))).addFailure(op(put("a", "2")))))
                .isEqualTo("@1 then {@1}");
        TxnRequest.Builder either = txn(op(put("b", "1"))).addFailure(op(put("b", "2")));
        assertThat(etcd().txn(txn(op(either)))).isEqualTo("@2 then {@zero then {@2}}");
    }

    @Test
    default void aKeyIsNotBothPutAndDeleted() {
        assertThat(etcd().txn(txn(op(put("b", "1")), op(delete("b"))))).isEqualTo(DUPLICATE);
        assertThat(etcd().txn(txn(op(delete("a", "c")), op(put("b", "1"))))).isEqualTo(DUPLICATE);
        assertThat(etcd().txn(txn(op(delete("a", "b")), op(put("b", "1"))))).isEqualTo("@1 then {@0 deleted 0; @1}");
        assertThat(etcd().txn(txn(op(delete("a", "c")), op(txn(op(put("b", "1")))))))
                .isEqualTo(DUPLICATE);
        assertThat(etcd().txn(txn(op(put("b", "1")), op(txn(op(delete("a", "c")))))))
                .isEqualTo(DUPLICATE);
    }

    @Test
    default void aNestedDeleteComesAfterAPutOfATxnBeforeItButNotTheOtherWayRound() {
        RequestOp puts = op(txn(op(put("a", "1"))));
        RequestOp deletes = op(txn(op(delete("a"))));
        assertThat(etcd().txn(txn(deletes, puts))).isEqualTo(DUPLICATE);
        assertThat(etcd().txn(txn(puts, deletes))).isEqualTo("@1 then {@zero then {@1}; @zero then {@1 deleted 1}}");
        assertThat(etcd().range(range("a"))).isEqualTo("@1 [] count 0");
    }

    @Test
    default void oneBranchMayDeleteWhatTheOtherPuts() {
        TxnRequest.Builder either = txn(op(delete("a", "c"))).addFailure(op(put("b", "1")));
        assertThat(etcd().txn(txn(op(either)))).isEqualTo("@0 then {@zero then {@0 deleted 0}}");
        assertThat(etcd().txn(txn(op(either), op(put("b", "1"))))).isEqualTo(DUPLICATE);
    }

    /** A slip of etcd 3.4: it takes this end for a key that lies before all others. */
    @Test
    default void aDeleteOfAllFromAKeyOnDoesNotCountAsADuplicate() {
        etcd().put("c", "1");
        assertThat(etcd().txn(txn(op(delete("a", NUL)), op(put("b", "1"))))).isEqualTo("@2 then {@2 deleted 1; @2}");
        assertThat(etcd().range(range("a", NUL))).isEqualTo("@2 [b=1 c2 m2 v1] count 1");
    }

    @Test
    default void deletesMayOverlap() {
        etcd().put("a", "1");
        assertThat(etcd().txn(txn(op(delete("a")), op(delete("a", "b")), op(delete("a")))))
                .isEqualTo("@2 then {@2 deleted 1; @2 deleted 0; @2 deleted 0}");
    }

    @Test
    default void everyKeyMustBeGiven() {
        assertThat(etcd().txn(txn(op(range(""))))).isEqualTo(EMPTY_KEY);
        assertThat(etcd().txn(txn(op(put("", ""))))).isEqualTo(EMPTY_KEY);
        assertThat(etcd().txn(txn(op(delete(""))))).isEqualTo(EMPTY_KEY);
        assertThat(etcd().txn(txn(op(delete("", NUL))))).isEqualTo(EMPTY_KEY);
        assertThat(etcd().txn(txn(op(txn(op(range(""))))))).isEqualTo(EMPTY_KEY);
        assertThat(etcd().txn(txn().addCompare(version("", CompareResult.EQUAL, 0))))
                .isEqualTo(EMPTY_KEY);
    }

    @Test
    default void flagsOfPutsAreChecked() {
        assertThat(etcd().txn(txn(op(put("a", "1").setIgnoreValue(true)))))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: value is provided");
        assertThat(etcd().txn(txn(op(put("a", "").setIgnoreLease(true).setLease(1)))))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: lease is provided");
    }

    @Test
    default void anOperationThatIsNoneIsRefused() {
        assertThat(etcd().txn(txn(RequestOp.getDefaultInstance())))
                .isEqualTo("INVALID_ARGUMENT: etcdserver: key not found");
    }

    @Test
    default void atMost128OperationsOfEachKind() {
        assertThat(etcd().txn(txn(reads(128)))).startsWith("@0 then {@0 [] count 0; ");
        assertThat(etcd().txn(txn(reads(129)))).isEqualTo(TOO_MANY);
        TxnRequest.Builder compares = txn();
        IntStream.range(0, 128).forEach(i -> compares.addCompare(version("a", CompareResult.EQUAL, 0)));
        assertThat(etcd().txn(compares)).isEqualTo("@0 then {}");
        assertThat(etcd().txn(compares.addCompare(version("a", CompareResult.EQUAL, 0))))
                .isEqualTo(TOO_MANY);
        TxnRequest.Builder failures = txn();
        IntStream.range(0, 129).forEach(i -> failures.addFailure(op(range("a"))));
        assertThat(etcd().txn(failures)).isEqualTo(TOO_MANY);
    }

    @Test
    default void nestedTxnsShareTheNumber() {
        assertThat(etcd().txn(txn(op(txn(reads(127)))))).startsWith("@0 then {@zero then {@0 [] count 0; ");
        assertThat(etcd().txn(txn(op(txn(reads(128)))))).isEqualTo(TOO_MANY);
        TxnRequest.Builder outer = txn(reads(27)).addSuccess(op(txn(reads(100))));
        assertThat(etcd().txn(outer)).startsWith("@0 then {");
        assertThat(etcd().txn(outer.addSuccess(op(range("a"))))).isEqualTo(TOO_MANY);
    }

    @Test
    default void theNumberIsCheckedBeforeTheKeys() {
        TxnRequest.Builder both = txn(reads(129)).addSuccess(op(put("a", "1"))).addSuccess(op(put("a", "1")));
        assertThat(etcd().txn(both)).isEqualTo(TOO_MANY);
        assertThat(etcd().txn(txn(op(put("a", "1")), op(put("a", "1")), op(put("", "")))))
                .isEqualTo(EMPTY_KEY);
    }
}
