package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Closing;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Times;
import io.github.election4j.benchmarks.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * The peers in a scenario, each with a store of its own. One that fails gets a row that says so, and is left out of
 * what the others do from then on.
 */
final class Entrants implements AutoCloseable {
    private final Bench bench;
    private final String scenario;
    private final Random random = new Random(1);
    private final List<Entrant> all = new ArrayList<>();
    private final List<Entrant> left;

    Entrants(Bench bench, String scenario) {
        this(bench, scenario, bench.peers());
    }

    Entrants(Bench bench, String scenario, List<Peer> peers) {
        this.bench = bench;
        this.scenario = scenario;
        peers.forEach(this::enter);
        left = new ArrayList<>(all);
    }

    /** Does something with each that has not failed, one after the other, in the order in which tables show them. */
    void each(Work work) throws InterruptedException {
        each(List.copyOf(left), work);
    }

    /** Does something with each that has not failed, one after the other, in another order each time. */
    void eachShuffled(Work work) throws InterruptedException {
        each(shuffled(), work);
    }

    /** {@return what came of doing something with each that has not failed, at the same time} */
    <T> Map<Peer, T> together(Question<T> work) throws InterruptedException {
        Map<Entrant, CompletableFuture<T>> running = new LinkedHashMap<>();
        shuffled().forEach(each -> running.put(each, InBackground.run(() -> work.with(each))));
        Map<Peer, T> results = new LinkedHashMap<>();
        each(each -> results.put(each.peer(), InBackground.await(running.get(each))));
        return results;
    }

    @Override
    public void close() {
        Closing.all(all.stream().map(Entrant::store).toList());
    }

    private void enter(Peer peer) {
        try {
            all.add(new Entrant(peer, bench.start(peer)));
        } catch (Exception | AssertionError failure) {
            bench.fail(scenario, peer, failure);
        }
    }

    private List<Entrant> shuffled() {
        List<Entrant> order = new ArrayList<>(left);
        Collections.shuffle(order, random);
        return order;
    }

    private void each(List<Entrant> order, Work work) throws InterruptedException {
        for (Entrant entrant : order) {
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

    /** What is done with one. */
    @FunctionalInterface
    interface Work {
        void with(Entrant entrant) throws Exception;
    }

    /** What is asked of one. */
    @FunctionalInterface
    interface Question<T> {
        T with(Entrant entrant) throws Exception;
    }

    /** One of them, and what was measured of it. */
    static final class Entrant {
        private final Peer peer;
        private final Store store;
        private final List<Long> took = new ArrayList<>();

        Entrant(Peer peer, Store store) {
            this.peer = peer;
            this.store = store;
        }

        Peer peer() {
            return peer;
        }

        Store store() {
            return store;
        }

        /** Adds a duration. */
        void took(long nanos) {
            took.add(nanos);
        }

        Times times() {
            return Times.of(took);
        }
    }
}
