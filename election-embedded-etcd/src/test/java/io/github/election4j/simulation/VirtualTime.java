package io.github.election4j.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Real time, as nobody in the simulation can see it, and everything that is going to happen in it. */
final class VirtualTime {
    private static final long MOST_EVENTS = 2_000_000;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long number;

    private record Event(long at, long number, Runnable action) {}

    long now() {
        return now;
    }

    void in(long delayNanos, Runnable action) {
        at(now + Math.max(0, delayNanos), action);
    }

    void at(long moment, Runnable action) {
        events.add(new Event(Math.max(now, moment), number++, action));
    }

    /** Runs until a moment, and looks after every single event. */
    void runUntil(Duration moment, Runnable look) {
        long end = moment.toNanos();
        while (!events.isEmpty() && events.element().at() <= end) {
            Event next = events.remove();
            now = next.at();
            if (next.number() > MOST_EVENTS) {
                throw new AssertionError("More than " + MOST_EVENTS + " events: a hot loop?");
            }
            next.action().run();
            look.run();
        }
        now = end;
    }
}
