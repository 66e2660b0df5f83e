package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Floor;
import io.github.election4j.benchmarks.Team;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody who hands over again and again, or the floor. */
abstract class Turn implements AutoCloseable {
    private final List<Long> times = new ArrayList<>();
    private long spentNanos;

    /** Does what has to be done before the rest. */
    abstract void prepare() throws Exception;

    /** {@return one measurement, in nanoseconds} */
    abstract long measure() throws Exception;

    @Override
    public abstract void close();

    /** Takes one measurement after a rest. */
    final void take(Duration rest, boolean counted) throws Exception {
        long began = System.nanoTime();
        prepare();
        spentNanos += System.nanoTime() - began;
        Thread.sleep(rest.toMillis());
        began = System.nanoTime();
        long took = measure();
        spentNanos += System.nanoTime() - began;
        if (counted) {
            times.add(took);
        }
    }

    /** {@return what was counted, in nanoseconds} */
    final List<Long> times() {
        return times;
    }

    /** {@return whether its turns have taken longer than that, its rests apart} */
    final boolean hasSpent(Duration budget) {
        return spentNanos > budget.toNanos();
    }

    /** The floor, which deletes a key. */
    static final class OfFloor extends Turn {
        private final Floor floor;

        OfFloor(Floor floor) {
            this.floor = floor;
        }

        @Override
        void prepare() throws Exception {
            floor.prepare();
        }

        @Override
        long measure() {
            return floor.measure();
        }

        @Override
        public void close() {
            floor.close();
        }
    }

    /** A team, whose leader hands over; with a fresh waiter only if it has handed over just before. */
    static final class OfTeam extends Turn {
        private final Team team;
        private final boolean fresh;

        OfTeam(Team team, boolean fresh) {
            this.team = team;
            this.fresh = fresh;
        }

        @Override
        void prepare() throws Exception {
            if (fresh) {
                measure();
            }
        }

        @Override
        long measure() throws Exception {
            long took = team.handOver();
            team.awaitSettled();
            return took;
        }

        @Override
        public void close() {
            team.close();
        }
    }
}
