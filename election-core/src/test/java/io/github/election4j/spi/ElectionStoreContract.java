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
        TxnResult result = commit(then(new Range(prefix), new Put(prefix + "c", "third", 0), new Delete(prefix + "a")));
        assertThat(found(result, 0)).extracting(KeyValue::value).containsExactly("first, changed", "second");
        assertThat(found(commit(then(new Range(prefix))), 0))
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
        Runnable close = store().watch(prefix, before, observer);
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
        Runnable close = store().watch(prefix, revision + 1, observer);
        get(store().revoke(lease.id(), TIMEOUT));
        assertThat(observer.await(1).get(0)).isInstanceOf(WatchEvent.Deleted.class);
        close.run();
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
