package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Child;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Machine;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.store.Store;
import io.github.election4j.benchmarks.store.Usage;
import java.time.Duration;
import java.util.List;

/**
 * Many elections in one process: until all are led, and what they cost while nothing happens. Memory is read after a
 * collection, for it shall show what they need and not how long a heap is allowed to grow.
 */
final class Scale implements Scenario.Body {
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final int elections;
    private final String memory;

    Scale(int elections, String memory) {
        this.elections = elections;
        this.memory = memory;
    }

    @Override
    public void run(Bench bench, String name) throws Exception {
        for (Peer peer : bench.peers()) {
            bench.measure(name, peer, measured -> measure(bench, name, measured));
        }
    }

    private Row measure(Bench bench, String name, Peer peer) throws Exception {
        try (Store store = bench.start(peer);
                Child child = Child.start(
                        List.of(memory), "scale", peer.name(), store.address(), "10000", Integer.toString(elections))) {
            double ledMillis = Double.parseDouble(child.await("LED", LIMIT));
            Thread.sleep(SETTLE.toMillis());
            Usage usageBefore = store.usage();
            double cpuBefore = Machine.cpuSeconds(child.pid());
            Thread.sleep(IDLE.toMillis());
            double cpu = Machine.cpuSeconds(child.pid()) - cpuBefore;
            Usage usage = store.usage().since(usageBefore);
            child.nudge();
            double heapBytes = Double.parseDouble(child.await("COLLECTED", LIMIT));
            double seconds = IDLE.toSeconds();
            return Row.of(name, bench.subject(peer))
                    .with("all led s", ledMillis / 1e3)
                    .with("RSS MB", Machine.residentMegabytes(child.pid()))
                    .with("heap MB", heapBytes / 1024 / 1024)
                    .with("threads", Machine.threads(child.pid()))
                    .with("CPU %", 100 * cpu / seconds)
                    .with("store CPU %", 100 * usage.cpuSeconds() / seconds)
                    .with("writes/s", usage.writes() / seconds)
                    .with("requests/s", usage.requests() / seconds)
                    .with("history kB/s", usage.historyBytes() / 1e3 / seconds);
        }
    }
}
