package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Closing;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Two processes; the one that leads is paused or cut off for longer than the lease, and goes on. Counts how often it
 * says that it leads while the other one says so. They ask themselves some thousand times a second. In each round all
 * peers are struck at the same time: answers are counted, which does not need the machine for oneself.
 */
final class TwoLeaders implements Scenario.Body {
    private static final int ROUNDS = 5;

    enum Fault {
        PAUSE,
        PARTITION
    }

    private final Fault fault;

    TwoLeaders(Fault fault) {
        this.fault = fault;
    }

    @Override
    public void run(Bench bench, String name) throws Exception {
        Map<Peer, List<Overlap>> overlaps = new HashMap<>();
        try (Entrants entrants = new Entrants(bench, name)) {
            for (int round = 0; round < ROUNDS; round++) {
                bench.progress(name, "round " + (round + 1) + " of " + ROUNDS);
                String election = name + "-" + round;
                strike(bench, entrants, election)
                        .forEach((peer, overlap) -> overlaps.computeIfAbsent(peer, none -> new ArrayList<>())
                                .add(overlap));
            }
            entrants.each(each -> bench.add(
                    row(name, bench.subject(each.peer()), Objects.requireNonNull(overlaps.get(each.peer())))));
        }
    }

    private Map<Peer, Overlap> strike(Bench bench, Entrants entrants, String election) throws InterruptedException {
        Map<Peer, Duel> duels = entrants.together(each -> Duel.begin(bench, each.peer(), each.store(), election));
        try {
            return entrants.together(
                    each -> Objects.requireNonNull(duels.get(each.peer())).strike(fault));
        } finally {
            Closing.all(duels.values());
        }
    }

    private static Row row(String name, String subject, List<Overlap> strikes) {
        return Row.of(name, subject)
                .with("true beside", (double)
                        strikes.stream().mapToLong(Overlap::answers).sum())
                .with("most", max(strikes, Overlap::answers))
                .with("until ms", max(strikes, Overlap::nanos) / 1e6)
                .with("nobody led ms", max(strikes, Overlap::nobodyNanos) / 1e6)
                .with("strikes", strikes.size());
    }

    private static double max(List<Overlap> strikes, ToLongFunction<Overlap> figure) {
        return strikes.stream().mapToLong(figure).max().orElseThrow();
    }
}
