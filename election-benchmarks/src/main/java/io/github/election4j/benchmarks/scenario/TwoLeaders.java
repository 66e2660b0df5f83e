package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Child;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.store.Store;
import io.github.election4j.testing.TcpProxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Two processes; the one that leads is paused or cut off for longer than the lease, and goes on. Counts how often it
 * says that it leads after the other one has said so. They ask themselves some 20,000 times a second.
 */
final class TwoLeaders implements Scenario.Body {
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(60);

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
        for (Peer peer : bench.peers()) {
            bench.measure(name, peer, measured -> measure(bench, name, measured));
        }
    }

    private Row measure(Bench bench, String name, Peer peer) throws Exception {
        try (Store store = bench.start(peer);
                TcpProxy proxy = TcpProxy.to(InetAddress.getLoopbackAddress(), store.socket());
                Child first = member(peer, bench.kind(peer).through(hostAndPort(proxy)), name, "first")) {
            first.await("LEADS", LIMIT);
            try (Child second = member(peer, store.address(), name, "second")) {
                Thread.sleep(LEASE.toMillis()); // It starts, and waits.
                strike(first, proxy);
                long secondLed = Long.parseLong(second.await("LEADS", LIMIT));
                Thread.sleep(LEASE.toMillis() + 2_000); // Whoever is late to notice has had a lease for it.
                return row(name, peer, runs(first), secondLed);
            }
        }
    }

    private void strike(Child leader, TcpProxy proxy) throws InterruptedException {
        if (fault == Fault.PAUSE) {
            leader.pause();
            Thread.sleep(2 * LEASE.toMillis());
            leader.resume();
        } else {
            proxy.blackHole();
            Thread.sleep(2 * LEASE.toMillis());
            proxy.heal();
        }
    }

    private static Row row(String name, Peer peer, List<Run> first, long secondLed) {
        long lastBefore = first.stream()
                .filter(run -> run.to() < secondLed)
                .mapToLong(Run::to)
                .max()
                .orElse(secondLed);
        List<Run> beside = first.stream().filter(run -> run.from() > secondLed).toList();
        long lastBeside = beside.stream().mapToLong(Run::to).max().orElse(secondLed);
        return Row.of(name, peer.name())
                .with("true beside", (double)
                        beside.stream().mapToLong(Run::count).sum())
                .with("until ms", (lastBeside - secondLed) / 1e6)
                .with("nobody led ms", (secondLed - lastBefore) / 1e6);
    }

    private static Child member(Peer peer, String address, String election, String id) {
        return Child.start(List.of(), "member", peer.name(), address, Long.toString(LEASE.toMillis()), election, id);
    }

    private static String hostAndPort(TcpProxy proxy) {
        return proxy.endpoint().replace("http://", "");
    }

    private static List<Run> runs(Child member) {
        return member.lines().stream()
                .filter(line -> line.startsWith("TRUE "))
                .map(line -> line.split(" "))
                .map(parts -> new Run(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3])))
                .toList();
    }

    /** True answers without a false one between. */
    private record Run(long from, long to, long count) {}
}
