package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.everything;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeRequest.SortOrder;
import io.etcd.jetcd.api.RangeRequest.SortTarget;
import io.etcd.jetcd.api.RangeResponse;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every order by every target, with limits. */
interface SortContract extends Contract {
    /** Each target tells the keys apart in an order of its own; of equal ones the smaller key comes first, always. */
    private void write() {
        etcd().put("a", "5"); // created 1, modified 6, version 2
        etcd().put("d", "2"); // created 2, modified 2, version 1
        etcd().put("b", "2"); // created 3, modified 8, version 3
        etcd().put("c", "9"); // created 4, modified 4, version 1
        etcd().put("e", "1"); // created 5, modified 5, version 1
        etcd().put("a", "3");
        etcd().put("b", "2");
        etcd().put("b", "2");
    }

    /** An order by a target, and the keys in that order. */
    enum Sorted {
        KEY_NONE("abcde"),
        KEY_ASCEND("abcde"),
        KEY_DESCEND("edcba"),
        VERSION_NONE("cdeab", "ca"),
        VERSION_ASCEND("cdeab"),
        VERSION_DESCEND("bacde"),
        CREATE_NONE("adbce", "ab"),
        CREATE_ASCEND("adbce"),
        CREATE_DESCEND("ecbda"),
        MOD_NONE("dceab", "ca"),
        MOD_ASCEND("dceab"),
        MOD_DESCEND("baecd"),
        VALUE_NONE("ebdac", "ba"),
        VALUE_ASCEND("ebdac"),
        VALUE_DESCEND("cabde");

        private final String keys;
        private final String firstTwo;

        Sorted(String keys) {
            this(keys, keys.substring(0, 2));
        }

        /** Without an order etcd reads one key more than the limit, and sorts these. */
        Sorted(String keys, String firstTwo) {
            this.keys = keys;
            this.firstTwo = firstTwo;
        }

        private RangeRequest.Builder request() {
            String[] parts = name().split("_");
            return everything().setSortTarget(SortTarget.valueOf(parts[0])).setSortOrder(SortOrder.valueOf(parts[1]));
        }
    }

    private String keys(RangeRequest.Builder request) {
        RangeResponse response = etcd().raw().kv().range(request.build());
        return response.getKvsList().stream()
                        .map(pair -> pair.getKey().toStringUtf8())
                        .collect(Collectors.joining())
                + " of " + response.getCount() + (response.getMore() ? " more" : "");
    }

    @ParameterizedTest
    @EnumSource
    default void rangeIsSorted(Sorted sorted) {
        write();
        assertThat(keys(sorted.request())).isEqualTo(sorted.keys + " of 5");
    }

    @ParameterizedTest
    @EnumSource
    default void theLimitCutsWhatIsSorted(Sorted sorted) {
        write();
        assertThat(keys(sorted.request().setLimit(2))).isEqualTo(sorted.firstTwo + " of 5 more");
        assertThat(keys(sorted.request().setLimit(5))).isEqualTo(sorted.keys + " of 5");
        assertThat(keys(sorted.request().setLimit(6))).isEqualTo(sorted.keys + " of 5");
    }

    @ParameterizedTest
    @EnumSource
    default void filtersComeBeforeTheLimit(Sorted sorted) {
        write();
        String kept = sorted.keys.replaceAll("[de]", "");
        RangeRequest.Builder filtered =
                sorted.request().setMinModRevision(etcd().revision(3)).setMaxCreateRevision(etcd().revision(4));
        assertThat(keys(filtered.clone())).isEqualTo(kept + " of 5");
        assertThat(keys(filtered.clone().setLimit(1))).isEqualTo(kept.substring(0, 1) + " of 5 more");
    }

    @ParameterizedTest
    @EnumSource
    default void valuesSortEvenWhenOnlyKeysAreAsked(Sorted sorted) {
        write();
        assertThat(keys(sorted.request().setKeysOnly(true))).isEqualTo(sorted.keys + " of 5");
    }

    @Test
    default void sortsThePast() {
        write();
        RangeRequest.Builder past = Sorted.MOD_DESCEND.request().setRevision(etcd().revision(6));
        assertThat(keys(past)).isEqualTo("aecbd of 5");
    }
}
