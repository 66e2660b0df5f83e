package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.peer.Peers;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.result.Times;
import io.github.election4j.benchmarks.store.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A leader gives up, and another one leads. In each round everybody has a turn, the floor too, in a shuffled order. */
final class HandOvers implements Scenario.Body {
    /** Longer than the 100 ms that etcd takes until it serves a watch that began behind its present revision. */
    private static final Duration REST = Duration.ofMillis(150);

    private static final Duration FRESH = Duration.ofMillis(20);

    /** A peer that needs seconds for a hand-over has fewer of them, lest a scenario takes an hour. */
    private static final Duration BUDGET = Duration.ofSeconds(10);

    private static final Duration WARM_UP_BUDGET = Duration.ofSeconds(5);
    private static final int WARM_UP_OF_JVM = 100;
    private static final int WARM_UP = 5;
    private static final int PROGRESS = 25;

    private final int waiting;
    private final int rounds;
    private final boolean fresh;
    private final Kind etcd;
    private final Function<Bench, List<Peer>> peers;

    HandOvers(int waiting, int rounds) {
        this(waiting, rounds, false, Kind.ETCD, Bench::peers);
    }

    private HandOvers(int waiting, int rounds, boolean fresh, Kind etcd, Function<Bench, List<Peer>> peers) {
        this.waiting = waiting;
        this.rounds = rounds;
        this.fresh = fresh;
        this.etcd = etcd;
        this.peers = peers;
    }

    HandOvers fresh() {
        return new HandOvers(waiting, rounds, true, etcd, peers);
    }

    HandOvers cluster() {
        return new HandOvers(waiting, rounds, fresh, Kind.ETCD_CLUSTER, peers);
    }

    /** {@return the same of ours alone: to the next, and by a transfer to the last} */
    HandOvers transfers() {
        return new HandOvers(waiting, rounds, fresh, etcd, bench -> Peers.transferring());
    }

    @Override
    public boolean needsCluster() {
        return etcd == Kind.ETCD_CLUSTER;
    }

    @Override
    public void run(Bench bench, String name) throws Exception {
        if (bench.warmUp()) {
            new HandOvers(1, 0, false, Kind.ETCD, this::allThatFollow).warmUp(bench, name);
        }
        try (Turns turns = new Turns(bench, etcd, (peer, failure) -> bench.fail(name, peer, failure))) {
            join(bench, name, turns);
            for (int round = 0; round < WARM_UP + rounds; round++) {
                if (round % PROGRESS == 0) {
                    bench.progress(name, "round " + round + " of " + (WARM_UP + rounds));
                }
                turns.round(fresh ? FRESH : REST, BUDGET, round >= WARM_UP);
            }
            add(bench, name, turns);
        }
    }

    /** Later scenarios have other peers. */
    private List<Peer> allThatFollow(Bench bench) {
        return Stream.concat(bench.peers().stream(), peers.apply(bench).stream())
                .distinct()
                .toList();
    }

    /** All scenarios share this JVM: the first one would be measured on code that is not compiled yet. */
    private void warmUp(Bench bench, String name) throws Exception {
        bench.progress(name, "all warm up, which is not counted");
        try (Turns turns =
                new Turns(bench, etcd, (peer, failure) -> bench.progress(name, peer.name() + " fails: " + failure))) {
            join(bench, name + "-warm-up", turns);
            for (int round = 0; round < WARM_UP_OF_JVM; round++) {
                turns.round(Duration.ZERO, WARM_UP_BUDGET, false);
            }
        }
    }

    /** Peers share an etcd, so that the names of their elections differ. A cluster is of etcd only. */
    private void join(Bench bench, String name, Turns turns) throws InterruptedException {
        List<Peer> all = peers.apply(bench);
        for (Peer peer : all) {
            if (!needsCluster() || peer.store() == Kind.ETCD) {
                bench.progress(name, peer.name() + " joins");
                String election = name + "-" + all.indexOf(peer);
                turns.join(peer, needsCluster() ? etcd : bench.kind(peer), election, 1 + waiting, fresh);
            }
        }
    }

    private void add(Bench bench, String name, Turns turns) {
        Times floor = turns.floor();
        bench.add(row(name, bench.embedded() ? "floor (embedded etcd)" : "floor", floor, floor));
        for (Peer peer : peers.apply(bench)) {
            List<Long> times = turns.of(peer);
            if (!times.isEmpty()) {
                bench.add(row(name, bench.subject(peer), Times.of(times), floor));
            }
        }
    }

    private static Row row(String name, String subject, Times times, Times floor) {
        return Row.of(name, subject).with(times).with("p50/floor", times.p50() / floor.p50());
    }
}
