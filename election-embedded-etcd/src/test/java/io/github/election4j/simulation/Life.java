package io.github.election4j.simulation;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Leadership;
import io.github.election4j.internal.runtime.DefaultElections;
import io.github.election4j.internal.runtime.Environment;
import io.github.election4j.internal.runtime.SessionSettings;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spi.SerialExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One process: production code from the face to the port. Nothing of it happens any more once it is dead. */
final class Life {
    private static final Duration AFTERWARDS = Duration.ofSeconds(10);
    /** Three requests in a row, each with half the longest lease as its limit, and the slowest listeners' pool. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(12);

    private final SimulatedMember member;
    private final SimulatedMember.Surroundings around;
    private final VirtualTime time;
    private final Chance chance;
    private final SimulatedStore store;
    private final DefaultElections elections;
    private final Map<Contest, Election> joined = new HashMap<>();
    private final Map<Contest, Listening> listenings = new HashMap<>();
    private final List<Expected> answers = new ArrayList<>();
    private final Deque<Runnable> backlog = new ArrayDeque<>();
    private @Nullable Long staleReading;
    private long clockReadAt;
    private boolean closing;
    private boolean dead;

    Life(SimulatedMember member, SimulatedMember.Surroundings around, int number) {
        this.member = member;
        this.around = around;
        this.time = around.time();
        this.chance = around.chance();
        this.store = new SimulatedStore(time, chance, around.etcd(), this);
        Environment environment = new Environment(
                store,
                new Loop(),
                task -> later(chance.nanos(Duration.ofMillis(chance.strikes(50) ? 3_000 : 2)), task),
                this::ticker,
                () -> Instant.EPOCH.plusNanos(time.now()),
                chance::fraction,
                chance::bits,
                EngineObserver.NONE);
        Duration lease = member.lease();
        Duration timeout = lease.dividedBy(2);
        elections =
                DefaultElections.create(environment, new SessionSettings(lease, member.failOver(), timeout, timeout));
        around.contests().forEach(each -> join(each, number));
        work();
    }

    private void join(Contest contest, int number) {
        String who = member.name() + "#" + number + " of " + contest.name();
        Listening listening = new Listening(member, who, contest.terms(), around.findings());
        Election election = elections.join(ElectionConfig.of(contest.keys().election(), member.id())
                .withName(contest.name())
                .withStepDownTimeout(SimulatedMember.STEP_DOWN));
        election.addListener(event -> {
            listening.hears(event);
            if (chance.strikes(50)) {
                throw new IllegalStateException("a listener that fails");
            }
        });
        joined.put(contest, election);
        listenings.put(contest, listening);
    }

    private record Expected(String what, CompletableFuture<?> answer) {}

    @Nullable
    Election election(Contest contest) {
        return joined.get(contest);
    }

    /** When the clock was read for what was done last. */
    long clockReadAt() {
        return clockReadAt;
    }

    boolean isClosing() {
        return closing;
    }

    boolean cutOff() {
        return dead || member.isCutOff();
    }

    void die() {
        dead = true;
    }

    /** L3: everything that was asked is answered, in the end with nothing left to answer it but the listeners' pool. */
    void close(Runnable done) {
        closing = true;
        elections.closeAsync().whenComplete((closed, failure) -> {
            done.run();
            long closedAt = time.now();
            time.in(AFTERWARDS.toNanos(), () -> endOnceAnswered(closedAt));
        });
    }

    /** While it is paused it cannot answer, and each pause delays whatever has a limit. */
    private void endOnceAnswered(long closedAt) {
        long due = Math.max(closedAt, member.pausedUntil()) + LONGEST_ANSWER.toNanos();
        if (!dead
                && time.now() < due
                && !answers.stream().allMatch(each -> each.answer().isDone())) {
            time.at(due, () -> endOnceAnswered(closedAt));
        } else if (!dead) {
            verifyAnswers();
            die();
        }
    }

    void expectAnswer(String what, CompletableFuture<?> answer) {
        answers.add(new Expected(what, answer));
    }

    void verify(Contest contest, @Nullable Candidate present) {
        Objects.requireNonNull(listenings.get(contest)).verifyUpToDate(present);
        verifyAnswers();
    }

    /** Something arrives from the network. */
    void receive(Runnable work) {
        later(0, work);
    }

    /** Something is due by this process' own clock. */
    void after(long nanos, Runnable work) {
        later(member.really(nanos), work);
    }

    private void verifyAnswers() {
        answers.forEach(each -> {
            if (!each.answer().isDone()) {
                around.findings().found("L3", each.what() + " of " + member.name() + " was never answered");
            }
        });
    }

    /** S2: the application writes while it may, and now and then a little later. */
    private void work() {
        after(chance.nanos(Duration.ofMillis(800)), () -> {
            joined.forEach((contest, election) -> election.leadership().ifPresent(term -> write(contest, term)));
            work();
        });
    }

    private void write(Contest contest, Leadership term) {
        store.writeGuarded(term.leader().key(), term.fencingToken(), contest);
    }

    private void later(long delayNanos, Runnable work) {
        time.in(delayNanos, () -> runUnlessPaused(work));
    }

    private void runUnlessPaused(Runnable work) {
        if (dead) {
            return;
        }
        if (time.now() < member.pausedUntil() || !backlog.isEmpty()) {
            backlog.add(work);
        } else if (chance.strikes(1)) {
            backlog.add(descheduled(work));
        } else {
            clockReadAt = time.now();
            work.run();
        }
        if (backlog.size() == 1) {
            time.at(member.pausedUntil(), this::goOn);
        }
    }

    /** A thread may be stopped right after it has read the clock; what it does then, it does much later. */
    private Runnable descheduled(Runnable work) {
        long readAt = time.now();
        long reading = member.reading(readAt);
        member.pause(Duration.ofNanos(chance.nanos(Duration.ofSeconds(chance.below(2) == 0 ? 1 : 6))));
        return () -> {
            staleReading = reading;
            clockReadAt = readAt;
            work.run();
            staleReading = null;
        };
    }

    /** Does what has waited, in order, and lets everybody look after each. */
    private void goOn() {
        if (dead) {
            return;
        }
        if (time.now() >= member.pausedUntil()) {
            clockReadAt = time.now();
            backlog.element().run();
            backlog.remove();
        }
        if (!backlog.isEmpty()) {
            time.at(member.pausedUntil(), this::goOn);
        }
    }

    private long ticker() {
        Long stale = staleReading;
        staleReading = null;
        return stale == null ? member.reading(time.now()) : stale;
    }

    private final class Loop implements SerialExecutor {
        private boolean ended;

        @Override
        public void execute(Runnable task) {
            if (ended) {
                throw new RejectedExecutionException();
            }
            schedule(task, 0);
        }

        @Override
        public Runnable schedule(Runnable task, long delayNanos) {
            boolean[] cancelled = {ended};
            after(delayNanos, () -> {
                if (!cancelled[0]) {
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
