package io.github.election4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.spi.Txn.Compare;
import io.github.election4j.spi.Txn.Delete;
import io.github.election4j.spi.Txn.Get;
import io.github.election4j.spi.Txn.Nested;
import io.github.election4j.spi.Txn.Op;
import io.github.election4j.spi.Txn.Put;
import io.github.election4j.spi.Txn.Range;
import io.github.election4j.spi.Txn.Swap;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What the engine relies on, whichever the store. */
public abstract class ElectionStoreContract {
    protected static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** A prefix of its own for each test. */
    private final String prefix = "/contract/" + UUID.randomUUID() + "/";

    private final KeyRange range = KeyRange.prefix(prefix);

    protected abstract ElectionStore store();

    @Test
    void grantsRenewsAndRevokesALease() throws Exception {
        ElectionStore.Lease lease = get(store().grant(Duration.ofSeconds(60), TIMEOUT));
        assertThat(lease.id()).isNotZero();
        assertThat(lease.ttl()).isEqualTo(Duration.ofSeconds(60));
        get(store().keepAlive(lease.id(), TIMEOUT));
        get(store().revoke(lease.id(), TIMEOUT));
        assertThat(failure(store().keepAlive(lease.id(), TIMEOUT))).isEqualTo(StoreException.Kind.LEASE_NOT_FOUND);
        get(store().revoke(lease.id(), TIMEOUT));
    }

    @Test
    void refusesToPutUnderALeaseThatIsGone() {
        Txn put = then(new Put(prefix + "a", "v", 4711));
        assertThat(failure(store().commit(put, TIMEOUT))).isEqualTo(StoreException.Kind.LEASE_NOT_FOUND);
    }

    @Test
    void roundsTheTimeToLiveUp() throws Exception {
        ElectionStore.Lease lease = get(store().grant(Duration.ofMillis(2500), TIMEOUT));
        assertThat(lease.ttl()).isEqualTo(Duration.ofSeconds(3));
        get(store().revoke(lease.id(), TIMEOUT));
    }

    @Test
    void takesOneBranchByCreateAndModRevision() throws Exception {
        String key = prefix + "a";
        TxnResult created = commit(List.of(Compare.created(key, 0)), List.of(new Put(key, "1", 0)), List.of());
        assertThat(created.succeeded()).isTrue();
        TxnResult again = commit(List.of(Compare.created(key, 0)), List.of(), List.of(new Get(key)));
        assertThat(again.succeeded()).isFalse();
        KeyValue found = found(again, 0).get(0);
        assertThat(found).isEqualTo(new KeyValue(key, "1", created.revision(), created.revision(), 0));

        TxnResult moved = commit(
                List.of(Compare.created(key, created.revision()), Compare.modified(key, created.revision())),
                List.of(new Put(key, "2", 0)),
                List.of());
        assertThat(moved.succeeded()).isTrue();
        assertThat(moved.revision()).isGreaterThan(created.revision());
        TxnResult late =
                commit(List.of(Compare.modified(key, created.revision())), List.of(new Put(key, "3", 0)), List.of());
        assertThat(late.succeeded()).isFalse();
    }

    @Test
    void readsAPrefixByCreateRevisionAndBeforeLaterOperationsOfItsTransaction() throws Exception {
        commit(then(new Put(prefix + "b", "first", 0)));
        commit(then(new Put(prefix + "a", "second", 0)));
        commit(then(new Put(prefix + "b", "first, changed", 0)));
        TxnResult result = commit(then(new Range(range), new Put(prefix + "c", "third", 0), new Delete(prefix + "a")));
        assertThat(found(result, 0)).extracting(KeyValue::value).containsExactly("first, changed", "second");
        assertThat(found(commit(then(new Range(range))), 0))
                .extracting(KeyValue::value)
                .containsExactly("first, changed", "third");
    }

    @Test
    void nestsTransactionsWithGuardsOfTheirOwn() throws Exception {
        Txn holds =
                new Txn(List.of(Compare.created(prefix + "a", 0)), List.of(new Put(prefix + "a", "v", 0)), List.of());
        Txn fails = new Txn(List.of(Compare.created(prefix + "b", 99)), List.of(), List.of(new Get(prefix + "b")));
        TxnResult result = commit(then(new Get(prefix + "x"), new Nested(fails), new Nested(holds)));
        assertThat(((TxnResult.Inner) result.ops().get(1)).result().succeeded()).isFalse();
        assertThat(((TxnResult.Inner) result.ops().get(2)).result().succeeded()).isTrue();
        KeyValue put = found(commit(then(new Get(prefix + "a"))), 0).get(0);
        assertThat(put.createRevision()).isEqualTo(result.revision());
    }

    @Test
    void keepsTextAsItIs() throws Exception {
        String text = "{\"id\":\"Zoë 選挙 \uD83D\uDE00\",\"x\":\"\\u003c\"}";
        commit(then(new Put(prefix + "a", text, 0)));
        assertThat(found(commit(then(new Get(prefix + "a"))), 0).get(0).value()).isEqualTo(text);
    }

    @Test
    void watchesFromARevisionInOrder() throws Exception {
        long before = commit(then(new Put(prefix + "a", "1", 0))).revision();
        commit(then(new Delete(prefix + "a")));
        RecordingObserver observer = new RecordingObserver();
        Runnable close = store().watch(range, before, observer);
        observer.await(2);
        commit(then(new Put(prefix + "b", "2", 0), new Put(prefix + "c", "3", 0)));
        List<WatchEvent> events = observer.await(4);
        close.run();
        assertThat(events)
                .extracting(WatchEvent::key)
                .containsExactly(prefix + "a", prefix + "a", prefix + "b", prefix + "c");
        assertThat(events.get(1)).isInstanceOf(WatchEvent.Deleted.class);
        assertThat(events).extracting(WatchEvent::revision).isSorted();
        assertThat(events.get(2).revision()).isEqualTo(events.get(3).revision());
        assertThat(observer.ends()).isEmpty();
    }

    @Test
    void tellsOfKeysThatGoWithTheirLease() throws Exception {
        ElectionStore.Lease lease = get(store().grant(Duration.ofSeconds(60), TIMEOUT));
        long revision = commit(then(new Put(prefix + "a", "1", lease.id()))).revision();
        assertThat(found(commit(then(new Get(prefix + "a"))), 0).get(0).lease()).isEqualTo(lease.id());
        RecordingObserver observer = new RecordingObserver();
        Runnable close = store().watch(range, revision + 1, observer);
        get(store().revoke(lease.id(), TIMEOUT));
        assertThat(observer.await(1).get(0)).isInstanceOf(WatchEvent.Deleted.class);
        close.run();
    }

    @Test
    void comparesByValueAndAKeyThatIsAbsentHoldsNone() throws Exception {
        String key = prefix + "a";
        assertThat(holds(key, "")).isFalse();
        assertThat(holds(key, "v")).isFalse();
        commit(then(new Put(key, "v", 0)));
        assertThat(holds(key, "v")).isTrue();
        assertThat(holds(key, "w")).isFalse();
        commit(then(new Delete(key)));
        assertThat(holds(key, "v")).isFalse();
    }

    @Test
    void readsAKeyAsItWas() throws Exception {
        String key = prefix + "a";
        long created = commit(then(new Put(key, "1", 0))).revision();
        long changed = commit(then(new Put(key, "2", 0))).revision();
        long deleted = commit(then(new Delete(key))).revision();
        TxnResult result = commit(
                then(new Get(key, created - 1), new Get(key, created), new Get(key, changed), new Get(key, deleted)));
        assertThat(found(result, 0)).isEmpty();
        assertThat(found(result, 1)).containsExactly(new KeyValue(key, "1", created, created, 0));
        assertThat(found(result, 2)).containsExactly(new KeyValue(key, "2", created, changed, 0));
        assertThat(found(result, 3)).isEmpty();
        assertThat(result.revision()).as("of the answer").isGreaterThanOrEqualTo(deleted);
    }

    @Test
    void swapTellsWhatWasThereBefore() throws Exception {
        String key = prefix + "a";
        TxnResult first = commit(then(new Swap(key, "1", 0)));
        TxnResult second = commit(then(new Swap(key, "2", 0)));
        assertThat(found(first, 0)).isEmpty();
        assertThat(found(second, 0)).containsExactly(new KeyValue(key, "1", first.revision(), first.revision(), 0));
        assertThat(found(commit(then(new Get(key))), 0))
                .containsExactly(new KeyValue(key, "2", first.revision(), second.revision(), 0));
    }

    @Test
    void listsTheKeysOfALease() throws Exception {
        ElectionStore.Lease lease = get(store().grant(Duration.ofSeconds(60), TIMEOUT));
        assertThat(get(store().keys(lease.id(), TIMEOUT))).isEmpty();
        commit(then(
                new Put(prefix + "a", "1", lease.id()),
                new Swap(prefix + "b", "2", lease.id()),
                new Put(prefix + "c", "3", 0)));
        assertThat(get(store().keys(lease.id(), TIMEOUT))).containsExactlyInAnyOrder(prefix + "a", prefix + "b");
        commit(then(new Delete(prefix + "a")));
        assertThat(get(store().keys(lease.id(), TIMEOUT))).containsExactly(prefix + "b");
        get(store().revoke(lease.id(), TIMEOUT));
        assertThat(failure(store().keys(lease.id(), TIMEOUT))).isEqualTo(StoreException.Kind.LEASE_NOT_FOUND);
    }

    @Test
    void tellsOneClusterByItsAnswers() throws Exception {
        TxnResult write = commit(then(new Put(prefix + "a", "1", 0)));
        TxnResult read = commit(then(new Get(prefix + "a")));
        assertThat(write.cluster()).isNotZero().isEqualTo(read.cluster());
    }

    @Test
    void saysThatAWatchIsCreatedBeforeItTellsAnything() throws Exception {
        long revision = commit(then(new Put(prefix + "a", "1", 0))).revision();
        RecordingObserver past = new RecordingObserver();
        RecordingObserver quiet = new RecordingObserver();
        Runnable closePast = store().watch(range, revision, past);
        Runnable closeQuiet = store().watch(range, revision + 1, quiet);
        past.await(1);
        quiet.awaitCreated();
        assertThat(past.calls().get(0)).isEqualTo("created");
        assertThat(quiet.calls()).containsExactly("created");
        closePast.run();
        closeQuiet.run();
    }

    @Test
    void tellsEventsOfOneRevisionTogether() throws Exception {
        commit(then(new Put(prefix + "c", "0", 0)));
        RecordingObserver observer = new RecordingObserver();
        long from = commit(then(new Put(prefix + "a", "1", 0), new Put(prefix + "b", "1", 0), new Delete(prefix + "c")))
                .revision();
        Runnable close = store().watch(range, from, observer);
        observer.await(3);
        commit(then(new Put(prefix + "a", "2", 0), new Delete(prefix + "b")));
        observer.await(5);
        close.run();
        assertThat(observer.calls()).containsExactly("created", "events 3", "events 2");
    }

    @Test
    void readsAndWatchesARangeThatIsNoPrefix() throws Exception {
        KeyRange some = new KeyRange(prefix + "e.~", prefix + "e0");
        long before = commit(then(
                        new Put(prefix + "e", "below", 0),
                        new Put(prefix + "e.", "below", 0),
                        new Put(prefix + "e.~held", "in", 0),
                        new Put(prefix + "e/1", "in", 0),
                        new Put(prefix + "e0", "above", 0)))
                .revision();
        assertThat(found(commit(then(new Range(some))), 0))
                .extracting(KeyValue::key)
                .containsExactlyInAnyOrder(prefix + "e.~held", prefix + "e/1");
        RecordingObserver observer = new RecordingObserver();
        Runnable close = store().watch(some, before + 1, observer);
        commit(then(new Put(prefix + "e0", "above", 0), new Put(prefix + "e", "below", 0)));
        commit(then(new Put(prefix + "e.~held", "in", 0), new Put(prefix + "e0/", "above", 0)));
        commit(then(new Delete(prefix + "e/1")));
        List<WatchEvent> events = observer.await(2);
        close.run();
        assertThat(events).extracting(WatchEvent::key).containsExactly(prefix + "e.~held", prefix + "e/1");
    }

    private boolean holds(String key, String value) throws Exception {
        return commit(List.of(Compare.holds(key, value)), List.of(), List.of()).succeeded();
    }

    protected TxnResult commit(Txn txn) throws Exception {
        return get(store().commit(txn, TIMEOUT));
    }

    protected static Txn then(Op... ops) {
        return new Txn(List.of(), List.of(ops), List.of());
    }

    protected static <T> T get(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT.toSeconds() * 2, TimeUnit.SECONDS);
    }

    protected static StoreException.Kind failure(CompletableFuture<?> future) {
        StoreException[] found = new StoreException[1];
        assertThatThrownBy(() -> get(future)).cause().isInstanceOfSatisfying(StoreException.class, e -> found[0] = e);
        return found[0].kind();
    }

    private TxnResult commit(List<Compare> compares, List<Op> then, List<Op> orElse) throws Exception {
        return commit(new Txn(compares, then, orElse));
    }

    private static List<KeyValue> found(TxnResult result, int index) {
        return ((TxnResult.Found) result.ops().get(index)).keyValues();
    }
}
