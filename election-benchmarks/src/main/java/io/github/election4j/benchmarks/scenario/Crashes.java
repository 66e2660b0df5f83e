package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Child;
import io.github.election4j.benchmarks.peer.Connection;
import io.github.election4j.benchmarks.peer.Contestant;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.peer.Peers;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.result.Times;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** The process of the leader is killed, and the one that waits leads. In each round all peers at the same time. */
final class Crashes implements Scenario.Body {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Duration lease;
    private final int rounds;
    private final boolean hasty;

    Crashes(Duration lease, int rounds) {
        this(lease, rounds, false);
    }

    private Crashes(Duration lease, int rounds, boolean hasty) {
        this.lease = lease;
        this.rounds = rounds;
        this.hasty = hasty;
    }

    /** {@return the same of ours alone, set to replace a silent leader as soon as it can be} */
    Crashes hasty() {
        return new Crashes(lease, rounds, true);
    }

    @Override
    public void run(Bench bench, String name) throws Exception {
        try (Entrants entrants =
                hasty ? new Entrants(bench, name, List.of(Peers.hasty())) : new Entrants(bench, name)) {
            for (int round = 0; round < rounds; round++) {
                bench.progress(name, "round " + (round + 1) + " of " + rounds);
                String election = name + "-" + round;
                Map<Peer, Long> took = entrants.together(
                        each -> crash(each.peer(), each.store().address(), election));
                entrants.each(each -> each.took(Objects.requireNonNull(took.get(each.peer()))));
            }
            entrants.each(each -> bench.add(row(name, bench.subject(each.peer()), each.times())));
        }
    }

    private Row row(String name, String subject, Times times) {
        return Row.of(name, subject)
                .with(times)
                .with("p50/lease", times.p50() / lease.toNanos())
                .with("max/lease", times.max() / lease.toNanos());
    }

    private long crash(Peer peer, String address, String election) throws Exception {
        String leaseMillis = Long.toString(lease.toMillis());
        try (Child leader = Child.start(List.of(), "member", peer.name(), address, leaseMillis, election, "leader")) {
            leader.await("LEADS", LIMIT);
            try (Connection connection = peer.connect(address, lease)) {
                Contestant next = connection.join(election, "next");
                Waits.until("one waits", LIMIT, () -> next.queued() >= 2);
                // Not always at the same moment after the last renewal.
                Thread.sleep(ThreadLocalRandom.current().nextLong(lease.toMillis() / 2));
                long killedAt = System.nanoTime();
                leader.kill();
                Waits.until("the next one leads", LIMIT, next::isLeader);
                return System.nanoTime() - killedAt;
            }
        }
    }
}
