package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Child;
import io.github.election4j.benchmarks.Closing;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.store.Store;
import io.github.election4j.testing.TcpProxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Two processes of one election. One leads, through a proxy; the other waits. */
final class Duel implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Whoever is late to notice has had a lease for it, and as much again. */
    private static final Duration AFTERMATH = LEASE.multipliedBy(2);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final TcpProxy proxy;
    private final Child first;
    private final Child second;

    private Duel(Bench bench, Peer peer, Store store, String election) {
        boolean ready = false;
        try {
            proxy = opened(TcpProxy.to(InetAddress.getLoopbackAddress(), store.socket()));
            String through = bench.kind(peer).through(proxy.endpoint().replace("http://", ""));
            first = opened(process("member", peer, through, election, "first"));
            first.await("LEADS", LIMIT);
            second = opened(process("waiter", peer, store.address(), election, "second"));
            second.await("QUEUED", LIMIT);
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** {@return a duel in which one leads and the other waits} */
    static Duel begin(Bench bench, Peer peer, Store store, String election) {
        return new Duel(bench, peer, store, election);
    }

    /** Stops the leader, or cuts it off, for two leases. {@return what both answered} */
    Overlap strike(TwoLeaders.Fault fault) throws InterruptedException {
        switch (fault) {
            case PAUSE -> first.pause();
            case PARTITION -> proxy.blackHole();
        }
        Thread.sleep(2 * LEASE.toMillis());
        switch (fault) {
            case PAUSE -> first.resume();
            case PARTITION -> proxy.heal();
        }
        second.await("LEADS", LIMIT);
        Thread.sleep(AFTERMATH.toMillis());
        return Overlap.of(runs(first), runs(second));
    }

    @Override
    public void close() {
        Closing.all(open);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private static Child process(String task, Peer peer, String address, String election, String id) {
        return Child.start(List.of(), task, peer.name(), address, Long.toString(LEASE.toMillis()), election, id);
    }

    private static List<Overlap.Run> runs(Child member) {
        return member.lines().stream()
                .filter(line -> line.startsWith("TRUE "))
                .map(line -> Stream.of(line.split(" "))
                        .skip(1)
                        .mapToLong(Long::parseLong)
                        .toArray())
                .map(each -> new Overlap.Run(each[0], each[1], each[2], each[3], each[4]))
                .toList();
    }
}
