package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in memory, as etcd would be: revisions, transactions, leases that end by hand, and a history. */
public final class ModelStore {
    private final TreeMap<String, KeyValue> keys = new TreeMap<>();
    private final Set<Long> leases = new HashSet<>();
    /** Everything that ever happened. */
    private final List<WatchEvent> history = new ArrayList<>();
    /** What no watcher is told. */
    private final Set<Long> untold = new HashSet<>();

    private final Runnable onChange;
    private long revision = 1;
    private long compacted;
    private long cluster = 7;

    public ModelStore(Runnable onChange) {
        this.onChange = onChange;
    }

    public void grant(long lease) {
        leases.add(lease);
    }

    public boolean holds(long lease) {
        return leases.contains(lease);
    }

    /** Ends a lease, by revocation or in time: to its keys it is the same. */
    public void revoke(long lease) {
        leases.remove(lease);
        List<Txn.Op> deletions = new ArrayList<>();
        keysOf(lease).forEach(each -> deletions.add(new Txn.Delete(each)));
        commit(new Txn(List.of(), deletions, List.of()));
    }

    /** The keys that go with a lease. */
    public List<String> keysOf(long lease) {
        return keys.values().stream()
                .filter(each -> each.lease() == lease)
                .map(KeyValue::key)
                .toList();
    }

    public void put(String key, String value) {
        put(key, value, 0);
    }

    public void put(String key, String value, long lease) {
        commit(new Txn(List.of(), List.of(new Txn.Put(key, value, lease)), List.of()));
    }

    public void delete(String... each) {
        List<Txn.Op> deletions = new ArrayList<>();
        for (String key : each) {
            deletions.add(new Txn.Delete(key));
        }
        commit(new Txn(List.of(), deletions, List.of()));
    }

    /** As etcd#18089 does: no watcher is told. */
    public void deleteUntold(String key) {
        untold.add(revision + 1);
        delete(key);
    }

    /** What was before cannot be read any more. */
    public void compact() {
        compacted = revision;
    }

    /** It is restored from a backup that has the leases and nothing else: another history begins. */
    public void beginAnew() {
        keys.clear();
        history.clear();
        untold.clear();
        revision = 1;
        compacted = 0;
    }

    /** As {@link #beginAnew}, and not even the leases are known. */
    public void beginEmpty() {
        leases.clear();
        beginAnew();
    }

    /** As {@link #beginAnew}, and it is another cluster, whose revisions may be larger. */
    public void beginAnewAsAnother(long firstRevision) {
        beginAnew();
        revision = firstRevision;
        cluster++;
    }

    public long revision() {
        return revision;
    }

    @Nullable
    public KeyValue get(String key) {
        return keys.get(key);
    }

    public List<KeyValue> range(String prefix) {
        return range(KeyRange.prefix(prefix));
    }

    public List<KeyValue> range(KeyRange range) {
        return keys.values().stream()
                .filter(each -> range.contains(each.key()))
                .sorted(Comparator.comparingLong(KeyValue::createRevision))
                .toList();
    }

    public List<WatchEvent> since(KeyRange range, long fromRevision) {
        return history.stream()
                .filter(each -> each.revision() >= fromRevision && range.contains(each.key()))
                .filter(each -> !untold.contains(each.revision()))
                .toList();
    }

    public TxnResult commit(Txn txn) {
        requirePossible(ops(txn));
        int changesBefore = history.size();
        TxnResult result = perform(txn);
        if (history.size() > changesBefore) {
            revision++;
            onChange.run();
        }
        return new TxnResult(result.succeeded(), revision, result.ops(), cluster);
    }

    private List<Txn.Op> ops(Txn txn) {
        return txn.compares().stream().allMatch(this::holds) ? txn.then() : txn.orElse();
    }

    private void requirePossible(List<Txn.Op> ops) {
        for (Txn.Op op : ops) {
            if (op instanceof Txn.Put put) {
                requireLease(put.lease());
            } else if (op instanceof Txn.Swap swap) {
                requireLease(swap.lease());
            } else if (op instanceof Txn.Get get && get.revision() != 0 && get.revision() < compacted) {
                throw new StoreException(StoreException.Kind.COMPACTED, "required revision has been compacted", null);
            } else if (op instanceof Txn.Nested nested) {
                requirePossible(ops(nested.txn()));
            }
        }
    }

    private void requireLease(long lease) {
        if (lease != 0 && !leases.contains(lease)) {
            throw new StoreException(StoreException.Kind.LEASE_NOT_FOUND, "requested lease not found", null);
        }
    }

    /** An inner result tells no revision, as with etcd. */
    private TxnResult perform(Txn txn) {
        boolean holds = txn.compares().stream().allMatch(this::holds);
        List<TxnResult.OpResult> results = new ArrayList<>();
        (holds ? txn.then() : txn.orElse()).forEach(op -> results.add(result(op)));
        return new TxnResult(holds, 0, results, 0);
    }

    private TxnResult.OpResult result(Txn.Op op) {
        return op instanceof Txn.Nested nested
                ? new TxnResult.Inner(perform(nested.txn()))
                : new TxnResult.Found(apply(op));
    }

    private boolean holds(Txn.Compare compare) {
        KeyValue found = keys.get(compare.key());
        if (compare instanceof Txn.CreateRevision created) {
            return created.revision() == (found == null ? 0 : found.createRevision());
        } else if (compare instanceof Txn.ModRevision modified) {
            return modified.revision() == (found == null ? 0 : found.modRevision());
        }
        return found != null && found.value().equals(((Txn.Value) compare).value());
    }

    private List<KeyValue> apply(Txn.Op op) {
        if (op instanceof Txn.Get get) {
            return listed(get.revision() == 0 ? keys.get(get.key()) : past(get.key(), get.revision()));
        } else if (op instanceof Txn.Range range) {
            return range(range.keys());
        } else if (op instanceof Txn.Swap swap) {
            List<KeyValue> before = listed(keys.get(swap.key()));
            write(swap.key(), swap.value(), swap.lease());
            return before;
        } else if (op instanceof Txn.Put put) {
            write(put.key(), put.value(), put.lease());
        } else if (op instanceof Txn.Delete delete && keys.remove(delete.key()) != null) {
            history.add(new WatchEvent.Deleted(delete.key(), revision + 1));
        }
        return List.of();
    }

    private void write(String key, String value, long lease) {
        KeyValue before = keys.get(key);
        long created = before == null ? revision + 1 : before.createRevision();
        KeyValue after = new KeyValue(key, value, created, revision + 1, lease);
        keys.put(key, after);
        history.add(new WatchEvent.Put(after));
    }

    private @Nullable KeyValue past(String key, long asOf) {
        WatchEvent last = history.stream()
                .filter(each -> each.key().equals(key) && each.revision() <= asOf)
                .reduce((earlier, later) -> later)
                .orElse(null);
        return last instanceof WatchEvent.Put put ? put.keyValue() : null;
    }

    private static List<KeyValue> listed(@Nullable KeyValue found) {
        return found == null ? List.of() : List.of(Objects.requireNonNull(found));
    }
}
