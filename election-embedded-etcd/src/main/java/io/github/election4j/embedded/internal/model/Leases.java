package io.github.election4j.embedded.internal.model;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leases, when they end, and the keys that go with them. */
final class Leases {
    private static final long LONGEST_TTL_SECONDS = 9_000_000_000L;

    private final Map<Long, Lease> leases = new TreeMap<>();
    private final ModelSettings settings;

    Leases(ModelSettings settings) {
        this.settings = settings;
    }

    static final class Lease {
        private final long id;
        private final long ttlSeconds;
        private final SortedSet<ByteString> keys = new TreeSet<>(Interval.ORDER);
        private long endsAt;

        private Lease(long id, long ttlSeconds) {
            this.id = id;
            this.ttlSeconds = ttlSeconds;
        }

        long id() {
            return id;
        }

        long ttlSeconds() {
            return ttlSeconds;
        }

        SortedSet<ByteString> keys() {
            return keys;
        }

        void renew(long now) {
            // Centuries are as good as for ever, and leave room for comparing by difference.
            long nanos = Math.min(TimeUnit.SECONDS.toNanos(ttlSeconds), Long.MAX_VALUE / 4);
            endsAt = now + nanos;
        }

        long remainingSeconds(long now) {
            return Duration.ofNanos(endsAt - now).toSeconds();
        }
    }

    Lease grant(long wanted, long ttlSeconds, long now) {
        if (ttlSeconds > LONGEST_TTL_SECONDS) {
            throw Errors.leaseTtlTooLarge();
        }
        long id = wanted == 0 ? settings.leaseIds().getAsLong() : wanted;
        if (leases.containsKey(id)) {
            throw Errors.leaseExists();
        }
        Lease lease =
                new Lease(id, Math.max(ttlSeconds, settings.minimumLeaseTtl().toSeconds()));
        lease.renew(now);
        leases.put(id, lease);
        return lease;
    }

    @Nullable
    Lease find(long id) {
        return leases.get(id);
    }

    Lease require(long id) {
        Lease lease = leases.get(id);
        if (lease == null) {
            throw Errors.leaseNotFound();
        }
        return lease;
    }

    List<Long> ids() {
        return List.copyOf(leases.keySet());
    }

    void remove(Lease lease) {
        leases.remove(lease.id);
    }

    /** Lease 0 is none. */
    void move(ByteString key, long from, long to) {
        Lease before = leases.get(from);
        if (before != null) {
            before.keys.remove(key);
        }
        Lease after = leases.get(to);
        if (after != null) {
            after.keys.add(key);
        }
    }

    /** Those that have ended, the first to end first. */
    List<Lease> due(long now) {
        List<Lease> due = new ArrayList<>(leases.values());
        due.removeIf(lease -> lease.endsAt - now > 0);
        due.sort((a, b) -> Long.signum(a.endsAt - b.endsAt));
        return due;
    }

    OptionalLong nextEnd() {
        return leases.values().stream()
                .min((a, b) -> Long.signum(a.endsAt - b.endsAt))
                .map(lease -> OptionalLong.of(lease.endsAt))
                .orElseGet(OptionalLong::empty);
    }

    /** As a restart does: every lease has its whole time again. */
    void renewAll(long now) {
        leases.values().forEach(lease -> lease.renew(now));
    }
}
