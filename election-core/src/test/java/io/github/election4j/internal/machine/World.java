package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Several members and a store in virtual time: one thread, no sleeping, the same every time. After each step it looks
 * whether two members lead at once (S1).
 */
final class World {
    /** One way to the store, or back. */
    static final Duration LATENCY = Duration.ofMillis(1);

    static final String KEY = "/e";
    static final String PREFIX = "/e/";
    static final String MARK = "/election4j/held/e";

    private static final int MOST_STEPS = 100_000;
    private static final Random ORIGINS = new Random(Long.getLong("election4j.seed", 1));

    private final PriorityQueue<Event> events;
    private final List<Peer> peers = new ArrayList<>();
    private final long origin;
    private final ModelStore store = new ModelStore(this::changed);
    private final List<String> transcript = new ArrayList<>();
    private long now;
    private int steps;
    private long lastEvent;
    private long lastLease = 0xa0;
    private double random = 0.5;

    /** The origin of a clock means nothing; every other one is about to overflow. */
    World() {
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

    long now() {
        return now;
    }

    /** Time since the beginning of this world. */
    Duration elapsed() {
        return Duration.ofNanos(now - origin);
    }

    long moment(Duration sinceBeginning) {
        return origin + sinceBeginning.toNanos();
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
        return peer(id, Duration.ofSeconds(10), false);
    }

    Peer peer(String id, Duration lease, boolean evicted) {
        Peer peer = new Peer(this, id, lease, evicted);
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
        assertThat(peers.stream().filter(Peer::isLeader).map(Peer::id))
                .as("S1: leaders at " + elapsed())
                .hasSizeLessThanOrEqualTo(1);
    }

    private void runNext() {
        Event next = events.remove();
        now = next.at() - now > 0 ? next.at() : now;
        assertThat(++steps).as("steps: a hot loop?").isLessThan(MOST_STEPS);
        next.action().run();
        check();
    }

    private void changed() {
        peers.forEach(peer -> in(LATENCY, peer::drain));
    }
}
