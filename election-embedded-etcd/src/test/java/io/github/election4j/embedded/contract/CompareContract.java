package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.NUL;
import static io.github.election4j.embedded.contract.Requests.bytes;
import static io.github.election4j.embedded.contract.Requests.compare;
import static io.github.election4j.embedded.contract.Requests.created;
import static io.github.election4j.embedded.contract.Requests.modified;
import static io.github.election4j.embedded.contract.Requests.txn;
import static io.github.election4j.embedded.contract.Requests.value;
import static io.github.election4j.embedded.contract.Requests.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.TxnRequest;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What compares hold. */
interface CompareContract extends Contract {
    private boolean holds(Compare.Builder... compares) {
        TxnRequest.Builder txn = txn();
        for (Compare.Builder compare : compares) {
            txn.addCompare(compare);
        }
        String answer = etcd().txn(txn);
        assertThat(answer).endsWith(" {}");
        return answer.contains(" then ");
    }

    /** Holds as "less, equal, greater": the key's own is 3, 2, 1 and compared with 2 each time. */
    private void assertHolds(String expected, BiFunction<CompareResult, Long, Compare.Builder> compare, long actual) {
        for (CompareResult result : new CompareResult[] {
            CompareResult.EQUAL, CompareResult.NOT_EQUAL, CompareResult.LESS, CompareResult.GREATER
        }) {
            String held = "";
            for (long than = actual + 1; than >= actual - 1; than--) {
                held += holds(compare.apply(result, than)) ? "y" : "n";
            }
            assertThat(expected).contains(result + " " + held);
        }
    }

    @Test
    default void everyTargetWithEveryResult() {
        String all = "EQUAL nyn, NOT_EQUAL yny, LESS ynn, GREATER nny";
        etcd().put("z", "1");
        etcd().put("a", "1");
        etcd().put("a", "5");
        assertHolds(all, (result, than) -> version("a", result, than), 2);
        assertHolds(all, (result, than) -> created("a", result, than), etcd().revision(2));
        assertHolds(all, (result, than) -> modified("a", result, than), etcd().revision(3));
        assertHolds(all, (result, than) -> value("a", result, Long.toString(than)), 5);
    }

    @Test
    default void anAbsentKeyIsZeroInAllButValue() {
        String all = "EQUAL nyn, NOT_EQUAL yny, LESS ynn, GREATER nny";
        assertHolds(all, (result, than) -> version("a", result, than), 0);
        assertHolds(all, (result, than) -> created("a", result, than), 0);
        assertHolds(all, (result, than) -> modified("a", result, than), 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"EQUAL", "NOT_EQUAL", "LESS", "GREATER"})
    default void noCompareOfTheValueOfAnAbsentKeyHolds(CompareResult result) {
        assertThat(holds(value("a", result, ""))).isFalse();
        assertThat(holds(value("a", result, "1"))).isFalse();
        etcd().put("a", "1");
        etcd().delete("a");
        assertThat(holds(value("a", result, "1"))).isFalse();
    }

    @Test
    default void aDeletedKeyIsAnAbsentOne() {
        etcd().put("a", "1");
        etcd().delete("a");
        assertThat(holds(created("a", CompareResult.EQUAL, 0), modified("a", CompareResult.EQUAL, 0)))
                .isTrue();
    }

    @Test
    default void allComparesMustHold() {
        etcd().put("a", "1");
        assertThat(holds(value("a", CompareResult.EQUAL, "1"), version("a", CompareResult.EQUAL, 1)))
                .isTrue();
        assertThat(holds(value("a", CompareResult.EQUAL, "1"), version("a", CompareResult.EQUAL, 2)))
                .isFalse();
        assertThat(holds(version("a", CompareResult.EQUAL, 2), value("a", CompareResult.EQUAL, "1")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a,c,true", "a,d,false", "b,b0,true", "c,d,false", "d,e,false", "c,a,false"})
    default void aCompareOfARangeHoldsForEachOfItsKeys(String from, String end, boolean expected) {
        etcd().put("a", "1");
        etcd().put("b", "1");
        etcd().put("c", "2");
        assertThat(holds(value(from, CompareResult.EQUAL, "1").setRangeEnd(bytes(end))))
                .isEqualTo(expected);
    }

    @Test
    default void aCompareOfARangeThatIsEmptyIsOneOfAnAbsentKey() {
        assertThat(holds(created("a", CompareResult.EQUAL, 0).setRangeEnd(bytes(NUL))))
                .isTrue();
        assertThat(holds(created(NUL, CompareResult.GREATER, 0).setRangeEnd(bytes(NUL))))
                .isFalse();
        etcd().put("b", "1");
        assertThat(holds(created("a", CompareResult.EQUAL, 0).setRangeEnd(bytes(NUL))))
                .isFalse();
        assertThat(holds(created(NUL, CompareResult.GREATER, 0).setRangeEnd(bytes(NUL))))
                .isTrue();
    }

    @Test
    default void whatIsNotGivenIsZeroOrEmpty() {
        etcd().put("a", "");
        assertThat(holds(compare("a", CompareTarget.VALUE, CompareResult.EQUAL)))
                .isTrue();
        assertThat(holds(compare("a", CompareTarget.VERSION, CompareResult.GREATER)))
                .isTrue();
        assertThat(holds(compare("a", CompareTarget.CREATE, CompareResult.GREATER)))
                .isTrue();
        assertThat(holds(compare("a", CompareTarget.MOD, CompareResult.GREATER)))
                .isTrue();
    }

    @Test
    default void aValueOfAnotherTargetIsNotLookedAt() {
        etcd().put("a", "1");
        assertThat(holds(
                        compare("a", CompareTarget.VERSION, CompareResult.EQUAL).setModRevision(1)))
                .isFalse();
        assertThat(holds(
                        compare("b", CompareTarget.VERSION, CompareResult.EQUAL).setModRevision(1)))
                .isTrue();
    }
}
