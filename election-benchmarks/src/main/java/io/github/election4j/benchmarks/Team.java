package io.github.election4j.benchmarks;

import io.github.election4j.benchmarks.peer.Connection;
import io.github.election4j.benchmarks.peer.Contestant;
import io.github.election4j.benchmarks.peer.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Members of one election in this JVM, each with a connection of its own. */
public final class Team implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<Connection> connections = new ArrayList<>();
    private final List<Contestant> members = new ArrayList<>();

    /** Joins a number of members one after the other, so that they queue up in order. */
    public Team(Peer peer, String address, String election, int size, Duration lease) throws Exception {
        this(peer, address, election, size, lease, true);
    }

    private Team(Peer peer, String address, String election, int size, Duration lease, boolean inOrder)
            throws Exception {
        boolean complete = false;
        try {
            for (int i = 0; i < size; i++) {
                Connection connection = peer.connect(address, lease);
                connections.add(connection);
                members.add(connection.join(election, "m" + i));
                if (inOrder) {
                    awaitQueued(members.size());
                }
            }
            awaitLeader();
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /** {@return members that have joined all at once, in any order, without asking the store how far they are} */
    public static Team atOnce(Peer peer, String address, String election, int size, Duration lease) throws Exception {
        return new Team(peer, address, election, size, lease, false);
    }

    /** Waits until each member stands in the queue and one leads. */
    public void awaitSettled() throws Exception {
        awaitQueued(members.size());
        awaitLeader();
    }

    /** {@return the time from the leader's giving up until another one leads, in nanoseconds} */
    public long handOver() {
        Contestant leader =
                members.stream().filter(Contestant::isLeader).findFirst().orElseThrow();
        List<Contestant> others =
                members.stream().filter(member -> member != leader).toList();
        return HandOver.measure(leader, () -> others.stream().anyMatch(Contestant::isLeader), LIMIT);
    }

    /** {@return whether one of them leads} */
    public boolean leads() {
        return members.stream().anyMatch(Contestant::isLeader);
    }

    @Override
    public void close() {
        Closing.all(connections);
    }

    private void awaitLeader() throws InterruptedException {
        long began = System.nanoTime();
        while (!leads()) {
            Thread.sleep(1);
            requireWithin(began, "Nobody leads");
        }
    }

    private void awaitQueued(int size) throws Exception {
        long began = System.nanoTime();
        while (members.get(members.size() - 1).queued() < size) {
            Thread.sleep(1);
            requireWithin(began, "Not all stand in the queue");
        }
    }

    private static void requireWithin(long began, String what) {
        if (System.nanoTime() - began > LIMIT.toNanos()) {
            throw new IllegalStateException(what + " within " + LIMIT.toSeconds() + " s");
        }
    }
}
