package io.github.election4j.internal.machine;

import io.github.election4j.Eviction;
import io.github.election4j.internal.wire.EvictionValue;
import io.github.election4j.internal.wire.ForeignText;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** P3: the evictions beside the queue. Confined to its machine. */
final class Evictions {
    private final ElectionKeys keys;
    private final KeptBeside<Eviction> kept;

    Evictions(ElectionKeys keys) {
        this.keys = keys;
        this.kept = new KeptBeside<>(keys.evictions(), this::describe);
    }

    boolean evicts(String id) {
        return of(id) != null;
    }

    @Nullable
    Eviction of(String id) {
        return kept.find(keys.eviction(id));
    }

    List<Eviction> list() {
        return kept.list();
    }

    void replace(List<KeyValue> range, long revision) {
        kept.replace(range, revision);
    }

    void apply(WatchEvent event) {
        kept.apply(event);
    }

    void forget() {
        kept.forget();
    }

    private Eviction describe(KeyValue found) {
        EvictionValue value = EvictionValue.parse(found.value());
        return new Eviction(
                ForeignText.legible(found.key().substring(keys.evictions().length()), EvictionValue.LONGEST_ID),
                value.by(),
                value.reason(),
                time(value.sinceMillis()),
                time(value.untilMillis()));
    }

    private static @Nullable Instant time(long millis) {
        return millis <= 0 ? null : Instant.ofEpochMilli(millis);
    }
}
