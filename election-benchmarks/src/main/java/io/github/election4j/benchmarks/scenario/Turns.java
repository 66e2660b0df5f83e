package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Closing;
import io.github.election4j.benchmarks.Floor;
import io.github.election4j.benchmarks.Team;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Times;
import io.github.election4j.benchmarks.store.Kind;
import io.github.election4j.benchmarks.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;

/** Turns of the floor and of a team of each peer, in another order in each round, so that nobody has a predecessor. */
final class Turns implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final BiConsumer<Peer, Throwable> failures;
    private final Random random = new Random(1);
    private final Map<Kind, Store> stores = new EnumMap<>(Kind.class);
    private final Map<Peer, Turn> teams = new LinkedHashMap<>();
    private final List<Turn> open = new ArrayList<>();
    private final Turn floor;

    /**
     * Starts the floor and what it measures.
     *
     * @param etcd the kind of etcd, unless it is embedded
     * @param failures hears of a peer that takes part no longer
     */
    Turns(Bench bench, Kind etcd, BiConsumer<Peer, Throwable> failures) {
        this.failures = failures;
        Store store = stores.computeIfAbsent(bench.embedded() ? Kind.EMBEDDED_ETCD : etcd, Kind::start);
        floor = new Turn.OfFloor(new Floor(store.address()));
        open.add(floor);
    }

    /** Lets a team of a peer take part. */
    void join(Peer peer, Kind kind, String election, int size, boolean fresh) throws InterruptedException {
        try {
            Store store = stores.computeIfAbsent(kind, Kind::start);
            Turn turn = new Turn.OfTeam(new Team(peer, store.address(), election, size, LEASE), fresh);
            teams.put(peer, turn);
            open.add(turn);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError failure) {
            failures.accept(peer, failure);
        }
    }

    /**
     * Gives everybody a turn who has not spent the budget. A team that has is closed, so that it does nothing beside
     * the others; its times remain.
     */
    void round(Duration rest, Duration budget, boolean counted) throws Exception {
        List<Turn> order = new ArrayList<>(open);
        Collections.shuffle(order, random);
        for (Turn turn : order) {
            if (turn == floor) {
                turn.take(rest, counted);
            } else {
                take(turn, rest, counted);
            }
            if (turn != floor && turn.hasSpent(budget)) {
                leave(turn);
            }
        }
    }

    /** {@return the times of the floor} */
    Times floor() {
        return Times.of(floor.times());
    }

    /** {@return the times of a peer, or none if it has failed} */
    List<Long> of(Peer peer) {
        return teams.containsKey(peer) ? Objects.requireNonNull(teams.get(peer)).times() : List.of();
    }

    @Override
    public void close() {
        Closing.all(open);
        Closing.all(stores.values());
    }

    private void take(Turn turn, Duration rest, boolean counted) throws InterruptedException {
        try {
            turn.take(rest, counted);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError failure) {
            Peer peer = teams.keySet().stream()
                    .filter(each -> teams.get(each) == turn)
                    .findFirst()
                    .orElseThrow();
            teams.remove(peer);
            leave(turn);
            failures.accept(peer, failure);
        }
    }

    private void leave(Turn turn) {
        if (open.remove(turn)) {
            Closing.all(List.of(turn));
        }
    }
}
