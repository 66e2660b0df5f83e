package io.github.election4j.simulation;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.internal.runtime.DefaultElections;
import io.github.election4j.internal.runtime.Environment;
import io.github.election4j.internal.runtime.SessionSettings;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spi.SerialExecutor;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process: production code, its own clock that runs at its own rate, and a loop that stands still while the process
 * is paused. A crash forgets everything; a start makes another process of the same id.
 */
final class SimulatedMember {
    private static final Duration STEP_DOWN = Duration.ofSeconds(2);

    private final VirtualTime time;
    private final Chance chance;
    private final SimulatedEtcd etcd;
    private final Checkers checkers;
    private final String id;
    private final Duration lease;
    private final double rate;
    private final long origin;
    private @Nullable Life process;
    private int lives;
    private long pausedUntil;
    private long cutOffUntil;

    SimulatedMember(VirtualTime time, Chance chance, SimulatedEtcd etcd, Checkers checkers, String id, Duration lease) {
        this.time = time;
        this.chance = chance;
        this.etcd = etcd;
        this.checkers = checkers;
        this.id = id;
        this.lease = lease;
        // Rates differ by at most 5 %, and the edges are where errors would be.
        this.rate = chance.below(2) == 0 ? 1 + 0.05 * chance.below(2) : 1 + 0.05 * chance.fraction();
        this.origin = chance.below(2) == 0 ? Long.MAX_VALUE - chance.nanos(Duration.ofMinutes(3)) : chance.below(1000);
    }

    String id() {
        return id;
    }

    @Nullable
    Election election() {
        return process == null ? null : process.election;
    }

    boolean isAlive() {
        return process != null;
    }

    boolean isClosing() {
        return process != null && process.closing;
    }

    /** What the process would answer now; one that is paused might do so in the next instant. */
    boolean isLeader() {
        return process != null && process.election.isLeader();
    }

    void cutOff(Duration length) {
        cutOffUntil = time.now() + length.toNanos();
    }

    void pause(Duration length) {
        pausedUntil = time.now() + length.toNanos();
    }

    /** Harmless if it runs already. */
    void start() {
        if (process == null) {
            process = new Life(++lives);
        }
    }

    /** As by {@code kill -9}. */
    void crash() {
        if (process != null) {
            process.dead = true;
            process = null;
        }
    }

    void close() {
        Life closing = process;
        if (closing != null) {
            closing.closing = true;
            closing.elections.closeAsync().whenComplete((done, failure) -> {
                if (process == closing) {
                    crash();
                }
            });
        }
    }

    /** One life of a member. Nothing of it happens any more once it is dead. */
    final class Life {
        private final DefaultElections elections;
        private final Election election;
        private boolean closing;
        private boolean dead;

        private Life(int life) {
            Environment environment = new Environment(
                    new SimulatedStore(time, chance, etcd, this),
                    new Loop(this),
                    task -> later(chance.nanos(Duration.ofMillis(chance.strikes(50) ? 3_000 : 2)), task),
                    () -> origin + (long) (time.now() * rate),
                    () -> Instant.EPOCH.plusNanos(time.now()),
                    chance::fraction,
                    EngineObserver.NONE);
            elections = DefaultElections.create(environment, new SessionSettings(lease, lease.dividedBy(2)));
            election = elections.join(ElectionConfig.of(Simulation.KEY, id).withStepDownTimeout(STEP_DOWN));
            election.addListener(event -> checkers.hears(SimulatedMember.this, life, event));
        }

        boolean cutOff() {
            return dead || (time.now() < cutOffUntil && !chance.isCalm());
        }

        /** Something arrives from the network. */
        void receive(Runnable work) {
            later(0, work);
        }

        /** Something is due by this process' own clock. */
        void after(long nanos, Runnable work) {
            // Rounded up: a clock that has not quite got there would be asked again at the same instant, for ever.
            later((long) Math.ceil(nanos / rate) + 1, work);
        }

        private void later(long delayNanos, Runnable work) {
            time.in(delayNanos, () -> runUnlessPaused(work));
        }

        private void runUnlessPaused(Runnable work) {
            if (dead) {
                return;
            }
            if (time.now() < pausedUntil) {
                time.at(pausedUntil, () -> runUnlessPaused(work));
            } else {
                work.run();
            }
        }
    }

    private static final class Loop implements SerialExecutor {
        private final Life process;
        private boolean ended;

        private Loop(Life process) {
            this.process = process;
        }

        @Override
        public void execute(Runnable task) {
            schedule(task, 0);
        }

        @Override
        public Runnable schedule(Runnable task, long delayNanos) {
            boolean[] cancelled = new boolean[1];
            process.after(delayNanos, () -> {
                if (!cancelled[0] && !ended) {
                    task.run();
                }
            });
            return () -> cancelled[0] = true;
        }

        @Override
        public void shutdown() {
            ended = true;
        }
    }
}
