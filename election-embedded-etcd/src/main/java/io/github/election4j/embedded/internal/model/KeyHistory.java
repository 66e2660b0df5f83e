package io.github.election4j.embedded.internal.model;

import io.etcd.jetcd.api.KeyValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of one key, oldest first. A deletion is one of version 0. */
final class KeyHistory {
    private final List<KeyValue> versions = new ArrayList<>(2);

    void add(KeyValue version) {
        versions.add(version);
    }

    @Nullable
    KeyValue latest() {
        return at(Long.MAX_VALUE);
    }

    /** What the key was at a revision; null if it did not exist. */
    @Nullable
    KeyValue at(long revision) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            KeyValue version = versions.get(i);
            if (version.getModRevision() <= revision) {
                return isDeletion(version) ? null : version;
            }
        }
        return null;
    }

    /** Forgets what was replaced or deleted at or before a revision; returns whether nothing is left. */
    boolean compact(long revision) {
        int last = -1;
        for (int i = 0; i < versions.size() && versions.get(i).getModRevision() <= revision; i++) {
            last = i;
        }
        if (last >= 0) {
            int keepFrom = isDeletion(versions.get(last)) ? last + 1 : last;
            versions.subList(0, keepFrom).clear();
        }
        return versions.isEmpty();
    }

    static boolean isDeletion(KeyValue version) {
        return version.getVersion() == 0;
    }
}
