package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in memory, as etcd would be: revisions, transactions, leases that end by hand, and a history to watch. */
public final class ModelStore {
    private final TreeMap<String, KeyValue> keys = new TreeMap<>();
    private final Set<Long> leases = new HashSet<>();
    private final List<WatchEvent> history = new ArrayList<>();
    private final Runnable onChange;
    private long revision = 1;

    public ModelStore(Runnable onChange) {
        this.onChange = onChange;
    }

    public void grant(long lease) {
        leases.add(lease);
    }

    /** Ends a lease, by revocation or in time: to its keys it is the same. */
    public void revoke(long lease) {
        leases.remove(lease);
        List<Txn.Op> deletions = new ArrayList<>();
        keys.values().stream()
                .filter(each -> each.lease() == lease)
                .forEach(each -> deletions.add(new Txn.Delete(each.key())));
        commit(new Txn(List.of(), deletions, List.of()));
    }

    public void put(String key, String value) {
        commit(new Txn(List.of(), List.of(new Txn.Put(key, value, 0)), List.of()));
    }

    public void delete(String key) {
        commit(new Txn(List.of(), List.of(new Txn.Delete(key)), List.of()));
    }

    /** As etcd#18089 does: no watcher is told. */
    public void deleteUntold(String key) {
        delete(key);
        history.remove(history.size() - 1);
    }

    @Nullable
    KeyValue get(String key) {
        return keys.get(key);
    }

    public List<KeyValue> range(String prefix) {
        return keys.values().stream()
                .filter(each -> each.key().startsWith(prefix))
                .sorted(Comparator.comparingLong(KeyValue::createRevision))
                .toList();
    }

    public List<WatchEvent> since(String prefix, long fromRevision) {
        return history.stream()
                .filter(each -> each.revision() >= fromRevision && each.key().startsWith(prefix))
                .toList();
    }

    public TxnResult commit(Txn txn) {
        requireLeases(ops(txn));
        int changesBefore = history.size();
        TxnResult result = perform(txn);
        if (history.size() > changesBefore) {
            revision++;
            onChange.run();
        }
        return new TxnResult(result.succeeded(), revision, result.ops());
    }

    private List<Txn.Op> ops(Txn txn) {
        return txn.compares().stream().allMatch(this::holds) ? txn.then() : txn.orElse();
    }

    private void requireLeases(List<Txn.Op> ops) {
        for (Txn.Op op : ops) {
            if (op instanceof Txn.Put put && put.lease() != 0 && !leases.contains(put.lease())) {
                throw new StoreException(StoreException.Kind.LEASE_NOT_FOUND, "requested lease not found", null);
            } else if (op instanceof Txn.Nested nested) {
                requireLeases(ops(nested.txn()));
            }
        }
    }

    private TxnResult perform(Txn txn) {
        boolean holds = txn.compares().stream().allMatch(this::holds);
        List<TxnResult.OpResult> results = new ArrayList<>();
        (holds ? txn.then() : txn.orElse()).forEach(op -> results.add(result(op)));
        return new TxnResult(holds, revision, results);
    }

    private TxnResult.OpResult result(Txn.Op op) {
        return op instanceof Txn.Nested nested
                ? new TxnResult.Inner(perform(nested.txn()))
                : new TxnResult.Found(apply(op));
    }

    private boolean holds(Txn.Compare compare) {
        KeyValue found = keys.get(compare.key());
        long actual = 0;
        if (found != null) {
            actual = switch (compare.target()) {
                case CREATE_REVISION -> found.createRevision();
                case MOD_REVISION -> found.modRevision();
            };
        }
        return actual == compare.revision();
    }

    private List<KeyValue> apply(Txn.Op op) {
        if (op instanceof Txn.Get get) {
            KeyValue found = keys.get(get.key());
            return found == null ? List.of() : List.of(found);
        } else if (op instanceof Txn.Range range) {
            return range(range.prefix());
        } else if (op instanceof Txn.Put put) {
            KeyValue before = keys.get(put.key());
            long created = before == null ? revision + 1 : before.createRevision();
            KeyValue after = new KeyValue(put.key(), put.value(), created, revision + 1, put.lease());
            keys.put(put.key(), after);
            history.add(new WatchEvent.Put(after));
        } else if (op instanceof Txn.Delete delete) {
            if (keys.remove(delete.key()) != null) {
                history.add(new WatchEvent.Deleted(delete.key(), revision + 1));
            }
        } else {
            throw new IllegalArgumentException("not used by the machines: " + op);
        }
        return List.of();
    }
}
