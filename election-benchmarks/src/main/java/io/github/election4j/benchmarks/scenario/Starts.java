package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Child;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Row;
import java.time.Duration;
import java.util.List;

/**
 * A JVM is started that takes part in an election of its own: from the start of its process until it leads. Both ends
 * are readings of {@link System#nanoTime}, which on Linux is one clock for all processes.
 */
final class Starts implements Scenario.Body {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final int rounds;

    Starts(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public void run(Bench bench, String name) throws Exception {
        try (Entrants entrants = new Entrants(bench, name)) {
            for (int round = 0; round <= rounds; round++) {
                bench.progress(name, "round " + round + " of " + rounds);
                boolean counted = round > 0; // The first fills the cache of files.
                String election = name + "-" + round;
                entrants.eachShuffled(each -> {
                    long took = start(each.peer(), each.store().address(), election);
                    if (counted) {
                        each.took(took);
                    }
                });
            }
            entrants.each(
                    each -> bench.add(Row.of(name, bench.subject(each.peer())).with(each.times())));
        }
    }

    private static long start(Peer peer, String address, String election) {
        long began = System.nanoTime();
        try (Child child = Child.start(List.of(), "member", peer.name(), address, "5000", election, "m1")) {
            return Long.parseLong(child.await("LEADS", LIMIT)) - began;
        }
    }
}
