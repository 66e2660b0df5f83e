package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * P3: what is kept beside the queue under one prefix, by key, as of the newest revision that told of it. Confined to
 * its machine.
 *
 * @param <V> what a key says
 */
final class KeptBeside<V> {
    private final String prefix;
    private final Function<KeyValue, V> reader;
    private final Map<String, Read<V>> byKey = new TreeMap<>();
    private @Nullable List<V> listed;
    private long asOf;

    KeptBeside(String prefix, Function<KeyValue, V> reader) {
        this.prefix = prefix;
        this.reader = reader;
    }

    /** What a key said in the revision in which it was written: it is not read again while it says the same. */
    private record Read<V>(long modRevision, V value) {}

    @Nullable
    V find(String key) {
        Read<V> found = byKey.get(key);
        return found == null ? null : found.value();
    }

    /** In their order. */
    List<String> keys() {
        return List.copyOf(byKey.keySet());
    }

    /** In the order of the keys. */
    List<V> list() {
        List<V> present = listed;
        if (present == null) {
            present = byKey.values().stream().map(Read::value).toList();
            listed = present;
        }
        return present;
    }

    /** Takes in the whole range as it was read, unless newer is known. */
    void replace(Collection<KeyValue> range, long revision) {
        if (revision >= asOf) {
            Map<String, Read<V>> known = new TreeMap<>(byKey);
            byKey.clear();
            range.stream().filter(each -> holds(each.key())).forEach(each -> {
                Read<V> same = known.get(each.key());
                byKey.put(each.key(), same != null && same.modRevision() == each.modRevision() ? same : read(each));
            });
            changed(revision);
        }
    }

    void apply(WatchEvent event) {
        if (holds(event.key()) && event.revision() >= asOf) {
            if (event instanceof WatchEvent.Put put) {
                byKey.put(event.key(), read(put.keyValue()));
            } else {
                byKey.remove(event.key());
            }
            changed(event.revision());
        }
    }

    /** Another history. */
    void forget() {
        byKey.clear();
        changed(0);
    }

    private Read<V> read(KeyValue found) {
        return new Read<>(found.modRevision(), reader.apply(found));
    }

    private void changed(long revision) {
        asOf = revision;
        listed = null;
    }

    private boolean holds(String key) {
        return key.startsWith(prefix) && key.length() > prefix.length();
    }
}
