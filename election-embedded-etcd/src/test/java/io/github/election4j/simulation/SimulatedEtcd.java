package io.github.election4j.simulation;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.github.election4j.embedded.internal.model.EtcdModel;
import io.github.election4j.embedded.internal.model.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The model, at its place in virtual time. */
final class SimulatedEtcd {
    private static final long SCAN_NANOS = Duration.ofMillis(500).toNanos();

    private final VirtualTime time;
    private final EtcdModel model;
    private final List<SimulatedWatch> watches = new ArrayList<>();
    private long pausedUntil;

    SimulatedEtcd(VirtualTime time) {
        this.time = time;
        AtomicLong leases = new AtomicLong(0x1000);
        this.model = new EtcdModel(new ModelSettings(1, 1, Duration.ofSeconds(2), leases::incrementAndGet));
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

    /** Comes back with all data; every lease has its whole time again, and no watch has survived. */
    void restart() {
        perform(() -> model.renewLeases(time.now()));
        List.copyOf(watches).forEach(SimulatedWatch::breakOff);
    }

    void deleteAny(String prefix, Chance chance) {
        List<String> keys = keys(prefix);
        if (!keys.isEmpty()) {
            ByteString key = ByteString.copyFromUtf8(keys.get(chance.below(keys.size())));
            perform(() -> {
                var unused = model.deleteRange(
                        DeleteRangeRequest.newBuilder().setKey(key).build());
            });
        }
    }

    void revokeAny(Chance chance) {
        List<Long> leases = model.leases();
        if (!leases.isEmpty()) {
            long lease = leases.get(chance.below(leases.size()));
            perform(() -> {
                if (model.leases().contains(lease)) {
                    var unused = model.leaseRevoke(
                            LeaseRevokeRequest.newBuilder().setID(lease).build());
                }
            });
        }
    }

    void compact(long last) {
        long present = model.header().getRevision();
        if (present > last) {
            var unused = model.compact(
                    CompactionRequest.newBuilder().setRevision(present).build());
        }
    }

    private List<String> keys(String prefix) {
        return model.range(Translation.prefix(prefix)).getKvsList().stream()
                .map(each -> each.getKey().toStringUtf8())
                .toList();
    }

    private void scan() {
        perform(() -> model.expireLeases(time.now()));
        time.in(SCAN_NANOS, this::scan);
    }
}
