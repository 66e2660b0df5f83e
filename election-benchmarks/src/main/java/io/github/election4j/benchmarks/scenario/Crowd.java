package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Team;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.store.Store;
import io.github.election4j.benchmarks.store.Usage;
import java.time.Duration;

/**
 * What a store does for one election of many members, each with a connection of its own: in a minute in which nothing
 * happens, for a hand-over with what follows at once, and for a start of all at once.
 */
final class Crowd implements Scenario.Body {
    private static final Duration LEASE = Duration.ofSeconds(10);
    /** Until everybody is in the queue, or gone: some revoke their leases after they have been closed. */
    private static final Duration SETTLE = Duration.ofSeconds(15);

    private static final Duration MEASURED = Duration.ofMinutes(1);
    private static final int HAND_OVERS = 10;
    /** Until everybody is back in the queue; there nothing is asked, for that would be counted. */
    private static final Duration AFTER_HAND_OVER = Duration.ofSeconds(2);

    private final int members;

    Crowd(int members) {
        this.members = members;
    }

    @Override
    public void run(Bench bench, String name) throws Exception {
        for (Peer peer : bench.peers()) {
            bench.measure(name, peer, measured -> measure(bench, name, measured));
        }
    }

    private Row measure(Bench bench, String name, Peer peer) throws Exception {
        try (Store store = bench.start(peer)) {
            Row row = Row.of(name, bench.subject(peer));
            try (Team team = new Team(peer, store.address(), name, members, LEASE)) {
                Thread.sleep(SETTLE.toMillis());
                Usage before = store.usage();
                Thread.sleep(MEASURED.toMillis());
                row = with("idle minute", store.usage().since(before), 1, row);
                row = with("hand-over, 2 s", handOvers(store, team), HAND_OVERS, row);
            }
            Thread.sleep(SETTLE.toMillis());
            Usage before = store.usage();
            try (Team again = Team.atOnce(peer, store.address(), name, members, LEASE)) {
                Thread.sleep(SETTLE.toMillis());
                row = with("start of all, 15 s", store.usage().since(before), 1, row);
                again.awaitSettled();
            }
            return row;
        }
    }

    private static Usage handOvers(Store store, Team team) throws InterruptedException {
        Usage before = store.usage();
        for (int i = 0; i < HAND_OVERS; i++) {
            team.handOver();
            Thread.sleep(AFTER_HAND_OVER.toMillis());
        }
        return store.usage().since(before);
    }

    private static Row with(String what, Usage usage, int times, Row row) {
        return row.with(what + ": requests", usage.requests() / times)
                .with(what + ": events", usage.events() / times)
                .with(what + ": writes", usage.writes() / times);
    }
}
