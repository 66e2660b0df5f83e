package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Several members and a store in virtual time: one thread, no sleeping, the same every time. After each step it looks
 * whether two members lead at once (S1), and with each term that begins whether its token is larger than any before
 * (S2).
 */
final class World {
    /** One way to the store, or back. */
    static final Duration LATENCY = Duration.ofMillis(1);

    static final String KEY = "/e";
    static final String PREFIX = "/e/";
    static final String MARK = "/e.~held";

    private static final int MOST_STEPS = 100_000;
    private static final Random ORIGINS = new Random(Long.getLong("election4j.seed", 1));

    private final PriorityQueue<Event> events;
    private final List<Peer> peers = new ArrayList<>();
    private final Map<String, Long> lastTokens = new HashMap<>();
    private final long origin;
    private final ModelStore store = new ModelStore(this::changed);
    private final List<String> transcript = new ArrayList<>();
    private final boolean answersFirst;
    private long now;
    private int steps;
    private long lastEvent;
    private long lastLease = 0xa0;
    private long lastEntropy;
    private double random = 0.5;

    /**
     * The origin of a clock means nothing; every other one is about to overflow.
     *
     * @param answersFirst whether an answer comes before the watch tells of what it was asked to do; with etcd it may
     *     be either
     */
    World(boolean answersFirst) {
        this.answersFirst = answersFirst;
        boolean overflows = ORIGINS.nextBoolean();
        origin = overflows ? Long.MAX_VALUE - ORIGINS.nextInt() * 4L : ORIGINS.nextLong();
        now = origin;
        events = new PriorityQueue<>(
                Comparator.comparingLong((Event event) -> event.at() - origin).thenComparingLong(Event::number));
    }

    private record Event(long at, long number, Runnable action) {}

    ModelStore store() {
        return store;
    }

    long nextLease() {
        return ++lastLease;
    }

    long nextEntropy() {
        return ++lastEntropy;
    }

    long now() {
        return now;
    }

    /** What clocks on walls say; they begin at 1 s. */
    long wallMillis() {
        return 1_000 + (now - origin) / 1_000_000;
    }

    /** Time since the beginning of this world. */
    Duration elapsed() {
        return Duration.ofNanos(now - origin);
    }

    double random() {
        return random;
    }

    void random(double newRandom) {
        random = newRandom;
    }

    List<String> transcript() {
        return transcript;
    }

    void write(String line) {
        transcript.add(String.format("%6d  %s", elapsed().toMillis(), line));
    }

    /** A member that has not begun yet. */
    Peer peer(String id) {
        return peer(id, Timing.of(Scenario.LEASE), false);
    }

    Peer peer(String id, Timing timing, boolean evicted) {
        Peer peer = new Peer(this, id, timing, evicted);
        peers.add(peer);
        return peer;
    }

    void in(Duration delay, Runnable action) {
        at(now + delay.toNanos(), action);
    }

    void at(long moment, Runnable action) {
        events.add(new Event(moment, ++lastEvent, action));
    }

    void runFor(Duration duration) {
        long end = now + duration.toNanos();
        while (!events.isEmpty() && events.peek().at() - end <= 0) {
            runNext();
        }
        now = end;
        check();
    }

    /** Runs until something is the case, and returns how long that took. */
    Duration runUntil(BooleanSupplier condition, Duration limit) {
        long began = now;
        while (!condition.getAsBoolean()) {
            assertThat(events).as("nothing is going to happen any more").isNotEmpty();
            runNext();
            assertThat(Duration.ofNanos(now - began)).as("how long it takes").isLessThanOrEqualTo(limit);
        }
        return Duration.ofNanos(now - began);
    }

    void check() {
        Map<String, String> leaders = new HashMap<>();
        for (Peer peer : peers) {
            for (Seat seat : peer.seats()) {
                if (seat.isLeader()) {
                    assertThat(leaders.put(seat.key(), peer.id()))
                            .as("S1: who leads %s beside %s at %s", seat.key(), peer.id(), elapsed())
                            .isNull();
                }
            }
        }
    }

    void began(String election, long token) {
        assertThat(token)
                .as("S2: the token of a term of %s at %s", election, elapsed())
                .isGreaterThan(lastTokens.getOrDefault(election, 0L));
        lastTokens.put(election, token);
    }

    /** The store has lost its history: revisions begin anew, and S2 holds from there on. */
    void another(Consumer<ModelStore> history) {
        history.accept(store);
        lastTokens.clear();
    }

    private void runNext() {
        Event next = events.remove();
        now = next.at() - now > 0 ? next.at() : now;
        assertThat(++steps).as("steps: a hot loop?").isLessThan(MOST_STEPS);
        next.action().run();
        check();
    }

    private void changed() {
        if (answersFirst) {
            in(Duration.ZERO, () -> peers.forEach(peer -> in(LATENCY, peer::drain)));
        } else {
            peers.forEach(peer -> in(LATENCY, peer::drain));
        }
    }
}
