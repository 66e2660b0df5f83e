package io.github.election4j.simulation;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One member: a host with its own clock, and one process after the other on it. */
final class SimulatedMember {
    static final Duration STEP_DOWN = Duration.ofSeconds(2);
    private static final int LONGEST_CLEAR_SECONDS = 15;

    private final Surroundings surroundings;
    private final String name;
    private final String id;
    private final Duration lease;
    private final @Nullable Duration failOver;
    private final double rate;
    private final long origin;
    private @Nullable Life process;
    private int lives;
    private int clears;
    private long pausedUntil;
    private long cutOffUntil;

    /** Everything around a member, the same for all. */
    record Surroundings(
            VirtualTime time, Chance chance, SimulatedEtcd etcd, List<Contest> contests, Findings findings) {}

    SimulatedMember(Surroundings surroundings, String name, String id) {
        this.surroundings = surroundings;
        this.name = name;
        this.id = id;
        Chance chance = surroundings.chance();
        this.lease = Duration.ofSeconds(2 + chance.below(5));
        this.failOver =
                chance.below(3) > 0 ? null : Duration.ofMillis(1_000 + chance.below((int) lease.toMillis() / 2));
        // Rates differ by at most 5 %, and the edges are where errors would be.
        this.rate = chance.below(2) == 0 ? 1 + 0.05 * chance.below(2) : 1 + 0.05 * chance.fraction();
        this.origin = chance.below(2) == 0 ? Long.MAX_VALUE - chance.nanos(Duration.ofMinutes(3)) : chance.below(1000);
    }

    /** Of this host. */
    String name() {
        return name;
    }

    /** By which the election knows it; two hosts may have the same by mistake. */
    String id() {
        return id;
    }

    Duration lease() {
        return lease;
    }

    /** How soon a silent leader is to be replaced, null for as the lease suggests. */
    @Nullable
    Duration failOver() {
        return failOver;
    }

    @Nullable
    Life process() {
        return process;
    }

    @Nullable
    Election election(Contest contest) {
        return process == null ? null : process.election(contest);
    }

    boolean isAlive() {
        return process != null;
    }

    /**
     * The token of the term by which the process would answer true, 0 if it would answer false. One that is paused
     * might do so in the next instant.
     */
    long token(Contest contest) {
        return process == null
                ? 0
                : Objects.requireNonNull(process.election(contest))
                        .leadership()
                        .map(Leadership::fencingToken)
                        .orElse(0L);
    }

    void cutOff(Duration length) {
        cutOffUntil = surroundings.time().now() + length.toNanos();
    }

    boolean isCutOff() {
        return surroundings.time().now() < cutOffUntil && !surroundings.chance().isCalm();
    }

    void pause(Duration length) {
        pausedUntil = Math.max(pausedUntil, surroundings.time().now() + length.toNanos());
    }

    long pausedUntil() {
        return pausedUntil;
    }

    /** What a clock of this host shows at a moment. */
    long reading(long moment) {
        return origin + (long) (moment * rate);
    }

    /** How long something takes that a clock of this host measures so. */
    long really(long nanos) {
        // Rounded up: a clock that has not quite got there would be asked again at the same instant, for ever.
        return (long) Math.ceil(nanos / rate) + 1;
    }

    /** Harmless if it runs already, and not while an operator says that it is dead. */
    void start() {
        if (process == null && clears == 0) {
            process = new Life(this, surroundings, ++lives);
        }
    }

    /** As by {@code kill -9}. */
    void crash() {
        if (process != null) {
            process.die();
            process = null;
        }
    }

    void close() {
        Life closing = process;
        if (closing != null) {
            closing.close(() -> {
                if (process == closing) {
                    process = null;
                }
            });
        }
    }

    void expectAnswer(String what, CompletableFuture<?> answer) {
        if (process != null) {
            process.expectAnswer(what, answer);
        }
    }

    /** Clears another one, which is dead and stays so meanwhile. */
    void clear(SimulatedMember dead, Contest contest) {
        Election operating = election(contest);
        if (operating != null) {
            dead.clears++;
            CompletableFuture<?> cleared = operating.clear(dead.id);
            expectAnswer("clear", cleared);
            cleared.whenComplete((done, failure) -> dead.clears--);
        }
    }

    /** After all faults, once its pause has ended: on its feet, reachable and willing. */
    void peace() {
        if (process != null && process.isClosing()) {
            crash();
        }
        if (process == null) {
            startOnceCleared(LONGEST_CLEAR_SECONDS);
        } else {
            surroundings
                    .contests()
                    .forEach(each -> expectAnswer(
                            "peace", Objects.requireNonNull(election(each)).cancelEvict()));
        }
    }

    /** An operator who has begun to clear it relies on its being dead, and may have died himself. */
    private void startOnceCleared(int tries) {
        if (tries == 0) {
            clears = 0;
        }
        start();
        if (process == null) {
            surroundings.time().in(Duration.ofSeconds(1).toNanos(), () -> startOnceCleared(tries - 1));
        }
    }

    void verifyUpToDate(Contest contest, @Nullable Candidate present) {
        if (process != null) {
            process.verify(contest, present);
        }
    }
}
