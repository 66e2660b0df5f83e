package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of tasks are real; whatever they ask of the loop, the test runs once they have ended. */
@Timeout(60)
class WhileLeadingTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Bench bench = new Bench();
    private final Election election = bench.lead("a").get(0);
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final LeaderTask untilInterrupted = term -> {
        seen.add("begins " + term.fencingToken());
        try {
            new CountDownLatch(1).await();
        } finally {
            untilTheTestWaits();
            seen.add("ends " + term.fencingToken());
        }
    };
    private final Thread test = Thread.currentThread();
    private final Semaphore mayFail = new Semaphore(0);

    @Test
    void runsForEachTermAndTheNextBeginsWhenItHasReturned() {
        long first = token();
        LeaderWork work = begin(untilInterrupted);
        await().atMost(LIMIT).until(() -> seen.size() == 1);
        assertThat(work.isRunning()).isTrue();

        election.resign();
        bench.settle();

        long second = token();
        await().atMost(LIMIT).until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("begins " + first, "ends " + first, "begins " + second);
        assertThat(election.status().lastError()).isNull();
    }

    @Test
    void runsOnAThreadOfItsOwnAsPartOfTheTerm() {
        Leadership term = election.leadership().orElseThrow();
        LeaderWork work = begin(given -> {
            seen.addAll(
                    List.of(given, Leadership.current(), Thread.currentThread().getName()));
            seen.add(Thread.currentThread().isDaemon());
            seen.add(ListenerPool.inListener());
        });
        ends(work);

        assertThat(seen).containsExactly(term, term, "election4j-work-a", true, true);
        bench.settle();
        assertThat(election.isLeader()).as("though the task is done").isTrue();
        assertThat(seen).hasSize(5);
    }

    @Test
    void aTaskThatThrowsEndsTheTermAndIsTriedAgain() {
        long first = token();
        LeaderWork work = begin(term -> {
            seen.add(term.fencingToken());
            mayFail.acquire();
            if (seen.size() <= 2) {
                throw new IllegalStateException("no database");
            }
        });
        failsOrReturns(work);
        assertThat(election.status().lastError())
                .isEqualTo("task: the task of the leader failed: java.lang.IllegalStateException: no database");
        failsOrReturns(work);
        failsOrReturns(work);

        assertThat(seen).hasSize(3).doesNotHaveDuplicates().startsWith(first).endsWith(token());
        assertThat(election.status().lastError()).isNull();
    }

    @Test
    void aTermThatEndsBeforeTheNextAttemptIsNoSuccess() {
        LeaderWork work = WhileLeading.begin(
                election,
                term -> {
                    seen.add(term.fencingToken());
                    mayFail.acquire();
                    throw new IllegalStateException("no database");
                },
                outcome(),
                LIMIT);
        bench.settle();
        failsOrReturns(work);
        assertThat(work.isRunning()).as("waits").isTrue();

        election.resign();
        bench.settle();

        assertThat(election.status().lastError()).endsWith("no database");
        assertThat(election.isLeader()).isTrue();
        assertThat(seen).hasSize(1);
    }

    @Test
    void tasksOfOneElectionHaveThreadsOfTheirOwn() {
        LeaderWork one = begin(untilInterrupted);
        LeaderWork other = begin(untilInterrupted);
        await().atMost(LIMIT).until(() -> seen.size() == 2);

        one.close();
        assertThat(one.closed()).isNotDone();
        election.evict();
        bench.settle();

        assertThat(one.closed()).succeedsWithin(LIMIT);
        assertThat(other.isRunning()).isFalse();
        assertThat(seen).hasSize(4);
    }

    @Test
    void waitsLongerAfterEachFailureInARow() {
        Duration second = Duration.ofSeconds(1);
        assertThat(List.of(0, 1, 2, 3, 6, 7, 100))
                .extracting(failures -> WhileLeading.pause(failures, second).toSeconds())
                .containsExactly(0L, 1L, 2L, 4L, 32L, 60L, 60L);
    }

    @Test
    void whatIsThrownForTheInterruptionIsNoFailure() {
        LeaderWork work = begin(term -> {
            seen.add(term);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                throw new IllegalStateException("interrupted", ended);
            }
        });
        await().atMost(LIMIT).until(() -> seen.size() == 1);

        work.close();
        assertThat(work.closed()).succeedsWithin(LIMIT);
        bench.settle();

        assertThat(work.isRunning()).isFalse();
        assertThat(election.isLeader()).isTrue();
        assertThat(election.status().lastError()).isNull();
        election.resign();
        bench.settle();
        assertThat(seen).as("runs for no later term").hasSize(1);
    }

    @Test
    void isClosedAtOnceWhereNothingRuns() {
        election.evict();
        bench.settle();
        LeaderWork work = begin(untilInterrupted);

        work.close();

        assertThat(work.closed()).isCompleted();
        election.cancelEvict();
        bench.settle();
        assertThat(election.isLeader()).isTrue();
        assertThat(seen).isEmpty();
    }

    @Test
    void doesNotBeginForATermThatIsOver() {
        LeaderWork work = WhileLeading.begin(election, untilInterrupted, outcome(), MOMENT);
        bench.settleButListeners();
        election.resign();
        bench.settleButListeners();
        assertThat(election.isLeader()).isFalse();

        bench.settle();

        await().atMost(LIMIT).until(() -> seen.size() == 1);
        assertThat(seen).containsExactly("begins " + token());
        assertThat(work.isRunning()).isTrue();
    }

    private LeaderWork begin(LeaderTask task) {
        LeaderWork work = WhileLeading.begin(election, task, outcome(), MOMENT);
        bench.settle();
        return work;
    }

    private WhileLeading.Outcome outcome() {
        return ((DefaultElection) election).taskOutcome();
    }

    private void failsOrReturns(LeaderWork work) {
        mayFail.release();
        ends(work);
        bench.settle();
    }

    /** For the return of the task, which it does not where it goes on without. */
    private void untilTheTestWaits() {
        while (test.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void ends(LeaderWork work) {
        await().atMost(LIMIT).until(() -> !work.isRunning());
    }

    private long token() {
        return election.leadership().orElseThrow().fencingToken();
    }
}
