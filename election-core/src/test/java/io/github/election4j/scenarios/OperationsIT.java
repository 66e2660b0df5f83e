package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionState;
import io.github.election4j.EvictOptions;
import io.github.election4j.Eviction;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.testing.ForeignMember;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** P8: what an operator does with an election, through any member. */
@NeedsEtcd
@Timeout(120)
class OperationsIT {
    private static final Duration LEASE = Duration.ofSeconds(5);
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
    void anyMemberEvictsAnyOtherUntilThatIsCancelled() throws Exception {
        try (Member leader = join("/o/evict", "m1").awaitLeader();
                Member other = join("/o/evict", "m2").awaitFollows(leader)) {
            Election operator = other.election();
            EvictOptions options = EvictOptions.of("m1").withBy("ops").withReason("disk </script>");

            assertThat(outcome(operator.evict(options))).isEqualTo(OperationOutcome.RELEASED);
            other.awaitLeader();
            assertThat(leader.election().status().state()).isEqualTo(ElectionState.EVICTED);
            assertThat(operator.status().evictions())
                    .singleElement()
                    .extracting(Eviction::id, Eviction::by, Eviction::reason, Eviction::until)
                    .containsExactly("m1", "ops", "disk </script>", null);
            assertThat(outcome(operator.evict(options))).isEqualTo(OperationOutcome.ALREADY_EVICTED);
            assertThat(outcome(leader.election().cancelEvict())).isEqualTo(OperationOutcome.NOT_EVICTED);

            assertThat(outcome(operator.cancelEvict("m1"))).isEqualTo(OperationOutcome.EVICTION_CANCELLED);
            await().atMost(Member.LIMIT).until(leader::queued);
            assertThat(outcome(operator.cancelEvict("m1"))).isEqualTo(OperationOutcome.NOT_EVICTED);
        }
    }

    @Test
    void itOutlivesARestartAndAnEvictionOfTheProcessDoesNot() throws Exception {
        try (Member operator = join("/o/restart", "m1").awaitLeader()) {
            try (Member before = join("/o/restart", "m2").awaitFollows(operator)) {
                assertThat(outcome(before.election().evict(EvictOptions.of("m2"))))
                        .isEqualTo(OperationOutcome.LEFT_QUEUE);
            }
            try (Member after = join("/o/restart", "m2")) {
                await().atMost(Member.LIMIT)
                        .until(() -> after.election().status().state() == ElectionState.EVICTED);
                assertThat(after.queued()).isFalse();

                assertThat(outcome(after.election().cancelEvict("m2"))).isEqualTo(OperationOutcome.REJOINED);
                assertThat(after.queued()).isTrue();
            }
        }
    }

    @Test
    void etcdEndsItWithoutAnybodysClock() throws Exception {
        try (Member member = join("/o/duration", "m1").awaitLeader()) {
            EvictOptions options = EvictOptions.of("m1").withDuration(Duration.ofSeconds(2));

            assertThat(outcome(member.election().evict(options))).isEqualTo(OperationOutcome.RELEASED);
            assertThat(member.election().status().evictions().get(0).until()).isNotNull();

            member.awaitLeader();
            assertThat(member.election().status().evictions()).isEmpty();
        }
    }

    @Test
    void whoIsNotThereIsEvictedForTheTimeWhenItComes() throws Exception {
        try (Member operator = join("/o/later", "m1").awaitLeader()) {
            assertThat(outcome(operator.election().evict(EvictOptions.of("m2"))))
                    .isEqualTo(OperationOutcome.NOT_IN_QUEUE);
            try (Member late = join("/o/later", "m2")) {
                await().atMost(Member.LIMIT)
                        .until(() -> late.election().status().state() == ElectionState.EVICTED);
            }
        }
    }

    @Test
    void theNamedMemberLeadsNext() throws Exception {
        try (Member leader = join("/o/transfer", "m1").awaitLeader();
                Member second = join("/o/transfer", "m2").awaitFollows(leader);
                Member third = join("/o/transfer", "m3").awaitFollows(leader)) {
            await().atMost(Member.LIMIT)
                    .until(() -> leader.election().candidates().size() == 3);
            assertThat(outcome(leader.election().transferTo("m3"))).isEqualTo(OperationOutcome.TRANSFERRED);
            third.awaitLeader();

            await().atMost(Member.LIMIT)
                    .until(() -> third.election().candidates().size() == 3);
            assertThat(third.election().candidates().get(0).id()).isEqualTo("m3");
            assertThat(refusal(third.election().transferTo("m9"))).contains("does not wait in the queue");
            second.assertTermsAlternate();
        }
    }

    /** Only the one that leads can do it: it is ordered to, and answers. */
    @Test
    void anyMemberHasTheLeaderHandOverOrResign() throws Exception {
        try (Member leader = join("/o/order", "m1").awaitLeader();
                Member second = join("/o/order", "m2").awaitFollows(leader);
                Member third = join("/o/order", "m3").awaitFollows(leader)) {
            await().atMost(Member.LIMIT)
                    .until(() -> leader.election().candidates().size() == 3);
            assertThat(refusal(second.election().transferTo("m9"))).contains("'m9'", "does not wait in the queue");
            assertThat(refusal(second.election().transferTo("m1"))).contains("'m1' leads already");
            assertThat(refusal(second.election().resign("m3"))).contains("'m1' leads, not 'm3'");
            assertThat(refusal(second.election().resign("m2"))).contains("'m1' leads, not 'm2'");
            assertThat(leader.election().isLeader()).isTrue();

            assertThat(outcome(second.election().transferTo("m3"))).isEqualTo(OperationOutcome.TRANSFERRED);
            third.awaitLeader();
            assertThat(outcome(leader.election().resign("m3"))).isEqualTo(OperationOutcome.RELEASED);
            await().atMost(Member.LIMIT).until(() -> !third.election().isLeader());
            await().atMost(Member.LIMIT)
                    .untilAsserted(
                            () -> assertThat(etcd.keys("/o/order.~order/")).isEmpty());
            second.assertTermsAlternate();
        }
    }

    /** Whoever asked is told that nothing is left behind, and may ask again. */
    @Test
    void anOrderThatIsNotAnsweredIsWithdrawn() {
        long lease = etcd.grant(60);
        String frozen = "/o/frozen/" + Long.toHexString(lease);
        etcd.put(frozen, new CandidateValue("m1", "", 60_000, 0, 0).text(), lease);
        ElectionConfig config = ElectionConfig.of("/o/frozen", "m2").withStepDownTimeout(Duration.ofSeconds(1));
        try (Member operator = Member.join(config, LEASE, etcd.endpoint())) {
            await().atMost(Member.LIMIT).until(operator::queued);

            ElectionException late = failure(operator.election().resign("m1"));

            assertThat(late.kind()).isEqualTo(ElectionException.Kind.TIMEOUT);
            assertThat(late).hasMessageContaining("was withdrawn");
            assertThat(etcd.keys("/o/frozen.~order/")).isEmpty();
        }
    }

    @Test
    void onlyOneOrderIsUnderWay() {
        long lease = etcd.grant(60);
        String busy = "/o/busy/" + Long.toHexString(lease);
        etcd.put(busy, new CandidateValue("m1", "", 60_000, 0, 0).text(), lease);
        etcd.put("/o/busy.~order/" + Long.toHexString(lease), "{\"operation\":\"resign\",\"by\":\"m9\"}", lease);
        try (Member operator = join("/o/busy", "m2")) {
            assertThat(refusal(operator.election().resign("m1"))).contains("under way", "'m9'");
        }
    }

    @Test
    void whoIsNotAMemberObeysNoOrder() {
        try (ForeignMember foreign = ForeignMember.campaign(etcd, "/o/foreign", "them")) {
            foreign.awaitLeader(Member.LIMIT);
            try (Member operator = join("/o/foreign", "m1")) {
                await().atMost(Member.LIMIT).until(operator::queued);

                assertThat(refusal(operator.election().transferTo("m1"))).contains("'them'", "obeys no order");
            }
        }
    }

    @Test
    void whereNobodyLeadsNobodyCanBeOrdered() {
        try (Member operator =
                Member.join(ElectionConfig.of("/o/nobody", "m1").withEvicted(true), LEASE, etcd.endpoint())) {
            assertThat(refusal(operator.election().transferTo("m1"))).contains("nobody leads");
        }
    }

    /** As in a rolling deploy: the new member is there before the old one goes. */
    @Test
    void theNewestMemberLeadsWhereThatIsWanted() throws Exception {
        try (Member old = newest("m1").awaitLeader();
                Member another = newest("m2").awaitFollows(old);
                Member fresh = newest("m3").awaitFollows(old)) {
            await().atMost(Member.LIMIT).until(() -> old.election().candidates().size() == 3);

            old.leave();

            fresh.awaitLeader();
            await().atMost(Member.LIMIT).until(another::queued);
            assertThat(fresh.election().candidates()).extracting(Candidate::id).containsExactly("m3", "m2");
        }
    }

    private static Member join(String key, String id) {
        return Member.join(key, id, LEASE, etcd.endpoint());
    }

    private static Member newest(String id) {
        return Member.join(
                ElectionConfig.of("/o/newest", id).withHandOverTo(HandOverTo.NEWEST), LEASE, etcd.endpoint());
    }

    private static OperationOutcome outcome(CompletableFuture<OperationOutcome> operation) throws Exception {
        return operation.get(15, TimeUnit.SECONDS);
    }

    private static ElectionException failure(CompletableFuture<OperationOutcome> operation) {
        return (ElectionException) operation
                .handle((outcome, failure) -> failure)
                .orTimeout(15, TimeUnit.SECONDS)
                .join();
    }

    private static String refusal(CompletableFuture<OperationOutcome> operation) {
        ElectionException refused = failure(operation);
        assertThat(refused.kind()).isEqualTo(ElectionException.Kind.REFUSED);
        return String.valueOf(refused.getMessage());
    }
}
