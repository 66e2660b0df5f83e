package io.github.election4j.embedded.internal.model;

import io.etcd.jetcd.api.KeyValue;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The versions of one key, by the revision that left it so. A deletion is one of version 0. */
final class KeyHistory {
    private final NavigableMap<Long, KeyValue> versions = new TreeMap<>();

    /** Of several changes at one revision the last is what stays. */
    void add(KeyValue version) {
        versions.put(version.getModRevision(), version);
    }

    @Nullable
    KeyValue latest() {
        return at(Long.MAX_VALUE);
    }

    /** What the key was at a revision; null if it did not exist. */
    @Nullable
    KeyValue at(long revision) {
        Map.Entry<Long, KeyValue> last = versions.floorEntry(revision);
        return last == null || isDeletion(last.getValue()) ? null : last.getValue();
    }

    /** Forgets what was replaced or deleted at or before a revision; returns whether nothing is left. */
    boolean compact(long revision) {
        Map.Entry<Long, KeyValue> last = versions.floorEntry(revision);
        if (last != null) {
            versions.headMap(last.getKey(), isDeletion(last.getValue())).clear();
        }
        return versions.isEmpty();
    }

    static boolean isDeletion(KeyValue version) {
        return version.getVersion() == 0;
    }
}
