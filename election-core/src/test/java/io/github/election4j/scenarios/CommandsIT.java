package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionListener;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.testing.LeaderSampler;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S3, S4, L3: operations and listeners, from anywhere and at any time. */
@NeedsEtcd
@Timeout(240)
class CommandsIT {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final List<Object> EXPECTED_ENDS = List.of(
            OperationOutcome.RELEASED,
            OperationOutcome.LEFT_QUEUE,
            OperationOutcome.NOT_IN_QUEUE,
            OperationOutcome.ALREADY_EVICTED,
            OperationOutcome.REJOINED,
            OperationOutcome.NOT_EVICTED,
            ElectionException.Kind.SUPERSEDED);

    private static TestEtcd etcd;

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @Test
    void aThousandRacesEndInTheRightState() throws Exception {
        try (Member first = join("/c/races", "m1").awaitLeader();
                Member second = join("/c/races", "m2").awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            List<CompletableFuture<Object>> futures = new CopyOnWriteArrayList<>();
            List<Thread> callers = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(seed);
                callers.add(new Thread(() -> race(first, random, futures)));
            }
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(futures).hasSize(1_000);
            for (CompletableFuture<Object> future : futures) {
                assertThat(future.get(20, TimeUnit.SECONDS)).isIn(EXPECTED_ENDS);
            }
            first.election().cancelEvict();
            await().atMost(Member.LIMIT).until(() -> first.queued() && second.queued());
            await().atMost(Member.LIMIT).until(() -> first.isLeader() || second.isLeader());
            Member leader = first.isLeader() ? first : second;
            leader.election().resign();
            (leader.equals(first) ? second : first).awaitLeader();
            assertThat(sampler.overlaps()).isEmpty();
            first.assertTermsAlternate();
            second.assertTermsAlternate();
        }
    }

    /** Calls an operation, and every twentieth time waits for its end. */
    private static void race(Member member, Random random, List<CompletableFuture<Object>> futures) {
        for (int i = 0; i < 250; i++) {
            CompletableFuture<OperationOutcome> future = switch (random.nextInt(4)) {
                case 0 -> member.election().evict();
                case 1 -> member.election().resign();
                default -> member.election().cancelEvict();
            };
            CompletableFuture<Object> end = future.handle(
                    (outcome, failure) -> failure instanceof ElectionException known ? known.kind() : outcome);
            futures.add(end);
            if (i % 20 == 0) {
                end.join();
            }
        }
    }

    /** S4: the successor starts only after this member's listeners have returned. */
    @Test
    void successorWaitsForRevokeListeners() throws Exception {
        AtomicLong stoppedAt = new AtomicLong();
        AtomicLong grantedAt = new AtomicLong();
        try (Member first = join("/c/order", "m1").awaitLeader();
                Member second = join("/c/order", "m2").awaitFollows(first)) {
            CountDownLatch finish = new CountDownLatch(1);
            first.election().addListener(onRevoke(() -> {
                awaitLatch(finish);
                stoppedAt.set(System.nanoTime());
            }));
            second.election().addListener(event -> {
                if (event instanceof LeaderChanged change && change.state() == LeaderState.IS_LEADER) {
                    grantedAt.set(System.nanoTime());
                }
            });
            CompletableFuture<OperationOutcome> resigned = first.election().resign();
            await().atMost(Member.LIMIT).until(() -> !first.isLeader());
            await().during(Duration.ofMillis(300)).until(() -> !second.isLeader() && !resigned.isDone());
            finish.countDown();
            assertThat(resigned.get(10, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.RELEASED);
            second.awaitLeader();
            await().atMost(Member.LIMIT).until(() -> grantedAt.get() != 0);
            assertThat(grantedAt.get() - stoppedAt.get()).isPositive();
        }
    }

    @Test
    void listenerThatNeverReturnsHoldsNothingUpForLong() {
        CountDownLatch never = new CountDownLatch(1);
        ElectionConfig config = ElectionConfig.of("/c/hang", "m1").withStepDownTimeout(Duration.ofMillis(500));
        try (Member first = Member.join(config, Duration.ofSeconds(2), etcd.endpoint())
                        .awaitLeader();
                Member second = join("/c/hang", "m2").awaitFollows(first)) {
            first.election().addListener(event -> awaitLatch(never));
            first.election().addListener(onRevoke(() -> awaitLatch(never)));
            long renewed = first.elections().session().validFor().toNanos();
            assertThat(renewed).isPositive();
            first.election().resign();
            second.awaitLeader();
            first.awaitTerms(2);
        } finally {
            never.countDown();
        }
    }

    @Test
    void throwingListenerIsReportedAndDisturbsNobody() {
        try (Member first = join("/c/throwing", "m1").awaitLeader()) {
            first.election().addListener(event -> {
                throw new IllegalStateException("broken");
            });
            await().atMost(Member.LIMIT).until(() -> first.events().stream().anyMatch(CommandsIT::isListenerError));
            assertThat(first.election().status().lastError()).contains("broken");
            first.election().resign();
            first.awaitTerms(3);
        }
    }

    @Test
    void lateListenerIsToldThePresentLeaderFirst() {
        try (Member first = join("/c/late", "m1").awaitLeader()) {
            List<ElectionEvent> heard = new CopyOnWriteArrayList<>();
            first.election().addListener(heard::add);
            await().atMost(Member.LIMIT).until(() -> !heard.isEmpty());
            assertThat(((LeaderChanged) heard.get(0)).state()).isEqualTo(LeaderState.IS_LEADER);
        }
    }

    @Test
    void operationsCanBeCalledAndWaitedForInsideAListener() {
        try (Member first = join("/c/inside", "m1").awaitLeader();
                Member second = join("/c/inside", "m2").awaitFollows(first)) {
            CompletableFuture<OperationOutcome> inside = new CompletableFuture<>();
            second.election().addListener(event -> {
                if (event instanceof LeaderChanged change && change.state() == LeaderState.IS_LEADER) {
                    inside.complete(second.election().cancelEvict().join());
                }
            });
            first.election().evict();
            assertThat(inside).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(OperationOutcome.NOT_EVICTED);
        }
    }

    @Test
    void evictionOutlivesTheSession() {
        try (Member first = join("/c/evicted", "m1").awaitLeader()) {
            assertThat(first.election().evict()).succeedsWithin(Duration.ofSeconds(10));
            long lease = first.elections().session().leaseId();
            etcd.revoke(lease);
            await().atMost(Member.LIMIT)
                    .until(() -> first.elections().session().leaseId() != lease
                            && first.elections().session().leaseId() != 0);
            assertThat(first.election().status().evicted()).isTrue();
            await().during(Duration.ofMillis(500)).until(() -> !first.queued());
            assertThat(first.election().cancelEvict()).succeedsWithin(Duration.ofSeconds(10));
            first.awaitLeader();
        }
    }

    @Test
    void closesInTimeThoughEtcdIsDead() {
        TestEtcd own = TestEtcd.started();
        try (own) {
            ElectionConfig config = ElectionConfig.of("/c/dead", "m1").withStepDownTimeout(Duration.ofSeconds(1));
            Member member = Member.join(config, LEASE, own.endpoint()).awaitLeader();
            own.kill();
            long from = System.nanoTime();
            member.leave();
            Duration limit = Duration.ofSeconds(1).plus(LEASE.dividedBy(2)).plusSeconds(1);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(limit);
            assertThat(member.election().evict()).failsWithin(Duration.ofSeconds(1));
            assertThat(member.election().fetchLeader()).failsWithin(Duration.ofSeconds(5));
        }
    }

    private static Member join(String key, String id) {
        return Member.join(key, id, LEASE, etcd.endpoint());
    }

    private static ElectionListener onRevoke(Runnable work) {
        return event -> {
            if (event instanceof LeaderChanged change && change.state() == LeaderState.RETIRE_FROM_LEADER) {
                work.run();
            }
        };
    }

    private static boolean isListenerError(ElectionEvent event) {
        return event instanceof ElectionError error && error.operation().equals("listener");
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
