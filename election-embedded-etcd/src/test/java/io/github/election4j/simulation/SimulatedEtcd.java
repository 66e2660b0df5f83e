package io.github.election4j.simulation;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.github.election4j.embedded.internal.model.EtcdModel;
import io.github.election4j.embedded.internal.model.ModelSettings;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** The model, at its place in virtual time. */
final class SimulatedEtcd {
    private static final long LONGEST_VALIDITY_NANOS = Duration.ofSeconds(6).toNanos();
    private static final long SCAN_NANOS = Duration.ofMillis(500).toNanos();

    private final VirtualTime time;
    private final AtomicLong leases = new AtomicLong(0x1000);
    private EtcdModel model;
    private final List<SimulatedWatch> watches = new ArrayList<>();
    private final Taken taken;
    /** Marks that an operator has deleted, and since when nobody has stood there. */
    private final Map<String, Long> unmarked = new HashMap<>();

    private final Map<String, Long> emptied = new HashMap<>();
    private long pausedUntil;
    private long refusesUntil;
    private long compacted = 1;

    /** Hears of a candidacy that is gone. */
    interface Taken {
        void away(String key, long createRevision);
    }

    /** It hears of each candidacy that somebody other than its owner has taken away. */
    SimulatedEtcd(VirtualTime time, Taken taken) {
        this.time = time;
        this.taken = taken;
        this.model = empty();
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

    private EtcdModel empty() {
        return new EtcdModel(new ModelSettings(1, 1, Duration.ofSeconds(2), 10_000, leases::incrementAndGet));
    }

    /**
     * Comes back without any data, and its revisions begin again. The rules ask that no process that knows nothing of
     * an election enters it before everybody who may have led has stopped.
     */
    void loseEverything(List<Contest> contests) {
        perform(() -> {
            candidacies().forEach(each -> taken.away(each.getKey().toStringUtf8(), each.getCreateRevision()));
            model = empty();
            compacted = 1;
            contests.forEach(each -> emptied.put(each.keys().mark(), time.now()));
        });
        List.copyOf(watches).forEach(SimulatedWatch::breakOff);
    }

    /** A copy of a process, with its lease, has sent a beat of its own. */
    void beatByTwin(Chance chance) {
        List<KeyValue> beats = model.range(Translation.range(KeyRange.prefix("/election4j/beat/")))
                .getKvsList();
        if (!beats.isEmpty()) {
            KeyValue beat = beats.get(chance.below(beats.size()));
            perform(() -> {
                if (model.leases().contains(beat.getLease())) {
                    var unused = model.put(PutRequest.newBuilder()
                            .setKey(beat.getKey())
                            .setValue(ByteString.copyFromUtf8("twin"))
                            .setLease(beat.getLease())
                            .build());
                }
            });
        }
    }

    void deleteAny(KeyRange keys, Chance chance) {
        List<String> found = keys(keys);
        if (!found.isEmpty()) {
            delete(found.get(chance.below(found.size())));
        }
    }

    void deleteFirst(KeyRange keys) {
        keys(keys).stream().findFirst().ifPresent(this::delete);
    }

    void deleteAll(KeyRange keys) {
        keys(keys).forEach(this::delete);
    }

    /**
     * An operator deletes a mark. The rules ask that nobody enters before somebody who stands has written it again, or
     * everybody who may have led has stopped; who does it by hand has to see to that.
     */
    void deleteMark(Contest contest) {
        if (!keys(single(contest.keys().mark())).isEmpty()) {
            delete(contest.keys().mark());
            unmarked.put(contest.keys().mark(), time.now());
        }
    }

    /** Whether somebody would enter an election whose mark an operator has deleted. */
    boolean keepsOut(Txn txn, Set<String> entered) {
        return Translation.entries(txn).stream()
                .filter(each -> keys(single(each.key())).isEmpty())
                .map(Translation.Entry::mark)
                .anyMatch(mark -> (unmarked.containsKey(mark) && stillUnmarked(mark))
                        || (emptied.containsKey(mark)
                                && !entered.contains(mark)
                                && time.now() - emptied.get(mark) < LONGEST_VALIDITY_NANOS));
    }

    private static KeyRange single(String key) {
        return new KeyRange(key, key + '\0');
    }

    private boolean stillUnmarked(String mark) {
        String prefix = mark.substring(0, mark.indexOf(".~")) + "/";
        boolean written = !keys(single(mark)).isEmpty();
        boolean stands = !keys(KeyRange.prefix(prefix)).isEmpty();
        if (stands) {
            unmarked.put(mark, time.now());
        }
        return !written && time.now() - unmarked.getOrDefault(mark, time.now()) < LONGEST_VALIDITY_NANOS;
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

    void compact() {
        long present = model.header().getRevision();
        if (present > compacted) {
            var unused = model.compact(
                    CompactionRequest.newBuilder().setRevision(present).build());
            compacted = present;
        }
    }

    private List<String> keys(KeyRange keys) {
        return model.range(Translation.range(keys)).getKvsList().stream()
                .map(each -> each.getKey().toStringUtf8())
                .toList();
    }

    private void takeAway(Runnable work) {
        takeAway(
                () -> {
                    work.run();
                    return true;
                },
                lease -> false);
    }

    /** Does something that may take candidacies away from others than the owner of these leases. */
    <T> T takeAway(Supplier<T> work, LongPredicate ownLease) {
        List<KeyValue> before = candidacies();
        T result = work.get();
        List<KeyValue> after = candidacies();
        for (KeyValue each : before) {
            boolean stands = after.stream()
                    .anyMatch(other -> other.getKey().equals(each.getKey())
                            && other.getCreateRevision() == each.getCreateRevision());
            if (!stands && !ownLease.test(each.getLease())) {
                taken.away(each.getKey().toStringUtf8(), each.getCreateRevision());
            }
        }
        return result;
    }

    /** The create revisions of what stands in a queue. */
    Set<Long> candidacies(Contest contest) {
        Set<Long> found = new HashSet<>();
        candidacies().stream()
                .filter(each -> contest.keys().isPlace(each.getKey().toStringUtf8()))
                .forEach(each -> found.add(each.getCreateRevision()));
        return found;
    }

    private List<KeyValue> candidacies() {
        return model.range(Translation.range(KeyRange.prefix(Simulation.ALL))).getKvsList();
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
