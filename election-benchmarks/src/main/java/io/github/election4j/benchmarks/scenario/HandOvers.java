package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Floor;
import io.github.election4j.benchmarks.Team;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.result.Times;
import io.github.election4j.benchmarks.store.Kind;
import io.github.election4j.benchmarks.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A leader gives up, and another one leads. In each round everybody has a turn, the floor too, and whoever was first is
 * last in the next.
 */
final class HandOvers implements Scenario.Body {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofMillis(20);
    /** Long enough that whoever has joined again has had his first words with the store. */
    private static final Duration REST = Duration.ofMillis(100);

    /** Whoever takes long for a hand-over must not keep the others waiting. */
    private static final Duration BUDGET = Duration.ofSeconds(20);

    private static final Duration WARM_UP_BUDGET = Duration.ofSeconds(5);

    private static final int WARM_UP = 20;
    private static final int PROGRESS = 50;
    private static final String FLOOR = "floor: delete until watched";

    private final int waiting;
    private final int rounds;
    private final boolean fresh;
    private final Kind etcd;

    HandOvers(int waiting, int rounds) {
        this(waiting, rounds, false, Kind.ETCD);
    }

    private HandOvers(int waiting, int rounds, boolean fresh, Kind etcd) {
        this.waiting = waiting;
        this.rounds = rounds;
        this.fresh = fresh;
        this.etcd = etcd;
    }

    HandOvers fresh() {
        return new HandOvers(waiting, rounds, true, etcd);
    }

    HandOvers cluster() {
        return new HandOvers(waiting, rounds, fresh, Kind.ETCD_CLUSTER);
    }

    @Override
    public void run(Bench bench, String name) throws Exception {
        Map<Kind, Store> stores = new EnumMap<>(Kind.class);
        List<Turn> turns = new ArrayList<>();
        try {
            Store first = stores.computeIfAbsent(
                    etcd == Kind.ETCD && bench.embedded() ? Kind.EMBEDDED_ETCD : etcd, Kind::start);
            turns.add(new FloorTurn(new Floor(first.address())));
            for (Peer peer : bench.peers()) {
                join(bench, name, peer, stores, turns);
            }
            for (int round = 0; round < WARM_UP + rounds; round++) {
                if (round % PROGRESS == 0) {
                    bench.progress(name, "round " + round + " of " + (WARM_UP + rounds));
                }
                if (round == WARM_UP) {
                    turns.forEach(turn -> turn.spentNanos = 0);
                }
                takeTurns(bench, name, turns, round >= WARM_UP);
                Collections.rotate(turns, 1);
            }
            add(bench, name, turns);
        } finally {
            for (Turn turn : turns) {
                turn.close();
            }
            stores.values().forEach(Store::close);
        }
    }

    private void join(Bench bench, String name, Peer peer, Map<Kind, Store> stores, List<Turn> turns) {
        boolean cluster = etcd == Kind.ETCD_CLUSTER;
        if (cluster && peer.store() != Kind.ETCD) {
            return; // The question is about etcd.
        }
        bench.progress(name, peer.name() + " joins");
        String election = name + "-" + bench.peers().indexOf(peer); // Peers share an etcd.
        try {
            Store store = stores.computeIfAbsent(cluster ? etcd : bench.kind(peer), Kind::start);
            turns.add(new TeamTurn(peer, new Team(peer, store.address(), election, 1 + waiting, LEASE)));
        } catch (Exception | AssertionError failure) {
            bench.fail(name, peer, failure);
        }
    }

    private void takeTurns(Bench bench, String name, List<Turn> turns, boolean counted) throws Exception {
        for (Turn turn : List.copyOf(turns)) {
            if (turn.spentNanos > (counted ? BUDGET : WARM_UP_BUDGET).toNanos()) {
                continue; // Its times are fewer, as the table shows.
            }
            long began = System.nanoTime();
            try {
                long took = turn.take();
                turn.spentNanos += System.nanoTime() - began;
                if (counted) {
                    turn.times.add(took);
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | AssertionError failure) {
                if (!(turn instanceof TeamTurn team)) {
                    throw failure;
                }
                bench.fail(name, team.peer, failure);
                turns.remove(turn);
                turn.close();
            }
        }
    }

    /** The floor first, then peers in their own order, whoever had the last turn. */
    private static void add(Bench bench, String name, List<Turn> turns) {
        Times floor = turns.stream()
                .filter(FloorTurn.class::isInstance)
                .map(turn -> Times.of(turn.times))
                .findFirst()
                .orElseThrow();
        bench.add(row(name, FLOOR, floor, floor));
        for (Peer peer : bench.peers()) {
            turns.stream()
                    .filter(turn -> turn.subject().equals(peer.name()))
                    .forEach(turn -> bench.add(row(name, peer.name(), Times.of(turn.times), floor)));
        }
    }

    private static Row row(String name, String subject, Times times, Times floor) {
        return Row.of(name, subject).with(times).with("p50/floor", times.p50() / floor.p50());
    }

    private abstract static class Turn implements AutoCloseable {
        final List<Long> times = new ArrayList<>();
        long spentNanos;

        abstract String subject();

        /** Takes one measurement, in nanoseconds. */
        abstract long take() throws Exception;

        @Override
        public abstract void close();
    }

    private static final class FloorTurn extends Turn {
        private final Floor floor;

        FloorTurn(Floor floor) {
            this.floor = floor;
        }

        @Override
        String subject() {
            return FLOOR;
        }

        @Override
        long take() throws Exception {
            return floor.measure();
        }

        @Override
        public void close() {
            floor.close();
        }
    }

    private final class TeamTurn extends Turn {
        private final Peer peer;
        private final Team team;
        private long settledAt = System.nanoTime();

        TeamTurn(Peer peer, Team team) {
            this.peer = peer;
            this.team = team;
        }

        @Override
        String subject() {
            return peer.name();
        }

        @Override
        long take() throws Exception {
            if (fresh) {
                team.handOver();
                settle();
            }
            long rested = System.nanoTime() - settledAt;
            long rest = (fresh ? FRESH : REST).toNanos() - rested;
            if (rest > 0) {
                Thread.sleep(Duration.ofNanos(rest).toMillis());
            }
            long took = team.handOver();
            settle();
            return took;
        }

        private void settle() throws Exception {
            team.awaitSettled();
            settledAt = System.nanoTime();
        }

        @Override
        public void close() {
            team.close();
        }
    }
}
