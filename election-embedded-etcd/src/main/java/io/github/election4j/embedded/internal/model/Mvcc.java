package io.github.election4j.embedded.internal.model;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keys and their history. A change becomes a revision when it is committed, however much it touches. */
final class Mvcc {
    private final NavigableMap<ByteString, KeyHistory> keys = new TreeMap<>(Interval.ORDER);
    private final NavigableMap<Long, List<KeyValue>> log = new TreeMap<>();
    private List<KeyValue> changes = new ArrayList<>();
    private long revision = 1;
    private long compacted = -1;

    /** The last one committed. */
    long revision() {
        return revision;
    }

    /** History before this revision is gone. */
    long compacted() {
        return compacted;
    }

    /** What reads see: the change that is under way included. */
    long visible() {
        return changes.isEmpty() ? revision : revision + 1;
    }

    @Nullable
    KeyValue get(ByteString key) {
        KeyHistory history = keys.get(key);
        return history == null ? null : history.latest();
    }

    /** What the key was; null if it did not exist, or if that is forgotten. */
    @Nullable
    KeyValue get(ByteString key, long atRevision) {
        KeyHistory history = atRevision < compacted ? null : keys.get(key);
        return history == null ? null : history.at(atRevision);
    }

    List<KeyValue> range(Interval interval, long atRevision) {
        List<KeyValue> found = new ArrayList<>();
        for (KeyHistory history : interval.in(keys).values()) {
            KeyValue version = history.at(atRevision);
            if (version != null) {
                found.add(version);
            }
        }
        return found;
    }

    /** Refuses revisions that are forgotten, or have not come yet; 0 is the present one. */
    void checkReadable(long atRevision) {
        if (atRevision > visible()) {
            throw Errors.futureRevision();
        }
        if (atRevision > 0 && atRevision < compacted) {
            throw Errors.compacted();
        }
    }

    /** As {@link #checkReadable}; but within a transaction etcd takes a negative revision for one long forgotten. */
    void checkReadableInTransaction(long atRevision) {
        if (atRevision != 0 && atRevision < compacted) {
            throw Errors.compacted();
        }
        checkReadable(atRevision);
    }

    void put(ByteString key, ByteString value, long lease) {
        KeyHistory history = keys.computeIfAbsent(key, absent -> new KeyHistory());
        KeyValue before = history.latest();
        KeyValue version = KeyValue.newBuilder()
                .setKey(key)
                .setValue(value)
                .setLease(lease)
                .setModRevision(revision + 1)
                .setCreateRevision(before == null ? revision + 1 : before.getCreateRevision())
                .setVersion(before == null ? 1 : before.getVersion() + 1)
                .build();
        history.add(version);
        changes.add(version);
    }

    /** Deletes a key that exists. */
    void delete(ByteString key) {
        KeyHistory history = keys.get(key);
        if (history != null) {
            KeyValue deletion = KeyValue.newBuilder()
                    .setKey(key)
                    .setModRevision(revision + 1)
                    .build();
            history.add(deletion);
            changes.add(deletion);
        }
    }

    /** Makes a revision of what was changed; returns the changes in order, none if there was nothing. */
    List<KeyValue> commit() {
        if (changes.isEmpty()) {
            return List.of();
        }
        List<KeyValue> committed = changes;
        revision++;
        log.put(revision, committed);
        changes = new ArrayList<>();
        return committed;
    }

    /** What was committed from a revision on, by revision. */
    NavigableMap<Long, List<KeyValue>> since(long fromRevision) {
        return log.tailMap(fromRevision, true);
    }

    /** Compacts what lies further back than so many revisions. */
    void keep(long revisions) {
        if (revision - revisions > Math.max(compacted, 0)) {
            compact(revision - revisions);
        }
    }

    void compact(long toRevision) {
        if (toRevision <= compacted) {
            throw Errors.compacted();
        }
        if (toRevision > revision) {
            throw Errors.futureRevision();
        }
        compacted = toRevision;
        // The revision itself stays readable.
        List<ByteString> touched = new ArrayList<>();
        NavigableMap<Long, List<KeyValue>> old = log.headMap(toRevision, true);
        for (Map.Entry<Long, List<KeyValue>> entry : old.entrySet()) {
            entry.getValue().forEach(change -> touched.add(change.getKey()));
        }
        log.headMap(toRevision, false).clear();
        for (ByteString key : touched) {
            KeyHistory history = keys.get(key);
            if (history != null && history.compact(toRevision)) {
                keys.remove(key);
            }
        }
        // Of the revision itself a watcher is told what is still there; etcd 3.4 forgets its deletions.
        log.computeIfPresent(
                toRevision,
                (revision, all) -> all.stream()
                        .filter(change -> change.equals(get(change.getKey(), toRevision)))
                        .toList());
    }
}
