package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionException;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import io.github.election4j.Leadership;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs while a member leads, and who waits for it. */
@NeedsEtcd
@Timeout(120)
class LeaderWorkIT {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int HAND_OVERS = 30;

    private final List<Member> members = new ArrayList<>();
    private TestEtcd etcd;

    @BeforeEach
    void start() {
        etcd = TestEtcd.started();
    }

    @AfterEach
    void stop() {
        members.forEach(Member::close);
        etcd.close();
    }

    /** S4. */
    @Test
    void tasksOfTwoMembersDoNotOverlapInHandOvers() {
        AtomicInteger active = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        LeaderTask task = term -> {
            most.accumulateAndGet(active.incrementAndGet(), Math::max);
            runs.incrementAndGet();
            try {
                untilInterrupted();
            } finally {
                TimeUnit.MILLISECONDS.sleep(5); // Whatever it has to put away.
                active.decrementAndGet();
            }
        };
        for (String id : List.of("m1", "m2", "m3")) {
            join(id).election().whileLeading(task);
        }

        for (int i = 0; i < HAND_OVERS; i++) {
            int before = runs.get();
            await().atMost(Member.LIMIT).until(() -> active.get() == 1);
            leader().election().resign().join();
            await().atMost(Member.LIMIT).until(() -> runs.get() > before);
        }

        assertThat(most).hasValue(1);
    }

    @Test
    void aTaskThatThrowsHandsOverAndIsTriedAgain() {
        Member first = join("m1").awaitLeader();
        Member second = join("m2").awaitFollows(first);
        CountDownLatch well = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();

        first.election().whileLeading(term -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("no database");
            }
            well.countDown();
            untilInterrupted();
        });
        second.awaitLeader();
        await().atMost(Member.LIMIT)
                .untilAsserted(() -> assertThat(first.election().status().lastError())
                        .isEqualTo(
                                "task: the task of the leader failed: java.lang.IllegalStateException: no database"));
        first.awaitFollows(second);
        second.election().resign().join();

        await().atMost(Member.LIMIT).until(() -> well.getCount() == 0);
        assertThat(first.isLeader()).isTrue();
        first.election().resign().join();
        await().atMost(Member.LIMIT)
                .untilAsserted(
                        () -> assertThat(first.election().status().lastError()).isNull());
    }

    @Test
    void whatIsClosedRunsNoMoreAndTheMemberLeadsOn() {
        Member member = join("m1").awaitLeader();
        CountDownLatch interrupted = new CountDownLatch(1);
        LeaderWork work = member.election().whileLeading(term -> {
            try {
                untilInterrupted();
            } finally {
                interrupted.countDown();
            }
        });
        await().atMost(Member.LIMIT).until(work::isRunning);

        work.close();

        assertThat(work.closed()).succeedsWithin(Member.LIMIT);
        assertThat(interrupted.getCount()).isZero();
        assertThat(work.isRunning()).isFalse();
        assertThat(member.isLeader()).isTrue();
        assertThat(member.election().status().lastError()).isNull();
    }

    @Test
    void aTaskKnowsItsTermAndMayCloseItsElection() {
        Member member = join("m1").awaitLeader();
        Leadership term = member.election().leadership().orElseThrow();
        CompletableFuture<Leadership> seen = new CompletableFuture<>();

        member.election().whileLeading(given -> {
            assertThat(given).isSameAs(Leadership.current());
            member.election().close();
            seen.complete(Leadership.current());
        });

        assertThat(seen).succeedsWithin(Member.LIMIT).isSameAs(term);
        await().atMost(Member.LIMIT).until(() -> !term.isValid());
        assertThatThrownBy(Leadership::current).isInstanceOf(IllegalStateException.class);
    }

    /** S4. */
    @Test
    void theStepDownWaitsForTheHooksOfTheTerm() {
        Member first = join("m1").awaitLeader();
        Member second = join("m2").awaitFollows(first);
        Leadership term = first.election().leadership().orElseThrow();
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<Object> seen = new AtomicReference<>();
        term.onEnd(reason -> {
            throw new IllegalStateException("broken");
        });
        term.onEnd(reason -> {
            seen.set(reason + " " + Leadership.current().isValid());
            try {
                release.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });

        var resigned = first.election().resign();
        await().atMost(Member.LIMIT).until(() -> seen.get() != null);
        assertThat(seen).hasValue("RESIGNED false");
        assertThat(second.isLeader()).isFalse();
        assertThat(resigned).isNotDone();
        release.countDown();

        assertThat(resigned).succeedsWithin(Member.LIMIT);
        second.awaitLeader();
        assertThatThrownBy(() -> term.onEnd(reason -> {})).isInstanceOf(ElectionException.class);
    }

    @Test
    void whoAwaitsTheLeadershipGetsTheTerm() {
        Member first = join("m1");
        assertThat(first.election().awaitLeadership()).succeedsWithin(Member.LIMIT);
        Member second = join("m2").awaitFollows(first);
        CompletableFuture<Leadership> awaited = second.election().awaitLeadership();
        CompletableFuture<Leadership> given = second.election().awaitLeadership();
        given.cancel(false);
        assertThat(awaited).isNotDone();

        first.election().resign().join();

        assertThat(awaited)
                .succeedsWithin(Member.LIMIT)
                .isSameAs(second.election().leadership().orElseThrow());
        first.awaitFollows(second);
        CompletableFuture<Leadership> never = first.election().awaitLeadership();
        first.election().close();
        assertThat(never)
                .failsWithin(Member.LIMIT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ElectionException.class);
    }

    private Member join(String id) {
        Member member = Member.join("/work", id, LEASE, etcd.endpoint());
        members.add(member);
        return member;
    }

    private Member leader() {
        return members.stream().filter(Member::isLeader).findFirst().orElseThrow();
    }

    private static void untilInterrupted() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
