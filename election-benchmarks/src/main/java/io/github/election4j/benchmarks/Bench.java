package io.github.election4j.benchmarks;

import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Results;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.store.Kind;
import io.github.election4j.benchmarks.store.Store;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What scenarios share: whom to compare, on what, where figures go. */
public final class Bench {
    private final List<Peer> peers;
    private final boolean embedded;
    private final Results results;
    private boolean warm;

    Bench(List<Peer> peers, boolean embedded, Results results) {
        this.peers = List.copyOf(peers);
        this.embedded = embedded;
        this.results = results;
    }

    /** {@return whom to compare: those for which everything is there} */
    public List<Peer> peers() {
        return peers;
    }

    /** {@return what a peer coordinates through in this run} */
    public Kind kind(Peer peer) {
        return embedded && peer.store() == Kind.ETCD ? Kind.EMBEDDED_ETCD : peer.store();
    }

    /** {@return whether etcd is the embedded one, which has no cluster and no metrics} */
    public boolean embedded() {
        return embedded;
    }

    /** {@return what tables call a peer, or a part of what is measured of it} */
    public String subject(Peer peer, String name) {
        return kind(peer) == Kind.EMBEDDED_ETCD ? name + " (embedded etcd)" : name;
    }

    /** {@return what tables call a peer} */
    public String subject(Peer peer) {
        return subject(peer, peer.name());
    }

    /** {@return a store for a peer alone; the caller closes it} */
    public Store start(Peer peer) {
        return kind(peer).start();
    }

    /** {@return whether whoever asks has to warm this JVM up; true once} */
    public boolean warmUp() {
        boolean cold = !warm;
        warm = true;
        return cold;
    }

    /** Takes figures. */
    public void add(Row row) {
        results.add(row);
    }

    /** Says what goes on. */
    public void progress(String scenario, String what) {
        System.err.println(
                LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  " + scenario + ": " + what);
    }

    /** Measures a peer; that it cannot be measured is a result too. */
    public void measure(String scenario, Peer peer, Measurement measurement) throws InterruptedException {
        progress(scenario, peer.name());
        try {
            add(measurement.of(peer));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError failure) {
            fail(scenario, peer, failure);
        }
    }

    /** Takes note that a peer could not be measured. */
    public void fail(String scenario, Peer peer, Throwable failure) {
        progress(scenario, peer.name() + " failed: " + failure);
        add(Row.failed(scenario, subject(peer), failure));
    }

    /** Measures one peer. */
    @FunctionalInterface
    public interface Measurement {
        /** {@return the figures} */
        Row of(Peer peer) throws Exception;
    }
}
