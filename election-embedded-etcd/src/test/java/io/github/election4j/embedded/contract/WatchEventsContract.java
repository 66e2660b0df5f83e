package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.NUL;
import static io.github.election4j.embedded.contract.Requests.delete;
import static io.github.election4j.embedded.contract.Requests.op;
import static io.github.election4j.embedded.contract.Requests.put;
import static io.github.election4j.embedded.contract.Requests.txn;
import static io.github.election4j.embedded.contract.Requests.watch;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.WatchCreateRequest.FilterType;
import org.junit.jupiter.api.Test;

/** What a watcher sees of what happens from now on. */
interface WatchEventsContract extends Contract {
    /** Of a deletion etcd sends the key and its revision, all else is zero: also the create revision. */
    private String deleted(String key, long revision) {
        return "DELETE " + key + "= c" + -etcd().revision(0) + " m" + revision + " v0";
    }

    @Test
    default void aWatcherOfAKeySeesThatKeyOnly() {
        etcd().put("a", "0");
        try (WatchDialogue watch = etcd().watch()) {
            assertThat(watch.create(watch("a"))).isEqualTo("@1 #0 created");
            etcd().put("a0", "1");
            etcd().put("a", "1");
            etcd().delete("a");
            etcd().put("a", "2");
            assertThat(watch.next()).isEqualTo("@3 #0 [PUT a=1 c1 m3 v2]");
            assertThat(watch.next()).isEqualTo("@4 #0 [" + deleted("a", 4) + "]");
            assertThat(watch.next()).isEqualTo("@5 #0 [PUT a=2 c5 m5 v1]");
        }
    }

    @Test
    default void aWatcherOfAPrefixOrOfAllFromAKeyOn() {
        try (WatchDialogue prefix = etcd().watch();
                WatchDialogue from = etcd().watch()) {
            prefix.create(watch("a", "b"));
            from.create(watch("a0", NUL));
            etcd().put("a", "1");
            etcd().put("a1", "1");
            etcd().put("b", "1");
            etcd().put("a2", "1");
            assertThat(prefix.next()).isEqualTo("@1 #0 [PUT a=1 c1 m1 v1]");
            assertThat(prefix.next()).isEqualTo("@2 #0 [PUT a1=1 c2 m2 v1]");
            assertThat(prefix.next()).isEqualTo("@4 #0 [PUT a2=1 c4 m4 v1]");
            assertThat(from.next()).isEqualTo("@2 #0 [PUT a1=1 c2 m2 v1]");
            assertThat(from.next()).isEqualTo("@3 #0 [PUT b=1 c3 m3 v1]");
            assertThat(from.next()).isEqualTo("@4 #0 [PUT a2=1 c4 m4 v1]");
        }
    }

    @Test
    default void whatWasThereComesWhenAsked() {
        etcd().grant(7, 100);
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setPrevKv(true));
            etcd().put("a", "1");
            etcd().put("a", "2", 7);
            etcd().delete("a");
            etcd().put("a", "3");
            assertThat(watch.next()).isEqualTo("@1 #0 [PUT a=1 c1 m1 v1]");
            assertThat(watch.next()).isEqualTo("@2 #0 [PUT a=2 c1 m2 v2 l7 before (a=1 c1 m1 v1)]");
            assertThat(watch.next()).isEqualTo("@3 #0 [" + deleted("a", 3) + " before (a=2 c1 m2 v2 l7)]");
            assertThat(watch.next()).isEqualTo("@4 #0 [PUT a=3 c4 m4 v1]");
        }
    }

    @Test
    default void filtersHoldEventsBack() {
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").addFilters(FilterType.NOPUT));
            etcd().put("a", "1");
            etcd().delete("a");
            assertThat(watch.next()).isEqualTo("@2 #0 [" + deleted("a", 2) + "]");
        }
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").addFilters(FilterType.NODELETE));
            etcd().put("a", "1");
            etcd().delete("a");
            etcd().put("a", "2");
            assertThat(watch.next()).isEqualTo("@3 #0 [PUT a=1 c3 m3 v1]");
            assertThat(watch.next()).isEqualTo("@5 #0 [PUT a=2 c5 m5 v1]");
        }
    }

    @Test
    default void bothFiltersLeaveNothing() {
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").addFilters(FilterType.NODELETE).addFilters(FilterType.NOPUT));
            etcd().put("a", "1");
            etcd().delete("a");
            assertThat(watch.cancel(0)).isEqualTo("@2 #0 canceled");
        }
    }

    @Test
    default void oneRevisionIsOneResponseInTheOrderOfItsWrites() {
        etcd().put("b", "0");
        etcd().put("b1", "0");
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch(NUL, NUL));
            etcd().txn(txn(op(put("c", "1")), op(delete("b", "c")), op(txn(op(put("d", "1")))), op(put("a", "1"))));
            assertThat(watch.next())
                    .isEqualTo("@3 #0 [PUT c=1 c3 m3 v1, " + deleted("b", 3) + ", " + deleted("b1", 3)
                            + ", PUT d=1 c3 m3 v1, PUT a=1 c3 m3 v1]");
        }
    }

    @Test
    default void aWatcherSeesOfATxnWhatItWatches() {
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("b"));
            etcd().txn(txn(op(put("c", "1")), op(put("b", "1")), op(put("a", "1"))));
            assertThat(watch.next()).isEqualTo("@1 #0 [PUT b=1 c1 m1 v1]");
        }
    }

    @Test
    default void aKeyThatIsWrittenTwiceAtOneRevisionIsTwoEvents() {
        etcd().put("a", "0");
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setPrevKv(true));
            etcd().txn(txn(op(txn(op(put("a", "1")))), op(txn(op(delete("a"))))));
            assertThat(watch.next())
                    .isEqualTo("@2 #0 [PUT a=1 c1 m2 v2 before (a=0 c1 m1 v1), " + deleted("a", 2)
                            + " before (a=0 c1 m1 v1)]");
        }
    }

    @Test
    default void aKeyThatIsCreatedAtTheRevisionOfItsDeletionHadNoPrevious() {
        etcd().put("a", "0");
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setPrevKv(true));
            etcd().txn(txn(op(delete("a", NUL)), op(put("a", "1"))));
            assertThat(watch.next())
                    .isEqualTo("@2 #0 [" + deleted("a", 2) + " before (a=0 c1 m1 v1), PUT a=1 c2 m2 v1]");
        }
    }

    @Test
    default void whatWasRefusedIsNoEvent() {
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch(NUL, NUL));
            etcd().put("a", "1", 4711);
            etcd().delete("a");
            etcd().txn(txn(op(put("a", "1")), op(put("a", "2"))));
            etcd().put("a", "1");
            assertThat(watch.next()).isEqualTo("@1 #0 [PUT a=1 c1 m1 v1]");
        }
    }
}
