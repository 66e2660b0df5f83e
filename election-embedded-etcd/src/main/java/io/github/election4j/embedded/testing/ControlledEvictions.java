package io.github.election4j.embedded.testing;

import io.github.election4j.EvictOptions;
import io.github.election4j.Eviction;
import io.github.election4j.OperationOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The evictions that last, of a controllable election. Guarded by the election. */
final class ControlledEvictions {
    private final Map<String, Eviction> byId = new TreeMap<>();

    boolean contains(String id) {
        return byId.containsKey(id);
    }

    List<Eviction> list() {
        return List.copyOf(byId.values());
    }

    void add(EvictOptions options, Instant now) {
        Duration duration = options.duration();
        byId.put(
                options.id(),
                new Eviction(
                        options.id(),
                        options.by(),
                        options.reason(),
                        now,
                        duration == null ? null : now.plus(duration)));
    }

    /** What it comes to for one that is back in the queue without it, or not. */
    OperationOutcome cancel(String id, boolean rejoins) {
        if (byId.remove(id) == null) {
            return OperationOutcome.NOT_EVICTED;
        }
        return rejoins ? OperationOutcome.REJOINED : OperationOutcome.EVICTION_CANCELLED;
    }
}
