package io.github.election4j.embedded.contract;

import static io.github.election4j.embedded.contract.Requests.NUL;
import static io.github.election4j.embedded.contract.Requests.watch;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How watchers come and go. */
interface WatchContract extends Contract {
    @Test
    default void watchersAreNumberedFromZero() {
        etcd().put("a", "1");
        try (WatchDialogue watch = etcd().watch()) {
            assertThat(watch.create(watch("a"))).isEqualTo("@1 #0 created");
            assertThat(watch.create(watch("a"))).isEqualTo("@1 #1 created");
        }
        try (WatchDialogue another = etcd().watch()) {
            assertThat(another.create(watch("a"))).isEqualTo("@1 #0 created");
        }
    }

    @Test
    default void anIntervalWithoutKeysIsRefused() {
        try (WatchDialogue watch = etcd().watch()) {
            String refusal = "@0 #-1 created canceled 'mvcc: watcher range is empty'";
            assertThat(watch.create(watch("b", "a"))).isEqualTo(refusal);
            assertThat(watch.create(watch("b", "b"))).isEqualTo(refusal);
            assertThat(watch.create(watch("b"))).isEqualTo("@0 #0 created");
        }
    }

    @Test
    default void aCanceledWatcherSeesNoMore() {
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("a"));
            watch.create(watch(NUL, NUL));
            assertThat(watch.cancel(0)).isEqualTo("@0 #0 canceled");
            etcd().put("a", "1");
            assertThat(watch.next()).isEqualTo("@1 #1 [PUT a=1 c1 m1 v1]");
            etcd().put("a", "2");
            assertThat(watch.next()).isEqualTo("@2 #1 [PUT a=2 c1 m2 v2]");
        }
    }

    @Test
    default void cancelingWhatIsNotThereIsNotAnswered() {
        try (WatchDialogue watch = etcd().watch()) {
            watch.sendCancel(4711);
            assertThat(watch.create(watch("a"))).isEqualTo("@0 #0 created");
            assertThat(watch.cancel(0)).isEqualTo("@0 #0 canceled");
            watch.sendCancel(0);
            assertThat(watch.create(watch("a"))).isEqualTo("@0 #1 created");
        }
    }

    @Test
    default void progressIsToldOnRequest() {
        etcd().put("a", "1");
        try (WatchDialogue watch = etcd().watch()) {
            watch.create(watch("b"));
            assertThat(watch.progress()).isEqualTo("@1 #-1");
            etcd().put("a", "2");
            assertThat(watch.progress()).isEqualTo("@2 #-1");
        }
    }

    /** What etcd 3.5 answers first is the request after it. */
    @Test
    default void progressOfNoWatcherIsToldByEtcd34Only() {
        try (WatchDialogue watch = etcd().watch()) {
            watch.sendProgress();
            watch.send(watch("b"));
            assertThat(watch.next()).isEqualTo(etcd().differs("@0 #-1", "@0 #0 created"));
        }
    }

    @Test
    default void anEmptyKeyIsTheFirstKey() {
        try (WatchDialogue watch = etcd().watch()) {
            assertThat(watch.create(watch(""))).isEqualTo("@0 #0 created");
            assertThat(watch.create(watch("", NUL))).isEqualTo("@0 #1 created");
            etcd().put("a", "1");
            assertThat(watch.next()).isEqualTo("@1 #1 [PUT a=1 c1 m1 v1]");
            etcd().put(NUL, "1");
            assertThat(new String[] {watch.next(), watch.next()})
                    .containsExactlyInAnyOrder("@2 #0 [PUT \0=1 c2 m2 v1]", "@2 #1 [PUT \0=1 c2 m2 v1]");
        }
    }
}
