package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.util.Collection;
import java.util.Collections;
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
    private final Map<String, V> byKey = new TreeMap<>();
    private long asOf;

    KeptBeside(String prefix, Function<KeyValue, V> reader) {
        this.prefix = prefix;
        this.reader = reader;
    }

    @Nullable
    V find(String key) {
        return byKey.get(key);
    }

    /** In the order of the keys. */
    Collection<V> values() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** Takes in the whole range as it was read, unless newer is known. */
    void replace(Collection<KeyValue> range, long revision) {
        if (revision >= asOf) {
            byKey.clear();
            range.stream().filter(each -> holds(each.key())).forEach(each -> byKey.put(each.key(), reader.apply(each)));
            asOf = revision;
        }
    }

    void apply(WatchEvent event) {
        if (holds(event.key()) && event.revision() >= asOf) {
            if (event instanceof WatchEvent.Put put) {
                byKey.put(event.key(), reader.apply(put.keyValue()));
            } else {
                byKey.remove(event.key());
            }
            asOf = event.revision();
        }
    }

    /** Another history. */
    void forget() {
        byKey.clear();
        asOf = 0;
    }

    private boolean holds(String key) {
        return key.startsWith(prefix) && key.length() > prefix.length();
    }
}
