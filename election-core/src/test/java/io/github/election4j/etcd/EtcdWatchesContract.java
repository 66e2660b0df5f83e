package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store relies on, however the watches of a client are made. */
abstract class EtcdWatchesContract {
    private static final int MANY = 300;

    private static TestEtcd etcd;

    /** A prefix of its own for each test. */
    private final String prefix = "/watches/" + UUID.randomUUID() + "/";

    private EtcdClient client;

    abstract EtcdClient connect(String endpoint);

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @BeforeEach
    void open() {
        client = connect(etcd.endpoint());
    }

    @AfterEach
    void close() {
        client.client().close();
    }

    private long put(String key, String value) throws Exception {
        return client.client()
                .getKVClient()
                .put(Keys.text(prefix + key), Keys.text(value))
                .get(20, TimeUnit.SECONDS)
                .getHeader()
                .getRevision();
    }

    private Runnable watch(String key, long fromRevision, EtcdWatches.Observer observer) {
        return client.watches().watch(Keys.text(prefix + key), ByteSequence.EMPTY, fromRevision, observer);
    }

    @Test
    void eachOfManyHearsItsOwnEventsOnly() throws Exception {
        long next = put("none", "") + 1;
        List<RecordingWatch> watches = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            watches.add(new RecordingWatch());
            watch("k" + i, next, watches.get(i));
        }
        watches.forEach(RecordingWatch::awaitCreated);

        for (int i = 0; i < MANY; i++) {
            put("k" + i, "1");
        }
        for (int i = MANY - 1; i >= 0; i--) {
            put("k" + i, "2");
        }

        for (int i = 0; i < MANY; i++) {
            String key = prefix + "k" + i;
            assertThat(watches.get(i).awaitEvents(2).events()).containsExactly(key + "=1", key + "=2");
        }
        assertThat(watches).allSatisfy(each -> assertThat(each.created()).isEqualTo(1));
    }

    @Test
    void hearsOfARangeInOrderAndOfOneRevisionAtOnce() throws Exception {
        long next = put("none", "") + 1;
        RecordingWatch range = new RecordingWatch();
        client.watches().watch(Keys.text(prefix + "b"), Keys.text(prefix + "d"), next, range);
        RecordingWatch single = new RecordingWatch();
        watch("b", next, single);
        range.awaitCreated();
        single.awaitCreated();

        put("a", "1");
        put("c", "2");
        client.client()
                .getKVClient()
                .txn()
                .Then(
                        Op.put(Keys.text(prefix + "bb"), Keys.text("3"), PutOption.DEFAULT),
                        Op.delete(Keys.text(prefix + "c"), DeleteOption.DEFAULT),
                        Op.put(Keys.text(prefix + "d"), Keys.text("4"), PutOption.DEFAULT))
                .commit()
                .get(20, TimeUnit.SECONDS);
        put("b", "5");

        assertThat(range.awaitEvents(4).batches())
                .containsExactly(
                        List.of(prefix + "c=2"), List.of(prefix + "bb=3", "-" + prefix + "c"), List.of(prefix + "b=5"));
        assertThat(single.awaitEvents(1).events()).containsExactly(prefix + "b=5");
    }

    @Test
    void hearsOfTheHistoryFromItsRevisionOn() throws Exception {
        put("a", "1");
        long second = put("a", "2");
        put("a", "3");
        RecordingWatch watch = new RecordingWatch();

        watch("a", second, watch);

        assertThat(watch.awaitEvents(2).events()).containsExactly(prefix + "a=2", prefix + "a=3");
    }

    @Test
    void othersGoOnWhenOneIsClosed() throws Exception {
        long next = put("a", "0") + 1;
        RecordingWatch closed = new RecordingWatch();
        RecordingWatch open = new RecordingWatch();
        Runnable close = watch("a", next, closed);
        watch("a", next, open);
        put("a", "1");
        closed.awaitEvents(1);

        close.run();
        put("a", "2");

        assertThat(open.awaitEvents(2).ends()).isEmpty();
        assertThat(closed.events()).containsExactly(prefix + "a=1");
        assertThat(closed.ends()).isEmpty();
    }

    @Test
    void watchThatIsClosedAtOnceHearsNothing() throws Exception {
        long first = put("a", "0");
        RecordingWatch closed = new RecordingWatch();
        RecordingWatch open = new RecordingWatch();

        watch("a", first, closed).run();
        watch("a", first, open);

        assertThat(open.awaitEvents(1).ends()).isEmpty();
        assertThat(closed.events()).isEmpty();
        assertThat(closed.ends()).isEmpty();
    }

    @Test
    void compactedHistoryEndsTheWatchThatAskedForItOnly() throws Exception {
        long old = put("a", "1");
        long next = put("a", "2") + 1;
        etcd.compact();
        RecordingWatch tooLate = new RecordingWatch();
        RecordingWatch other = new RecordingWatch();

        watch("a", next, other);
        watch("a", old, tooLate);

        assertThat(tooLate.awaitEnd().kind()).isEqualTo(Kind.COMPACTED);
        put("a", "3");
        assertThat(other.awaitEvents(1).ends()).isEmpty();
        assertThat(tooLate.ends()).hasSize(1);
        assertThat(tooLate.events()).isEmpty();
    }

    @Test
    void observerThatThrowsEndsItsOwnWatchOnly() throws Exception {
        long next = put("a", "0") + 1;
        RecordingWatch throwing = new RecordingWatch() {
            @Override
            public void onEvents(List<WatchEvent> events) {
                throw new IllegalStateException("as the test says");
            }
        };
        RecordingWatch other = new RecordingWatch();
        watch("a", next, throwing);
        watch("a", next, other);

        put("a", "1");
        put("a", "2");

        assertThat(throwing.awaitEnd()).hasMessageContaining("as the test says");
        assertThat(other.awaitEvents(2).ends()).isEmpty();
        assertThat(throwing.ends()).hasSize(1);
    }

    @Test
    void allEndOnceWhenEtcdDiesAndNewOnesWorkWhenItIsBack() throws Exception {
        long next = put("a", "0") + 1;
        List<RecordingWatch> watches = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            watches.add(new RecordingWatch());
            watch("a", next, watches.get(i));
        }
        watches.forEach(RecordingWatch::awaitCreated);

        etcd.kill();
        assertThat(watches)
                .allSatisfy(each -> assertThat(each.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE));
        etcd.restart();

        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> put("a", "1") > 0);
        RecordingWatch fresh = new RecordingWatch();
        watch("a", next, fresh);
        assertThat(fresh.awaitEvents(1).events()).startsWith(prefix + "a=1");
        assertThat(watches).allSatisfy(each -> assertThat(each.ends()).hasSize(1));
    }

    @Test
    void allEndWhenTheClientIsClosed() throws Exception {
        long next = put("a", "0") + 1;
        RecordingWatch created = new RecordingWatch();
        watch("a", next, created);
        created.awaitCreated();

        client.client().close();

        assertThat(created.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
        RecordingWatch late = new RecordingWatch();
        watch("a", next, late);
        assertThat(late.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
    }
}
