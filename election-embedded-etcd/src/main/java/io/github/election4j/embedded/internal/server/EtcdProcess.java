package io.github.election4j.embedded.internal.server;

import io.github.election4j.embedded.EmbeddedEtcdException;
import io.github.election4j.embedded.Faults;
import io.github.election4j.embedded.ServerClock;
import io.github.election4j.embedded.internal.model.EtcdModel;
import io.github.election4j.embedded.internal.model.ModelSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One etcd: its model, the thread that owns it, the port it listens at, and its faults. Thread-safe. */
public final class EtcdProcess implements Faults, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EtcdProcess.class);
    private static final Duration MINIMUM_LEASE = Duration.ofSeconds(2);
    private static final long KEPT_REVISIONS = 10_000;
    private static final long CLUSTER_ID = 0x656d626564646564L;
    private static final long MEMBER_ID = 0x65746364L;

    private final Owner owner;
    private final Gate gate;
    private final LeaseService leases;
    private final WatchService watches;
    private final Listener listener;

    private EtcdProcess(int port) {
        owner = new Owner(model(), "election4j-embedded-etcd");
        gate = new Gate(owner);
        leases = new LeaseService(owner, gate);
        watches = new WatchService(owner, gate);
        listener = new Listener(
                port,
                gate,
                new KvService(owner, gate),
                leases,
                watches,
                new AdminServices.Maintenance(owner, gate),
                new AdminServices.Cluster(owner, gate, () -> "http://127.0.0.1:" + port()));
    }

    static EtcdModel model() {
        // A lease of an etcd that is gone must not be taken for one of this: as in etcd, no two have the same id.
        AtomicLong leaseIds = new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 32, 1L << 62));
        return new EtcdModel(
                new ModelSettings(CLUSTER_ID, MEMBER_ID, MINIMUM_LEASE, KEPT_REVISIONS, leaseIds::incrementAndGet));
    }

    /**
     * {@return one that listens}
     *
     * @param port the port; 0 for any that is free
     */
    public static EtcdProcess start(int port) {
        EtcdProcess process = new EtcdProcess(port);
        try {
            process.open();
        } catch (EmbeddedEtcdException failed) {
            process.close();
            throw failed;
        }
        log.warn(
                "Embedded etcd at 127.0.0.1:{}: its data are in memory only and die with this process. It is for"
                        + " development and tests.",
                process.port());
        return process;
    }

    /** {@return the port it listens at} */
    public int port() {
        return listener.port();
    }

    /** {@return its clock} */
    public ServerClock clock() {
        return new OwnedClock(owner);
    }

    @Override
    public void pause() {
        owner.pause();
    }

    @Override
    public void resume() {
        owner.resume();
    }

    @Override
    public void silence() {
        owner.run(() -> gate.silent(true));
    }

    @Override
    public void speak() {
        owner.run(() -> gate.silent(false));
    }

    @Override
    public void dropConnections() {
        crash();
        open();
    }

    @Override
    public void crash() {
        listener.close();
        owner.run(watches::forgetAll);
    }

    @Override
    public void restart() {
        owner.run(() -> owner.model().renewLeases(owner.clock().nanos()));
        open();
    }

    @Override
    public void endWatches() {
        owner.run(watches::completeAll);
    }

    @Override
    public void noLeader() {
        owner.run(() -> {
            gate.leaderless(true);
            watches.failThoseThatRequireALeader();
        });
    }

    @Override
    public void electLeader() {
        owner.run(() -> gate.leaderless(false));
    }

    @Override
    public void commitLate(Predicate<String> key) {
        owner.run(() -> gate.commitLate(key));
    }

    @Override
    public void commitNow() {
        owner.run(gate::commitNow);
    }

    @Override
    public void lieInKeepAlives() {
        owner.run(() -> leases.lying(true));
    }

    @Override
    public void stopLying() {
        owner.run(() -> leases.lying(false));
    }

    @Override
    public void revokeLease(long leaseId) {
        expireLease(leaseId);
    }

    @Override
    public void expireLease(long leaseId) {
        owner.run(() -> {
            if (!owner.model().leases().contains(leaseId)) {
                throw new IllegalArgumentException("No lease " + Long.toHexString(leaseId) + " lives here");
            }
            owner.model().expireLease(leaseId);
        });
    }

    @Override
    public Set<Long> leases() {
        return owner.call(() -> Set.copyOf(owner.model().leases()));
    }

    @Override
    public void close() {
        listener.close();
        owner.close();
    }

    private void open() {
        try {
            listener.open();
        } catch (IOException e) {
            throw new EmbeddedEtcdException(
                    "The embedded etcd cannot listen at 127.0.0.1:" + listener.port() + ": " + reason(e)
                            + ". Name another port, or 0 for any that is free.",
                    reason(e));
        }
    }

    /** Netty tells of a port in use by an exception within another. */
    private static Throwable reason(IOException failed) {
        return failed.getCause() == null ? failed : failed.getCause();
    }
}
