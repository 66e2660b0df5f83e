package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.ModelStore;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A store in memory that answers over a network of the test's, and fails as the test says. */
final class MemoryStore implements ElectionStore {
    private final Executor network;
    private final ModelStore model = new ModelStore(this::changed);
    private final Set<Long> leases = new HashSet<>();
    private final List<Txn> commits = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Duration> reconnectLimits = new ArrayList<>();
    private final List<CompletableFuture<Void>> reconnects = new ArrayList<>();
    private Predicate<String> failing = request -> false;
    private StoreException.Kind kind = StoreException.Kind.UNAVAILABLE;
    private Predicate<String> unanswered = request -> false;
    private Predicate<String> unheard = request -> false;
    private Runnable atReconnect = () -> {};
    private Runnable before = () -> {};
    private long lastLease = 0x1000;
    private int watchesOpened;
    private boolean changed;
    private boolean closed;

    MemoryStore(Executor network) {
        this.network = network;
    }

    private static final class Watch {
        private final KeyRange keys;
        private final WatchObserver observer;
        private long next;
        private boolean created;

        private Watch(KeyRange keys, long next, WatchObserver observer) {
            this.keys = keys;
            this.next = next;
            this.observer = observer;
        }
    }

    /** Whatever is asked. */
    static boolean everything(String request) {
        return true;
    }

    /** Requests that say so fail, and do nothing. */
    void fail(StoreException.Kind how, Predicate<String> requests) {
        kind = how;
        failing = requests;
    }

    /** Requests that say so do nothing, and are never answered. */
    void leaveUnanswered(Predicate<String> requests) {
        unanswered = requests;
    }

    /** Requests that say so are applied, and fail: their outcome is unknown. */
    void loseAnswers(Predicate<String> requests) {
        unheard = requests;
    }

    /** Somebody else is quicker than the next transaction that writes. */
    void beforeNextWrite(Runnable something) {
        before = something;
    }

    /** Connections are about to be replaced, or fail to be before anything can fail in the future. */
    void atReconnect(Runnable something) {
        atReconnect = something;
    }

    void heal() {
        failing = request -> false;
        atReconnect = () -> {};
        unanswered = request -> false;
        unheard = request -> false;
    }

    ModelStore model() {
        return model;
    }

    Set<Long> leases() {
        return leases;
    }

    /** What was asked to be committed, whatever became of it. */
    List<Txn> commits() {
        return commits;
    }

    int reconnects() {
        return reconnectLimits.size();
    }

    /** How long each might take. */
    List<Duration> reconnectLimits() {
        return reconnectLimits;
    }

    /** Those that have not ended. */
    List<CompletableFuture<Void>> reconnectsUnderWay() {
        return reconnects.stream().filter(each -> !each.isDone()).toList();
    }

    /** Since the beginning. */
    int watchesOpened() {
        return watchesOpened;
    }

    int openWatches() {
        return watches.size();
    }

    boolean isClosed() {
        return closed;
    }

    /** As when the store or the connection dies. */
    void endWatches() {
        List<Watch> ended = List.copyOf(watches);
        watches.clear();
        ended.forEach(each -> network.execute(() -> each.observer.onEnd(unavailable())));
    }

    void expire(long lease) {
        leases.remove(lease);
        model.revoke(lease);
    }

    @Override
    public CompletableFuture<Lease> grant(Duration ttl, Duration timeout) {
        return answer("grant", () -> {
            long lease = ++lastLease;
            leases.add(lease);
            model.grant(lease);
            return new Lease(lease, ttl);
        });
    }

    @Override
    public CompletableFuture<Void> keepAlive(long leaseId, Duration timeout) {
        return this.<Boolean>answer("keepAlive", () -> {
                    if (!leases.contains(leaseId)) {
                        throw new StoreException(StoreException.Kind.LEASE_NOT_FOUND, "no lease", null);
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<Void> revoke(long leaseId, Duration timeout) {
        return this.<Boolean>answer("revoke", () -> {
                    expire(leaseId);
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<TxnResult> commit(Txn txn, Duration timeout) {
        commits.add(txn);
        return answer(txn.toString(), () -> {
            if (!txn.compares().isEmpty()) {
                Runnable quicker = before;
                before = () -> {};
                quicker.run();
            }
            return model.commit(txn);
        });
    }

    @Override
    public CompletableFuture<List<String>> keys(long leaseId, Duration timeout) {
        return answer("keys", () -> {
            if (!leases.contains(leaseId)) {
                throw new StoreException(StoreException.Kind.LEASE_NOT_FOUND, "no lease", null);
            }
            return model.keysOf(leaseId);
        });
    }

    @Override
    public Runnable watch(KeyRange keys, long fromRevision, WatchObserver observer) {
        Watch watch = new Watch(keys, fromRevision, observer);
        watches.add(watch);
        watchesOpened++;
        network.execute(() -> {
            if (watches.contains(watch)) {
                watch.created = true;
                observer.onCreated();
                tell(watch);
            }
        });
        return () -> watches.remove(watch);
    }

    @Override
    public CompletableFuture<Void> reconnect(Duration limit) {
        reconnectLimits.add(limit);
        atReconnect.run();
        CompletableFuture<Void> replaced =
                this.<Boolean>answer("reconnect", () -> true).thenAccept(done -> {});
        reconnects.add(replaced);
        return replaced;
    }

    @Override
    public void close() {
        closed = true;
    }

    private <T> CompletableFuture<T> answer(String request, Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (failing.test(request)) {
            network.execute(() -> answer.completeExceptionally(new StoreException(kind, "as the test says", null)));
        } else if (!unanswered.test(request)) {
            network.execute(() -> {
                try {
                    T done = work.get();
                    if (unheard.test(request)) {
                        throw new StoreException(StoreException.Kind.UNAVAILABLE, "as the test says", null);
                    }
                    answer.complete(done);
                } catch (StoreException refused) {
                    answer.completeExceptionally(refused);
                }
            });
        }
        return answer;
    }

    private void changed() {
        if (!changed) {
            changed = true;
            network.execute(() -> {
                changed = false;
                List.copyOf(watches).forEach(this::tell);
            });
        }
    }

    private void tell(Watch watch) {
        List<WatchEvent> events = watch.created ? model.since(watch.keys, watch.next) : List.of();
        if (!events.isEmpty()) {
            watch.next = events.get(events.size() - 1).revision() + 1;
            watch.observer.onEvents(events);
        }
    }

    private static StoreException unavailable() {
        return new StoreException(StoreException.Kind.UNAVAILABLE, "the watch has ended", null);
    }
}
