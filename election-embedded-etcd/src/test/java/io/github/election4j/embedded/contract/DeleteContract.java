package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.NUL;
import static io.github.election4j.embedded.contract.Requests.delete;
import static io.github.election4j.embedded.contract.Requests.everything;
import static io.github.election4j.embedded.contract.Requests.range;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** DeleteRange. */
interface DeleteContract extends Contract {
    private void write() {
        etcd().put("a", "1");
        etcd().put("b", "1");
        etcd().put("c", "1");
    }

    @Test
    default void deletesOneKey() {
        write();
        assertThat(etcd().delete("b")).isEqualTo("@4 deleted 1");
        assertThat(etcd().range(everything())).isEqualTo("@4 [a=1 c1 m1 v1, c=1 c3 m3 v1] count 2");
    }

    @Test
    default void deletingNothingIsNoRevision() {
        write();
        assertThat(etcd().delete("d")).isEqualTo("@3 deleted 0");
        etcd().delete("a");
        assertThat(etcd().delete("a")).isEqualTo("@4 deleted 0");
        assertThat(etcd().delete(delete("c", "b"))).isEqualTo("@4 deleted 0");
    }

    @Test
    default void deletesARangeAtOneRevision() {
        write();
        assertThat(etcd().delete(delete("a", "c"))).isEqualTo("@4 deleted 2");
        assertThat(etcd().range(everything().setRevision(etcd().revision(3)).setCountOnly(true)))
                .isEqualTo("@4 [] count 3");
        assertThat(etcd().range(everything())).isEqualTo("@4 [c=1 c3 m3 v1] count 1");
    }

    @Test
    default void deletesFromAKeyOnAndEverything() {
        write();
        assertThat(etcd().delete(delete("b", NUL))).isEqualTo("@4 deleted 2");
        etcd().put("z", "1");
        assertThat(etcd().delete(delete(NUL, NUL))).isEqualTo("@6 deleted 2");
        assertThat(etcd().range(everything())).isEqualTo("@6 [] count 0");
    }

    @Test
    default void tellsWhatItDeletedInOrder() {
        write();
        etcd().put("a", "2");
        assertThat(etcd().delete(delete("a", "c").setPrevKv(true)))
                .isEqualTo("@5 deleted 2 before [a=2 c1 m4 v2, b=1 c2 m2 v1]");
        assertThat(etcd().delete(delete("a", "c").setPrevKv(true))).isEqualTo("@5 deleted 0");
    }

    @Test
    default void deleteRefusesAnEmptyKey() {
        assertThat(etcd().delete("")).isEqualTo(EMPTY_KEY);
        assertThat(etcd().delete(delete("", NUL))).isEqualTo(EMPTY_KEY);
    }

    @Test
    default void aDeletedKeyStaysReadableInThePast() {
        write();
        etcd().delete("a");
        assertThat(etcd().range(range("a").setRevision(etcd().revision(3)))).isEqualTo("@4 [a=1 c1 m1 v1] count 1");
    }
}
