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

/** Watchers that begin in the past, at the present and in the future. */
interface WatchHistoryContract extends Contract {
    private String deleted(String key, long revision) {
        return "DELETE " + key + "= c" + -etcd().revision(0) + " m" + revision + " v0";
    }

    private void write() {
        etcd().put("a", "1");
        etcd().put("b", "1");
        etcd().delete("a");
        etcd().put("a", "2");
    }

    @Test
    default void thePastComesInOneResponseAndThenThePresent() {
        write();
        try (WatchDialogue watch = etcd().watch()) {
            assertThat(watch.create(watch(NUL, NUL).setStartRevision(etcd().revision(2))))
                    .isEqualTo("@4 #0 created");
            assertThat(watch.next()).isEqualTo("@4 #0 [PUT b=1 c2 m2 v1, " + deleted("a", 3) + ", PUT a=2 c4 m4 v1]");
            etcd().put("c", "1");
            assertThat(watch.next()).isEqualTo("@5 #0 [PUT c=1 c5 m5 v1]");
        }
    }

    @Test
    default void thePresentRevisionIsPast() {
        write();
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setStartRevision(etcd().revision(4)));
            assertThat(watch.next()).isEqualTo("@4 #0 [PUT a=2 c4 m4 v1]");
        }
    }

    @Test
    default void theNextRevisionIsTheNextEvent() {
        write();
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setStartRevision(etcd().revision(5)));
            etcd().put("a", "3");
            assertThat(watch.next()).isEqualTo("@5 #0 [PUT a=3 c4 m5 v2]");
        }
    }

    @Test
    default void aRevisionToComeIsAwaited() {
        try (WatchDialogue watch = etcd().watch()) {
            assertThat(watch.create(watch("a").setStartRevision(etcd().revision(3))))
                    .isEqualTo("@0 #0 created");
            etcd().put("a", "1");
            etcd().put("a", "2");
            etcd().put("a", "3");
            assertThat(watch.next()).isEqualTo("@3 #0 [PUT a=3 c1 m3 v3]");
        }
    }

    @Test
    default void thePastHasItsPrevious() {
        write();
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setStartRevision(etcd().revision(1)).setPrevKv(true));
            assertThat(watch.next())
                    .isEqualTo("@4 #0 [PUT a=1 c1 m1 v1, " + deleted("a", 3)
                            + " before (a=1 c1 m1 v1), PUT a=2 c4 m4 v1]");
        }
    }

    @Test
    default void thePastIsFiltered() {
        write();
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setStartRevision(etcd().revision(1)).addFilters(FilterType.NOPUT));
            assertThat(watch.next()).isEqualTo("@4 #0 [" + deleted("a", 3) + "]");
        }
    }

    @Test
    default void aPastWithoutEventsIsSilent() {
        write();
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("z").setStartRevision(etcd().revision(1)));
            etcd().put("z", "1");
            assertThat(watch.next()).isEqualTo("@5 #0 [PUT z=1 c5 m5 v1]");
        }
    }

    @Test
    default void aCompactedPastCancelsTheWatcherAndNamesTheRevision() {
        write();
        etcd().compact(3);
        try (WatchDialogue watch = etcd().watch()) {
            assertThat(watch.create(watch("a").setStartRevision(etcd().revision(2))))
                    .isEqualTo("@4 #0 created");
            assertThat(watch.next()).isEqualTo("@zero #0 canceled compacted 3");
            assertThat(watch.cancel(0)).isEqualTo("@4 #0 canceled");
            assertThat(watch.create(watch("a"))).isEqualTo("@4 #1 created");
        }
    }

    @Test
    default void theCompactedRevisionItselfCanBeWatched() {
        write();
        etcd().compact(4);
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setStartRevision(etcd().revision(4)).setPrevKv(true));
            assertThat(watch.next()).isEqualTo("@4 #0 [PUT a=2 c4 m4 v1]");
        }
    }

    @Test
    default void theDeletionsOfTheCompactedRevisionAreForgottenByEtcd34() {
        etcd().put("a", "1");
        etcd().txn(txn(op(put("b", "1")), op(delete("a")), op(put("c", "1"))));
        etcd().compact(2);
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch(NUL, NUL).setStartRevision(etcd().revision(2)));
            assertThat(watch.next())
                    .isEqualTo(etcd().differs(
                                    "@2 #0 [PUT b=1 c2 m2 v1, PUT c=1 c2 m2 v1]",
                                    "@2 #0 [PUT b=1 c2 m2 v1, " + deleted("a", 2) + ", PUT c=1 c2 m2 v1]"));
        }
    }

    @Test
    default void whatWasThereIsLeftOutIfItIsCompacted() {
        etcd().put("a", "1");
        etcd().put("a", "2");
        etcd().put("a", "3");
        etcd().compact(2);
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a").setStartRevision(etcd().revision(2)).setPrevKv(true));
            assertThat(watch.next()).isEqualTo("@3 #0 [PUT a=2 c1 m2 v2, PUT a=3 c1 m3 v3 before (a=2 c1 m2 v2)]");
        }
    }

    @Test
    default void aNegativeRevisionIsLongPast() {
        String refused = "@4 #-1 created canceled 'etcdserver: mvcc: required revision has been compacted'";
        write();
        etcd().compact(4);
        try (WatchDialogue watch = etcd().watch()) {
            String created = watch.create(watch("a").setStartRevision(-1));
            assertThat(created).isEqualTo(etcd().differs("@4 #0 created", refused));
            if (!created.equals(refused)) {
                assertThat(watch.next()).isEqualTo("@zero #0 canceled compacted 4");
            }
        }
    }

    @Test
    default void aWatcherThatIsUpToDateSurvivesACompaction() {
        write();
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a"));
            etcd().put("z", "1");
            etcd().put("z", "2");
            etcd().compact(6);
            etcd().put("a", "3");
            assertThat(watch.next()).isEqualTo("@7 #0 [PUT a=3 c4 m7 v2]");
        }
    }

    @Test
    default void thePastKeepsTheOrderOfATxn() {
        etcd().put("b", "0");
        etcd().txn(txn(op(put("c", "1")), op(delete("b")), op(put("a", "1"))));
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch(NUL, NUL).setStartRevision(etcd().revision(2)));
            assertThat(watch.next()).isEqualTo("@2 #0 [PUT c=1 c2 m2 v1, " + deleted("b", 2) + ", PUT a=1 c2 m2 v1]");
        }
    }
}
