package io.github.election4j.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.OperationOutcome;
import io.github.election4j.testing.LeaderSampler;
import io.github.election4j.testing.Member;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S1 under faults that no real etcd shows on demand. */
@Timeout(120)
class EngineFaultsIT {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LONG_LEASE = Duration.ofSeconds(30);
    private static final String KEY = "/faults";

    private EmbeddedEtcd etcd;

    @BeforeEach
    void start() {
        etcd = EmbeddedEtcd.start();
    }

    @AfterEach
    void stop() {
        etcd.close();
    }

    /** P4: an acknowledgement of a keep-alive extends nothing; the leader finds out by its key. */
    @Test
    void keepAlivesThatAreNotHonouredMakeNoTwoLeaders() {
        try (Member first = join("m1", LEASE).awaitLeader();
                Member second = join("m2", LEASE).awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            etcd.faults().lieInKeepAlives();
            await().atMost(Member.LIMIT).until(() -> first.terms().size() > 1);
            etcd.faults().stopLying();

            await().atMost(Member.LIMIT).until(() -> first.queued() && second.queued());
            await().atMost(Member.LIMIT).until(() -> first.isLeader() || second.isLeader());
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    /** P4: a heartbeat that was reported lost may still come; by then it must not undo anything. */
    @Test
    void heartbeatThatIsCommittedLateChangesNothing() {
        try (Member first = join("m1", LEASE).awaitLeader();
                Member second = join("m2", LEASE).awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            String beats = "/election4j/beat/"
                    + Long.toHexString(first.elections().session().leaseId()) + "/";
            etcd.faults().commitLate(key -> key.startsWith(beats));
            await().atMost(Member.LIMIT).until(() -> first.events().stream().anyMatch(ElectionError.class::isInstance));
            first.leave();
            second.awaitLeader();

            etcd.faults().commitNow();

            assertThat(second.isLeader()).isTrue();
            await().atMost(Member.LIMIT)
                    .until(() -> second.election().candidates().size() == 1);
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    /** P2: an entry that was reported lost and comes late makes no second place in the queue. */
    @Test
    void entryThatIsCommittedLateMakesNoSecondPlace() {
        etcd.faults().commitLate(key -> key.startsWith(KEY + "/"));
        try (Member first = join("m1", LEASE).awaitLeader()) {
            etcd.faults().commitNow();

            try (Member second = join("m2", LEASE).awaitFollows(first)) {
                await().atMost(Member.LIMIT)
                        .until(() -> first.election().candidates().size() == 2);
                first.election().resign();
                second.awaitLeader();
            }
        }
    }

    /** P8: a release that was reported lost is sent again, and the late one meets nothing. */
    @Test
    void releaseThatIsCommittedLateHandsOverOnce() throws Exception {
        try (Member first = join("m1", LEASE).awaitLeader();
                Member second = join("m2", LEASE).awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            commitLate(first);
            CompletableFuture<OperationOutcome> resigned = first.election().resign();
            second.awaitLeader();
            assertThat(resigned.get(10, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.RELEASED);

            etcd.faults().commitNow();

            first.awaitFollows(second);
            second.awaitTerms(1);
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    /** P3: a watch that ends without an error is opened again; nobody is disturbed. */
    @Test
    void watchesThatEndWithoutAWordDisturbNobody() {
        try (Member first = join("m1", LEASE).awaitLeader();
                Member second = join("m2", LEASE).awaitFollows(first)) {
            etcd.faults().endWatches();
            first.leave();
            second.awaitLeader();
            second.awaitTerms(1);
        }
    }

    /** P6 and P9: nothing answers and nothing tells, with every connection open. */
    @Test
    void silenceEndsTheTermAndNothingElse() {
        try (Member first = join("m1", LEASE).awaitLeader();
                Member second = join("m2", LEASE).awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            etcd.faults().silence();
            first.awaitTerms(2);
            etcd.faults().speak();
            await().atMost(Member.LIMIT).until(() -> first.isLeader() || second.isLeader());
            await().atMost(Member.LIMIT).until(() -> first.queued() && second.queued());
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    @Test
    void withoutQuorumNobodyLeadsForLong() {
        try (Member first = join("m1", LEASE).awaitLeader();
                Member second = join("m2", LEASE).awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            etcd.faults().noLeader();
            first.awaitTerms(2);
            etcd.faults().electLeader();
            await().atMost(Member.LIMIT).until(() -> first.isLeader() || second.isLeader());
            await().atMost(Member.LIMIT).until(() -> first.queued() && second.queued());
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    /** P7, stopped: with a lease of half a minute the successor still leads within a moment. */
    @Test
    void aLeaseThatIsMadeToEndHandsOverAtOnce() {
        try (Member first = join("m1", LONG_LEASE).awaitLeader();
                Member second = join("m2", LONG_LEASE).awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            etcd.faults().expireLease(first.elections().session().leaseId());
            await().atMost(Duration.ofSeconds(3)).until(second::isLeader);
            first.awaitFollows(second);
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    /** Every lease ends at once, as after a long stop of the whole of etcd. */
    @Test
    void timeThatJumpsOverTheLeaseCostsATermAndNothingElse() {
        try (Member first = join("m1", LONG_LEASE).awaitLeader();
                Member second = join("m2", LONG_LEASE).awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            etcd.clock().advance(LONG_LEASE.plusSeconds(1));
            await().atMost(Duration.ofSeconds(5)).until(() -> first.terms().size() > 1);
            await().atMost(Duration.ofSeconds(5)).until(() -> first.isLeader() || second.isLeader());
            await().atMost(Duration.ofSeconds(5)).until(() -> first.queued() && second.queued());
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    /** The next write to the key of a member. */
    private void commitLate(Member member) {
        String place = member.election().leader().orElseThrow().key();
        etcd.faults().commitLate(place::equals);
    }

    private Member join(String id, Duration lease) {
        return Member.join(KEY, id, lease, etcd.endpoint());
    }
}
