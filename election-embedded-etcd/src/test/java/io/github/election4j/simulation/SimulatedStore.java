package io.github.election4j.simulation;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveResponse;
import io.etcd.jetcd.api.TxnResponse;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The store as one member sees it: requests can be late, lost on the way or on the way back, or come twice; what was
 * given up can still be applied.
 */
final class SimulatedStore implements ElectionStore {
    private final VirtualTime time;
    private final Chance chance;
    private final SimulatedEtcd etcd;
    private final Life process;
    /** The marks of elections that this process has entered. */
    private final Set<String> entered = new HashSet<>();

    private final Set<Long> leases = new HashSet<>();

    SimulatedStore(VirtualTime time, Chance chance, SimulatedEtcd etcd, Life process) {
        this.time = time;
        this.chance = chance;
        this.etcd = etcd;
        this.process = process;
    }

    @Override
    public CompletableFuture<Lease> grant(Duration ttl, Duration timeout) {
        return ask(timeout, () -> {
            LeaseGrantResponse granted = etcd.model()
                    .leaseGrant(
                            LeaseGrantRequest.newBuilder()
                                    .setTTL(ttl.plusSeconds(1).minusNanos(1).toSeconds())
                                    .build(),
                            time.now());
            leases.add(granted.getID());
            return new Lease(granted.getID(), Duration.ofSeconds(granted.getTTL()));
        });
    }

    /** An etcd that cannot honour it may acknowledge it all the same. */
    @Override
    public CompletableFuture<Void> keepAlive(long leaseId, Duration timeout) {
        boolean lie = chance.strikes(30);
        return this.<Boolean>ask(timeout, () -> {
                    LeaseKeepAliveRequest request =
                            LeaseKeepAliveRequest.newBuilder().setID(leaseId).build();
                    boolean alive = lie
                            || etcd.model().leaseKeepAlive(request, time.now()).getTTL() > 0;
                    if (!alive) {
                        throw Status.NOT_FOUND.asRuntimeException();
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<Void> revoke(long leaseId, Duration timeout) {
        return this.<Boolean>ask(timeout, () -> {
                    if (etcd.model().leases().contains(leaseId)) {
                        var unused = etcd.model()
                                .leaseRevoke(LeaseRevokeRequest.newBuilder()
                                        .setID(leaseId)
                                        .build());
                    }
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<TxnResult> commit(Txn txn, Duration timeout) {
        boolean stale = Translation.readsOnly(txn) && chance.strikes(100);
        return ask(timeout, () -> {
            if (etcd.keepsOut(txn, entered)) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
            if (etcd.refusesWrites() && Translation.puts(txn)) {
                throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
            }
            long asOf = stale ? etcd.someRevision(chance) : 0;
            TxnResponse response =
                    etcd.takeAway(() -> etcd.model().txn(Translation.request(txn, asOf)), leases::contains);
            entered.addAll(Translation.entered(txn, response));
            return Translation.result(
                    response, stale ? asOf : response.getHeader().getRevision());
        });
    }

    /** S2: what an application writes under its fencing token. */
    void writeGuarded(String key, long token, Contest contest) {
        Txn txn = new Txn(
                List.of(Txn.Compare.created(key, token)),
                List.of(new Txn.Put("/data/" + contest.name(), Long.toString(token), 0)),
                List.of());
        var unused = ask(Duration.ofSeconds(2), () -> {
            boolean written = etcd.model().txn(Translation.request(txn)).getSucceeded();
            if (written) {
                contest.terms().written(token);
            }
            return written;
        });
    }

    @Override
    public CompletableFuture<List<String>> keys(long leaseId, Duration timeout) {
        return ask(timeout, () -> {
            LeaseTimeToLiveResponse found = etcd.model()
                    .leaseTimeToLive(
                            LeaseTimeToLiveRequest.newBuilder()
                                    .setID(leaseId)
                                    .setKeys(true)
                                    .build(),
                            time.now());
            if (found.getTTL() <= 0) {
                throw Status.NOT_FOUND.asRuntimeException();
            }
            return found.getKeysList().stream().map(ByteString::toStringUtf8).toList();
        });
    }

    @Override
    public Runnable watch(KeyRange keys, long fromRevision, WatchObserver observer) {
        SimulatedWatch watch = new SimulatedWatch(time, chance, etcd, process, observer);
        time.in(chance.way(), () -> etcd.perform(() -> watch.open(keys, fromRevision)));
        return watch::close;
    }

    @Override
    public CompletableFuture<Void> reconnect(Duration limit) {
        return CompletableFuture.completedFuture(null); // There is nothing to replace.
    }

    @Override
    public void close() {
        // Requests that are under way end by their timeouts.
    }

    private <T> CompletableFuture<T> ask(Duration timeout, Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        process.after(timeout.toNanos(), () -> answer.completeExceptionally(unavailable("timed out")));
        if (!lost()) {
            time.in(chance.way(), () -> etcd.perform(() -> answer(work, answer)));
        }
        if (chance.strikes(5)) {
            time.in(chance.way(), () -> etcd.perform(() -> answer(work, answer)));
        }
        return answer;
    }

    private <T> void answer(Supplier<T> work, CompletableFuture<T> answer) {
        Runnable reply;
        try {
            T result = work.get();
            reply = () -> answer.complete(result);
        } catch (StatusRuntimeException refused) {
            StoreException.Kind kind = switch (refused.getStatus().getCode()) {
                case NOT_FOUND -> StoreException.Kind.LEASE_NOT_FOUND;
                case UNAVAILABLE -> StoreException.Kind.UNAVAILABLE;
                case OUT_OF_RANGE -> StoreException.Kind.COMPACTED;
                default -> StoreException.Kind.REFUSED;
            };
            reply = () ->
                    answer.completeExceptionally(new StoreException(kind, String.valueOf(refused.getMessage()), null));
        }
        if (!lost()) {
            Runnable arriving = reply;
            time.in(chance.way(), () -> process.receive(arriving));
        }
    }

    private boolean lost() {
        return process.cutOff() || chance.strikes(15);
    }

    private static StoreException unavailable(String why) {
        return new StoreException(StoreException.Kind.UNAVAILABLE, why, null);
    }
}
