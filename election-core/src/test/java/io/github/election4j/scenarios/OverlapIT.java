package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionState;
import io.github.election4j.SessionStatus;
import io.github.election4j.testing.JavaProcess;
import io.github.election4j.testing.LeaderSampler;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.MemberMain;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.Signals;
import io.github.election4j.testing.TcpProxy;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S1 under faults: two members of this JVM, asked all the time on one clock. */
@NeedsEtcd
@Timeout(120)
class OverlapIT {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private TestEtcd etcd;

    @BeforeEach
    void start() {
        etcd = TestEtcd.started();
    }

    @AfterEach
    void stop() {
        etcd.close();
    }

    /** P7, stopped: the holder says so, and the successor waits for that and not for D. */
    @Test
    void leaderWhoseKeyIsDeletedMakesWayInMilliseconds() {
        try (Member first = join("m1").awaitLeader();
                Member second = join("m2").awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            etcd.delete(first.election().leader().orElseThrow().key());
            sampler.awaitSeen("m2");
            assertThat(sampler.overlaps()).isEmpty();
            assertThat(Duration.ofNanos(sampler.handOverNanos("m1", "m2"))).isLessThan(LEASE.dividedBy(3));
        }
    }

    @Test
    void leaderWhoseLeaseIsRevokedMakesWayInMilliseconds() {
        try (Member first = join("m1").awaitLeader();
                Member second = join("m2").awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            long lease = first.elections().session().leaseId();
            etcd.revoke(lease);
            second.awaitLeader();
            first.awaitFollows(second);
            sampler.awaitSeen("m2");
            assertThat(sampler.overlaps()).isEmpty();
            assertThat(Duration.ofNanos(sampler.handOverNanos("m1", "m2"))).isLessThan(LEASE.dividedBy(3));
            assertThat(first.elections().session().leaseId()).isNotEqualTo(lease);
        }
    }

    /** P7, vanish claim: the key of a leader that cannot hear of it is deleted; the successor waits it out. */
    @Test
    void leaderThatCannotHearIsWaitedOut() {
        try (TcpProxy proxy = TcpProxy.to(etcd);
                Member first =
                        Member.join("/overlap", "m1", LEASE, proxy.endpoint()).awaitLeader();
                Member second = join("m2").awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            proxy.blackHole();
            etcd.delete(first.election().leader().orElseThrow().key());
            second.awaitLeader();
            assertThat(first.isLeader()).isFalse();
            assertThat(sampler.overlaps()).isEmpty();
            proxy.heal();
            first.awaitFollows(second);
            first.awaitTerms(2);
        }
    }

    @Test
    void leaderWhoseRepliesAreLostStepsDownByItself() {
        try (TcpProxy proxy = TcpProxy.to(etcd);
                Member first =
                        Member.join("/overlap", "m1", LEASE, proxy.endpoint()).awaitLeader();
                Member second = join("m2").awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            proxy.swallowReplies();
            await().atMost(LIMIT).until(() -> !first.isLeader());
            proxy.heal();
            await().atMost(LIMIT).until(() -> first.isLeader() || second.isLeader());
            await().atMost(LIMIT).until(() -> first.queued() && second.queued());
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    @Test
    void membersReturnWhenEtcdDoes() {
        try (Member first = join("m1").awaitLeader();
                Member second = join("m2").awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            etcd.kill();
            await().atMost(LIMIT)
                    .until(() -> first.election().status().state() == ElectionState.DISCONNECTED
                            && second.election().status().state() == ElectionState.DISCONNECTED);
            assertThat(first.isLeader()).isFalse();
            etcd.restart();
            await().atMost(LIMIT).until(() -> first.isLeader() || second.isLeader());
            await().atMost(LIMIT).until(() -> first.queued() && second.queued());
            await().atMost(LIMIT).until(() -> second.elections().session().state() == SessionStatus.State.ACTIVE);
            assertThat(sampler.overlaps()).isEmpty();
            await().atMost(LIMIT).until(() -> first.terms().size() >= 2);
            first.assertTermsAlternate();
            second.assertTermsAlternate();
        }
    }

    @Test
    void etcdThatStandsStillForLongerThanTheLeaseLosesTheTermAndNothingElse() {
        try (Member first = join("m1").awaitLeader();
                Member second = join("m2").awaitFollows(first);
                LeaderSampler sampler = new LeaderSampler(first, second)) {
            etcd.pause();
            await().atMost(LIMIT).until(() -> !first.isLeader());
            first.awaitTerms(2);
            etcd.resume();
            await().atMost(LIMIT).until(() -> first.isLeader() || second.isLeader());
            await().atMost(LIMIT).until(() -> first.queued() && second.queued());
            assertThat(sampler.overlaps()).isEmpty();
        }
    }

    /** P9: whoever was paused answers false in his first call, whatever his loop has not done yet. */
    @Test
    void pausedLeaderNeverAnswersTrueAgain() {
        try (JavaProcess first = JavaProcess.main(MemberMain.class, "/overlap", "m1", "3", etcd.endpoint())) {
            first.awaitLine(line -> line.startsWith("LEADS"), LIMIT);
            try (Member second = join("m2")) {
                await().atMost(LIMIT).until(second::queued);
                Signals.stop(first.pid());
                second.awaitLeader();
                Signals.resume(first.pid());
                first.awaitLine(line -> line.startsWith("RESUMED"), LIMIT);
                assertThat(first.lines().stream().filter(line -> line.startsWith("RESUMED")))
                        .containsOnly("RESUMED true answers 0");
                assertThat(second.isLeader()).isTrue();
            }
        }
    }

    /** P3: a history that is compacted under members costs them nothing. */
    @Test
    void compactionDisturbsNobody() {
        try (Member first = join("m1").awaitLeader();
                Member second = join("m2").awaitFollows(first)) {
            etcd.compact();
            first.leave();
            second.awaitLeader();
            second.awaitTerms(1);
        }
    }

    private Member join(String id) {
        return Member.join("/overlap", id, LEASE, etcd.endpoint());
    }
}
