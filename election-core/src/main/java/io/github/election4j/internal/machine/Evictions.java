package io.github.election4j.internal.machine;

import io.github.election4j.Eviction;
import io.github.election4j.internal.wire.EvictionValue;
import io.github.election4j.internal.wire.ForeignText;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * P3: the evictions beside the queue, by their keys, as of the newest revision that told of them. Confined to its
 * machine.
 */
final class Evictions {
    private final ElectionKeys keys;
    private final Map<String, EvictionValue> byKey = new TreeMap<>();
    private long asOf;
    private @Nullable List<Eviction> listed;

    Evictions(ElectionKeys keys) {
        this.keys = keys;
    }

    boolean evicts(String id) {
        return byKey.containsKey(keys.eviction(id));
    }

    List<Eviction> list() {
        if (listed == null) {
            listed = byKey.entrySet().stream()
                    .map(each -> describe(each.getKey(), each.getValue()))
                    .toList();
        }
        return listed;
    }

    /** Takes in the whole range as it was read, unless newer is known. */
    void replace(List<KeyValue> range, long revision) {
        if (revision >= asOf) {
            byKey.clear();
            range.stream()
                    .filter(each -> isEviction(each.key()))
                    .forEach(each -> byKey.put(each.key(), EvictionValue.parse(each.value())));
            changed(revision);
        }
    }

    void apply(WatchEvent event) {
        if (isEviction(event.key()) && event.revision() >= asOf) {
            if (event instanceof WatchEvent.Put put) {
                byKey.put(event.key(), EvictionValue.parse(put.keyValue().value()));
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

    private boolean isEviction(String key) {
        return key.startsWith(keys.evictions())
                && key.length() > keys.evictions().length();
    }

    private void changed(long revision) {
        asOf = revision;
        listed = null;
    }

    private Eviction describe(String key, EvictionValue value) {
        return new Eviction(
                ForeignText.legible(key.substring(keys.evictions().length()), EvictionValue.LONGEST_ID),
                value.by(),
                value.reason(),
                time(value.sinceMillis()),
                time(value.untilMillis()));
    }

    private static @Nullable Instant time(long millis) {
        return millis <= 0 ? null : Instant.ofEpochMilli(millis);
    }
}
