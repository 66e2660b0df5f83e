package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Child;
import io.github.election4j.benchmarks.HandOver;
import io.github.election4j.benchmarks.peer.Connection;
import io.github.election4j.benchmarks.peer.Contestant;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.store.Store;
import java.time.Duration;
import java.util.List;

/** A leader, a crowd behind it in one process, and one behind the crowd. The crowd dies, and the leader gives up. */
final class MassKill implements Scenario.Body {
    private static final Duration LEASE = Duration.ofSeconds(5);
    /** Starting a crowd with a connection each takes its time, which is not what is measured. */
    private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(2);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int crowd;

    MassKill(int crowd) {
        this.crowd = crowd;
    }

    @Override
    public void run(Bench bench, String name) throws Exception {
        for (Peer peer : bench.peers()) {
            bench.measure(name, peer, measured -> measure(bench, name, measured));
        }
    }

    private Row measure(Bench bench, String name, Peer peer) throws Exception {
        try (Store store = bench.start(peer);
                Connection one = peer.connect(store.address(), LEASE);
                Connection two = peer.connect(store.address(), LEASE)) {
            Contestant leader = one.join(name, "leader");
            Waits.until("somebody leads", LIMIT, leader::isLeader);
            try (Child process = Child.start(
                    List.of(),
                    "crowd",
                    peer.name(),
                    store.address(),
                    Long.toString(LEASE.toMillis()),
                    name,
                    Integer.toString(crowd))) {
                process.await("QUEUED", PREPARATION_LIMIT);
                Contestant last = two.join(name, "last");
                Waits.until("all wait", PREPARATION_LIMIT, () -> last.queued() >= crowd + 2);
                process.kill();
                double seconds = handOver(leader, last) / 1e9;
                return Row.of(name, bench.subject(peer))
                        .with("until led s", seconds)
                        .with("of the lease", seconds / LEASE.toSeconds());
            }
        }
    }

    private static long handOver(Contestant leader, Contestant last) throws Exception {
        try {
            return HandOver.measure(leader, last::isLeader, LIMIT);
        } catch (IllegalStateException late) {
            throw new IllegalStateException(
                    late.getMessage() + ": in the queue " + last.queued() + ", first " + last.first(), late);
        }
    }
}
