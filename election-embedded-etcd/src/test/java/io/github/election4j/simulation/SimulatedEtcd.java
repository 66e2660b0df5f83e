package io.github.election4j.simulation;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.github.election4j.embedded.internal.model.EtcdModel;
import io.github.election4j.embedded.internal.model.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** The model, at its place in virtual time. */
final class SimulatedEtcd {
    private static final long SCAN_NANOS = Duration.ofMillis(500).toNanos();

    private final VirtualTime time;
    private final EtcdModel model;
    private final List<SimulatedWatch> watches = new ArrayList<>();
    private final LongConsumer taken;
    private long pausedUntil;
    private long refusesUntil;
    private long compacted = 1;

    /** The consumer hears of each candidacy that somebody other than its owner has taken away. */
    SimulatedEtcd(VirtualTime time, LongConsumer taken) {
        this.time = time;
        this.taken = taken;
        AtomicLong leases = new AtomicLong(0x1000);
        this.model = new EtcdModel(new ModelSettings(1, 1, Duration.ofSeconds(2), 10_000, leases::incrementAndGet));
        scan();
    }

    EtcdModel model() {
        return model;
    }

    /** Does something as soon as this does anything, and then tells its watchers. */
    void perform(Runnable work) {
        if (time.now() < pausedUntil) {
            time.at(pausedUntil, () -> perform(work));
            return;
        }
        work.run();
        List.copyOf(watches).forEach(SimulatedWatch::collect);
    }

    void open(SimulatedWatch watch) {
        watches.add(watch);
    }

    void forget(SimulatedWatch watch) {
        watches.remove(watch);
    }

    /** Stands still, as a process that is stopped. */
    void pause(Duration length) {
        pausedUntil = time.now() + length.toNanos();
    }

    /** Has no space for anything new for a while. */
    void refuseWrites(Duration length) {
        refusesUntil = time.now() + length.toNanos();
    }

    boolean refusesWrites() {
        return time.now() < refusesUntil;
    }

    void peace() {
        pausedUntil = time.now();
        refusesUntil = time.now();
    }

    /** A revision that a reader may be shown by a server that lags behind: reads need not be linearizable. */
    long someRevision(Chance chance) {
        long present = model.header().getRevision();
        return Math.max(compacted, present - chance.below(20));
    }

    /** Comes back with all data; every lease has its whole time again, and no watch has survived. */
    void restart() {
        perform(() -> model.renewLeases(time.now()));
        List.copyOf(watches).forEach(SimulatedWatch::breakOff);
    }

    void deleteAny(String prefix, Chance chance) {
        List<String> keys = keys(prefix);
        if (!keys.isEmpty()) {
            delete(keys.get(chance.below(keys.size())));
        }
    }

    void deleteFirst(String prefix) {
        keys(prefix).stream().findFirst().ifPresent(this::delete);
    }

    private void delete(String key) {
        DeleteRangeRequest request = DeleteRangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(key))
                .build();
        perform(() -> takeAway(() -> {
            var unused = model.deleteRange(request);
        }));
    }

    void revokeAny(Chance chance) {
        List<Long> leases = model.leases();
        if (!leases.isEmpty()) {
            long lease = leases.get(chance.below(leases.size()));
            perform(() -> takeAway(() -> {
                if (model.leases().contains(lease)) {
                    var unused = model.leaseRevoke(
                            LeaseRevokeRequest.newBuilder().setID(lease).build());
                }
            }));
        }
    }

    void compact(long last) {
        long present = model.header().getRevision();
        if (present > last) {
            var unused = model.compact(
                    CompactionRequest.newBuilder().setRevision(present).build());
            compacted = present;
        }
    }

    private List<String> keys(String prefix) {
        return model.range(Translation.prefix(prefix)).getKvsList().stream()
                .map(each -> each.getKey().toStringUtf8())
                .toList();
    }

    private void takeAway(Runnable work) {
        Set<Long> before = candidacies();
        work.run();
        before.removeAll(candidacies());
        before.forEach(taken::accept);
    }

    /** The create revisions of what stands in the queue. */
    Set<Long> candidacies() {
        Set<Long> found = new HashSet<>();
        model.range(Translation.prefix(Simulation.KEY + "/"))
                .getKvsList()
                .forEach(each -> found.add(each.getCreateRevision()));
        return found;
    }

    private void scan() {
        perform(() -> {
            OptionalLong next = model.nextExpiryNanos();
            if (next.isPresent() && next.getAsLong() <= time.now()) {
                takeAway(() -> model.expireLeases(time.now()));
            }
        });
        time.in(SCAN_NANOS, this::scan);
    }
}
