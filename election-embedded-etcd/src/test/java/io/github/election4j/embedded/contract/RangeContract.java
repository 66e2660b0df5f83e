package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.NUL;
import static io.github.election4j.embedded.contract.Requests.everything;
import static io.github.election4j.embedded.contract.Requests.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Range without sorting. */
interface RangeContract extends Contract {
    /** Leaves a=3 (of revisions 1 and 4), b=1 (2), c=1 (3) and, deleted at 6, d (5). */
    private void write() {
        etcd().put("a", "1");
        etcd().put("b", "1");
        etcd().put("c", "1");
        etcd().put("a", "3");
        etcd().put("d", "1");
        etcd().delete("d");
    }

    @Test
    default void everyHeaderNamesTheSameClusterAndMember() {
        RangeResponse first = etcd().raw().kv().range(range("a").build());
        RangeResponse second = etcd().raw().kv().range(range("b").build());
        assertThat(second.getHeader()).isEqualTo(first.getHeader());
        assertThat(first.getHeader().getClusterId()).isNotZero();
        assertThat(first.getHeader().getMemberId()).isNotZero();
        assertThat(first.getHeader().getRaftTerm()).isPositive();
    }

    @Test
    default void rangeOfOneKey() {
        write();
        assertThat(etcd().range(range("a"))).isEqualTo("@6 [a=3 c1 m4 v2] count 1");
        assertThat(etcd().range(range("d"))).isEqualTo("@6 [] count 0");
        assertThat(etcd().range(range("nobody"))).isEqualTo("@6 [] count 0");
    }

    @Test
    default void rangeExcludesItsEnd() {
        write();
        assertThat(etcd().range(range("a", "c"))).isEqualTo("@6 [a=3 c1 m4 v2, b=1 c2 m2 v1] count 2");
        assertThat(etcd().range(range("aa", "b"))).isEqualTo("@6 [] count 0");
    }

    @Test
    default void rangeOfAnEmptyOrReversedIntervalFindsNothing() {
        write();
        assertThat(etcd().range(range("b", "b"))).isEqualTo("@6 [] count 0");
        assertThat(etcd().range(range("c", "a"))).isEqualTo("@6 [] count 0");
    }

    @Test
    default void rangeToNulGoesToTheLastKey() {
        write();
        assertThat(etcd().range(range("b", NUL))).isEqualTo("@6 [b=1 c2 m2 v1, c=1 c3 m3 v1] count 2");
        assertThat(etcd().range(everything())).isEqualTo("@6 [a=3 c1 m4 v2, b=1 c2 m2 v1, c=1 c3 m3 v1] count 3");
        assertThat(etcd().range(range(NUL))).isEqualTo("@6 [] count 0");
        assertThat(etcd().range(range(NUL, "b"))).isEqualTo("@6 [a=3 c1 m4 v2] count 1");
    }

    @Test
    default void keysAreComparedAsUnsignedBytes() {
        etcd().put("é", "1");
        etcd().put("z", "1");
        etcd().put("zz", "1");
        etcd().put("z" + NUL, "1");
        assertThat(etcd().range(everything().setKeysOnly(true)))
                .isEqualTo("@4 [z= c2 m2 v1, z\0= c4 m4 v1, zz= c3 m3 v1, é= c1 m1 v1] count 4");
    }

    @Test
    default void rangeRefusesAnEmptyKey() {
        assertThat(etcd().range(range(""))).isEqualTo(EMPTY_KEY);
        assertThat(etcd().range(range("", NUL))).isEqualTo(EMPTY_KEY);
    }

    @Test
    default void limitSaysThatThereIsMoreAndCountsAll() {
        write();
        assertThat(etcd().range(everything().setLimit(2))).isEqualTo("@6 [a=3 c1 m4 v2, b=1 c2 m2 v1] count 3 more");
        assertThat(etcd().range(everything().setLimit(3)))
                .isEqualTo("@6 [a=3 c1 m4 v2, b=1 c2 m2 v1, c=1 c3 m3 v1] count 3");
        assertThat(etcd().range(everything().setLimit(0)))
                .isEqualTo("@6 [a=3 c1 m4 v2, b=1 c2 m2 v1, c=1 c3 m3 v1] count 3");
        assertThat(etcd().range(everything().setLimit(-1)))
                .isEqualTo("@6 [a=3 c1 m4 v2, b=1 c2 m2 v1, c=1 c3 m3 v1] count 3");
    }

    @Test
    default void countOnlyHasNoKeysWhateverTheLimit() {
        write();
        assertThat(etcd().range(everything().setCountOnly(true))).isEqualTo("@6 [] count 3");
        assertThat(etcd().range(everything().setCountOnly(true).setLimit(1))).isEqualTo("@6 [] count 3");
        assertThat(etcd().range(range("a").setCountOnly(true))).isEqualTo("@6 [] count 1");
        assertThat(etcd().range(everything().setCountOnly(true).setRevision(etcd().revision(2))))
                .isEqualTo("@6 [] count 2");
        assertThat(etcd().range(everything().setCountOnly(true).setMinModRevision(etcd().revision(4))))
                .isEqualTo("@6 [] count 3");
    }

    @Test
    default void keysOnlyLeavesTheValuesOut() {
        write();
        assertThat(etcd().range(range("a", "c").setKeysOnly(true))).isEqualTo("@6 [a= c1 m4 v2, b= c2 m2 v1] count 2");
    }

    @Test
    default void rangeReadsTheStoreAsItWas() {
        write();
        assertThat(etcd().range(everything().setRevision(etcd().revision(2))))
                .isEqualTo("@6 [a=1 c1 m1 v1, b=1 c2 m2 v1] count 2");
        assertThat(etcd().range(range("d").setRevision(etcd().revision(5)))).isEqualTo("@6 [d=1 c5 m5 v1] count 1");
        assertThat(etcd().range(range("d").setRevision(etcd().revision(6)))).isEqualTo("@6 [] count 0");
        assertThat(etcd().range(everything().setRevision(etcd().revision(0)))).isEqualTo("@6 [] count 0");
        assertThat(etcd().range(everything().setRevision(etcd().revision(4)).setLimit(1)))
                .isEqualTo("@6 [a=3 c1 m4 v2] count 3 more");
    }

    @Test
    default void aRevisionToComeIsRefused() {
        write();
        assertThat(etcd().range(range("a").setRevision(etcd().revision(7)))).isEqualTo(FUTURE);
        assertThat(etcd().range(range("a").setRevision(Long.MAX_VALUE))).isEqualTo(FUTURE);
    }

    @Test
    default void aRevisionBelowOneMeansNow() {
        write();
        assertThat(etcd().range(range("a").setRevision(-1))).isEqualTo("@6 [a=3 c1 m4 v2] count 1");
        assertThat(etcd().range(range("a").setRevision(Long.MIN_VALUE))).isEqualTo("@6 [a=3 c1 m4 v2] count 1");
    }

    @Test
    default void filtersByRevisionDoNotChangeTheCount() {
        write();
        assertThat(etcd().range(everything().setMinModRevision(etcd().revision(3))))
                .isEqualTo("@6 [a=3 c1 m4 v2, c=1 c3 m3 v1] count 3");
        assertThat(etcd().range(everything().setMaxModRevision(etcd().revision(3))))
                .isEqualTo("@6 [b=1 c2 m2 v1, c=1 c3 m3 v1] count 3");
        assertThat(etcd().range(everything().setMinCreateRevision(etcd().revision(2))))
                .isEqualTo("@6 [b=1 c2 m2 v1, c=1 c3 m3 v1] count 3");
        assertThat(etcd().range(everything().setMaxCreateRevision(etcd().revision(1))))
                .isEqualTo("@6 [a=3 c1 m4 v2] count 3");
        assertThat(etcd().range(everything()
                        .setMinModRevision(etcd().revision(3))
                        .setMaxModRevision(etcd().revision(3))))
                .isEqualTo("@6 [c=1 c3 m3 v1] count 3");
    }

    @Test
    default void theLimitCountsWhatTheFiltersLeft() {
        write();
        RangeRequest.Builder filtered = everything().setMinCreateRevision(etcd().revision(2));
        assertThat(etcd().range(filtered.clone().setLimit(1))).isEqualTo("@6 [b=1 c2 m2 v1] count 3 more");
        assertThat(etcd().range(filtered.clone().setLimit(2))).isEqualTo("@6 [b=1 c2 m2 v1, c=1 c3 m3 v1] count 3");
    }

    @Test
    default void negativeFilters() {
        write();
        assertThat(etcd().range(range("a").setMinModRevision(-5))).isEqualTo("@6 [a=3 c1 m4 v2] count 1");
        assertThat(etcd().range(range("a").setMaxModRevision(-5))).isEqualTo("@6 [] count 1");
    }

    @Test
    default void serializableRangeAnswersTheSame() {
        write();
        assertThat(etcd().range(range("a").setSerializable(true))).isEqualTo("@6 [a=3 c1 m4 v2] count 1");
        assertThat(etcd().range(range("a").setSerializable(true).setRevision(etcd().revision(7))))
                .isEqualTo(FUTURE);
    }

    @Test
    default void longRangesKeepTheirOrder() {
        IntStream.range(0, 200).forEach(i -> etcd().put("k%03d".formatted((i * 77) % 200), "v"));
        RangeResponse all =
                etcd().raw().kv().range(everything().setKeysOnly(true).build());
        assertThat(all.getKvsList())
                .extracting(pair -> pair.getKey().toStringUtf8())
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj("k%03d"::formatted).toList());
        assertThat(all.getCount()).isEqualTo(200);
    }
}
