package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.ElectionStoreContract;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.RecordingObserver;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TcpProxy;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsEtcd
@Timeout(120)
class EtcdElectionStoreIT extends ElectionStoreContract {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static TestEtcd etcd;
    private static ElectionStore store;

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
        store = store(etcd.endpoint());
    }

    @AfterAll
    static void stop() {
        store.close();
        etcd.close();
    }

    private static ElectionStore store(String endpoint) {
        return TestStores.open(endpoint, "/namespace", TIMEOUT);
    }

    @Override
    protected ElectionStore store() {
        return store;
    }

    @Test
    void hidesItsNamespace() throws Exception {
        commit(then(new Txn.Put("/hidden", "v", 0)));
        assertThat(etcd.value("/namespace/hidden")).isEqualTo("v");
    }

    @Test
    void saysThatARevisionWasCompacted() throws Exception {
        long old = commit(then(new Txn.Put("/compacted", "1", 0))).revision();
        commit(then(new Txn.Put("/compacted", "2", 0)));
        etcd.compact();
        RecordingObserver observer = new RecordingObserver();
        store.watch(KeyRange.prefix("/compacted"), old, observer);
        assertThat(observer.awaitEnd().kind()).isEqualTo(StoreException.Kind.COMPACTED);
        assertThat(observer.ends()).hasSize(1);
    }

    @Test
    void refusesWhatEtcdRefuses() {
        Txn twice = then(new Txn.Put("/twice", "1", 0), new Txn.Put("/twice", "2", 0));
        assertThat(failure(store.commit(twice, TIMEOUT))).isEqualTo(StoreException.Kind.REFUSED);
    }

    @Test
    void everyCallEndsInTimeWhenNothingAnswers() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(etcd);
                ElectionStore silent = store(proxy.endpoint())) {
            ElectionStore.Lease lease = get(silent.grant(Duration.ofSeconds(60), TIMEOUT));
            proxy.blackHole();
            CompletableFuture<?> grant = silent.grant(Duration.ofSeconds(60), SHORT);
            CompletableFuture<?> renewal = silent.keepAlive(lease.id(), SHORT);
            CompletableFuture<?> revocation = silent.revoke(lease.id(), SHORT);
            CompletableFuture<?> read = silent.commit(then(new Txn.Get("/x")), SHORT);
            assertThat(failure(grant)).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(failure(renewal)).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(failure(revocation)).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(failure(read)).isEqualTo(StoreException.Kind.UNAVAILABLE);
        }
    }

    /** jetcd would resume by itself, and can lose events by it: the engine is told instead, and reads again. */
    @Test
    void endsAWatchOnceWhenItsConnectionBreaks() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(etcd);
                ElectionStore broken = store(proxy.endpoint())) {
            long revision = commit(then(new Txn.Put("/broken", "0", 0))).revision();
            RecordingObserver observer = new RecordingObserver();
            broken.watch(KeyRange.prefix("/broken"), revision, observer);
            observer.await(1);

            proxy.heal();

            observer.awaitEnd();
            commit(then(new Txn.Put("/broken", "1", 0)));
            RecordingObserver next = new RecordingObserver();
            broken.watch(KeyRange.prefix("/broken"), revision + 1, next);
            next.await(1);
            assertThat(observer.ends()).hasSize(1);
            assertThat(observer.events()).hasSize(1);
        }
    }

    @Test
    void goesOnWithFreshConnectionsAndEndsTheWatchesOfTheOldOnes() throws Exception {
        try (ElectionStore replaced = store(etcd.endpoint())) {
            long revision = get(replaced.commit(then(new Txn.Put("/replaced", "1", 0)), TIMEOUT))
                    .revision();
            RecordingObserver observer = new RecordingObserver();
            replaced.watch(KeyRange.prefix("/replaced"), revision, observer);
            observer.await(1);

            get(replaced.reconnect(TIMEOUT));

            get(replaced.commit(then(new Txn.Put("/replaced", "2", 0)), TIMEOUT));
            observer.awaitEnd();
        }
    }

    @Test
    void isClosedForGood() {
        ElectionStore closed = store(etcd.endpoint());
        closed.close();
        assertThat(failure(closed.commit(then(new Txn.Get("/x")), SHORT))).isEqualTo(StoreException.Kind.UNAVAILABLE);
        RecordingObserver observer = new RecordingObserver();
        closed.watch(KeyRange.prefix("/x"), 0, observer);
        observer.awaitEnd();
    }
}
