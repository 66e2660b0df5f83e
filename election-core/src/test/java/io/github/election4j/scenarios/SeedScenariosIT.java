package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scenarios of the Go package, whose tests use leases of 60 s so that nothing here is an expiry. */
@NeedsEtcd
@Timeout(120)
class SeedScenariosIT {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static TestEtcd etcd;

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    private static Member join(String key, String id) {
        return Member.join(key, id, LEASE, etcd.endpoint());
    }

    @Test
    void secondFollowsFirstAndTakesOverWhenItCloses() throws Exception {
        try (Member first = join("/seed/normal", "m1").awaitLeader();
                Member second = join("/seed/normal", "m2").awaitFollows(first)) {
            assertThat(fetch(second)).map(Candidate::id).contains("m1");
            assertThat(second.isLeader()).isFalse();

            first.leave();

            assertThat(first.isLeader()).isFalse();
            second.awaitLeader();
            assertThat(second.election().clear("m1").get(5, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.NOT_FOUND);
            assertThat(etcd.keys("/seed/normal/")).hasSize(1);
            first.awaitTerms(2);
        }
    }

    @Test
    void clearingACrashedLeaderMakesWayAtOnce() throws Exception {
        String value = "{\"id\":\"crashed\",\"addr\":\"a\",\"validityMs\":0}";
        long lease = etcd.grant(60);
        etcd.put("/seed/crash/" + Long.toHexString(lease), value, lease);
        try (Member second = join("/seed/crash", "m2")) {
            await().atMost(Member.LIMIT)
                    .until(() -> second.election().leader().map(Candidate::id).equals(Optional.of("crashed")));

            assertThat(second.election().clear("crashed").get(5, TimeUnit.SECONDS))
                    .isEqualTo(OperationOutcome.CLEARED);

            second.awaitLeader();
        }
    }

    @Test
    void followerThatClosesDisturbsNobody() {
        try (Member first = join("/seed/always1", "m1").awaitLeader();
                Member second = join("/seed/always1", "m2").awaitFollows(first)) {
            second.leave();

            await().atMost(Member.LIMIT)
                    .until(() -> first.election().candidates().size() == 1);
            assertThat(first.isLeader()).isTrue();
            first.awaitTerms(1);
        }
    }

    @Test
    void evictedLeaderStaysOutUntilCancelled() throws Exception {
        try (Member first = join("/seed/evict", "m1").awaitLeader();
                Member second = join("/seed/evict", "m2").awaitFollows(first)) {
            assertThat(first.election().evict().get(5, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.RELEASED);
            second.awaitLeader();
            assertThat(first.isLeader()).isFalse();
            assertThat(first.election().evict().get(5, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.ALREADY_EVICTED);

            assertThat(first.election().cancelEvict().get(5, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.REJOINED);
            assertThat(first.election().cancelEvict().get(5, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.NOT_EVICTED);
            assertThat(second.election().evict().get(5, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.RELEASED);
            first.awaitLeader();
        }
    }

    @Test
    void leaderWhoseKeyIsDeletedRetiresAndReturnsWithANewToken() {
        try (Member first = join("/seed/delete", "m1").awaitLeader()) {
            long token = first.election().leadership().orElseThrow().fencingToken();

            etcd.deletePrefix("/seed/delete/");

            first.awaitTerms(3);
            assertThat(first.terms().subList(0, 2)).containsExactly("+" + token, "-" + token);
            assertThat(first.election().leadership().orElseThrow().fencingToken())
                    .isGreaterThan(token);
        }
    }

    @Test
    void resigningAloneIsElectedAgainWithANewToken() throws Exception {
        try (Member first = join("/seed/resign", "m1").awaitLeader()) {
            assertThat(first.election().resign().get(5, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.RELEASED);
            first.awaitLeader();
            first.awaitTerms(3);
        }
    }

    @Test
    void followersHearOfEveryChange() {
        try (Member first = join("/seed/events", "m1").awaitLeader();
                Member second = join("/seed/events", "m2").awaitFollows(first)) {
            first.leave();
            second.awaitLeader();
            second.awaitTerms(1);
            LeaderChanged granted =
                    (LeaderChanged) second.events().get(second.events().size() - 1);
            assertThat(granted.state()).isEqualTo(LeaderState.IS_LEADER);
        }
    }

    /** Weakness 8: in Go a waiting member whose key is gone waits for ever, and can become a leader without a key. */
    @Test
    void waitingMemberWhoseKeyIsDeletedEntersAgain() {
        try (Member first = join("/seed/zombie", "m1").awaitLeader();
                Member second = join("/seed/zombie", "m2").awaitFollows(first)) {
            Candidate place = second.election().candidates().get(1);
            etcd.delete(place.key());
            await().atMost(Member.LIMIT)
                    .until(() -> second.election().candidates().stream()
                            .anyMatch(each -> each.id().equals("m2") && each.fencingToken() > place.fencingToken()));
            first.leave();
            second.awaitLeader();
        }
    }

    /** Weakness 14: in Go every change of leader makes all losers enter again, in any order. */
    @Test
    void changeOfLeaderLeavesTheQueueAsItIs() {
        try (Member first = join("/seed/order", "m1").awaitLeader();
                Member second = join("/seed/order", "m2").awaitFollows(first);
                Member third = join("/seed/order", "m3").awaitFollows(first);
                Member fourth = join("/seed/order", "m4").awaitFollows(first)) {
            List<Candidate> queue = fourth.election().candidates();
            first.leave();
            second.awaitLeader();
            fourth.awaitFollows(second);
            assertThat(fourth.election().candidates()).isEqualTo(queue.subList(1, 4));
            assertThat(third.isLeader()).isFalse();
        }
    }

    private static Optional<Candidate> fetch(Member member) throws Exception {
        return member.election().fetchLeader().get(5, TimeUnit.SECONDS);
    }
}
