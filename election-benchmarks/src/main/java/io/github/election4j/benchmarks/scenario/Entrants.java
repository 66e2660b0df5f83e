package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Times;
import io.github.election4j.benchmarks.store.Store;
import java.util.ArrayList;
import java.util.List;

/** The peers in a scenario, each with a store of its own. Who fails is told of, and takes part no longer. */
final class Entrants implements AutoCloseable {
    private final Bench bench;
    private final String scenario;
    private final List<Entrant> all = new ArrayList<>();
    private final List<Entrant> left;

    Entrants(Bench bench, String scenario) {
        this.bench = bench;
        this.scenario = scenario;
        bench.peers().forEach(peer -> all.add(new Entrant(peer, bench.start(peer))));
        left = new ArrayList<>(all);
    }

    /** {@return those that have not failed} */
    List<Entrant> left() {
        return List.copyOf(left);
    }

    /** Does something with each that is left. */
    void each(Work work) throws InterruptedException {
        for (Entrant entrant : left()) {
            try {
                work.with(entrant);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | AssertionError failure) {
                bench.fail(scenario, entrant.peer(), failure);
                left.remove(entrant);
            }
        }
    }

    @Override
    public void close() {
        all.forEach(each -> each.store().close());
    }

    /** What is done with one. */
    @FunctionalInterface
    interface Work {
        void with(Entrant entrant) throws Exception;
    }

    /**
     * One of them.
     *
     * @param took what was measured, in nanoseconds
     */
    record Entrant(Peer peer, Store store, List<Long> took) {
        Entrant(Peer peer, Store store) {
            this(peer, store, new ArrayList<>());
        }

        String name() {
            return peer.name();
        }

        Times times() {
            return Times.of(took);
        }
    }
}
