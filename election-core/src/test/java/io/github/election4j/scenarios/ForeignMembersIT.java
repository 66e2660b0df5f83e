package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Candidate;
import io.github.election4j.OperationOutcome;
import io.github.election4j.testing.ForeignMember;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Go's own election in the same queue, by {@code etcdctl elect}. */
@NeedsEtcd(etcdctl = true)
@Timeout(120)
class ForeignMembersIT {
    private static final Duration LEASE = Duration.ofSeconds(3);
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
    void foreignLeaderIsFollowedAndSucceeded() throws Exception {
        try (ForeignMember go = ForeignMember.campaign(etcd, "/f/before", "{\"id\":\"go\",\"addr\":\"host:1\"}")) {
            go.awaitLeader(Member.LIMIT);
            try (Member ours = join("/f/before", "m1")) {
                await().atMost(Member.LIMIT)
                        .until(() -> ours.election()
                                .leader()
                                .map(Candidate::id)
                                .filter("go"::equals)
                                .isPresent());
                assertThat(ours.election().leader().orElseThrow().address()).isEqualTo("host:1");
                go.resign();
                ours.awaitLeader();
            }
        }
    }

    @Test
    void foreignMemberSucceedsUsAndSitsBetweenTwoOfUs() {
        try (Member first = join("/f/between", "m1").awaitLeader();
                ForeignMember go = ForeignMember.campaign(etcd, "/f/between", "plain text")) {
            await().atMost(Member.LIMIT)
                    .until(() -> first.election().candidates().size() == 2);
            try (Member last = join("/f/between", "m3").awaitFollows(first)) {
                assertThat(last.election().candidates())
                        .extracting(Candidate::id)
                        .containsExactly("m1", "plain text", "m3");
                first.leave();
                go.awaitLeader(Member.LIMIT);
                await().atMost(Member.LIMIT)
                        .until(() -> last.election()
                                .leader()
                                .map(Candidate::id)
                                .filter("plain text"::equals)
                                .isPresent());
                assertThat(last.isLeader()).isFalse();
                go.resign();
                last.awaitLeader();
            }
        }
    }

    @Test
    void foreignCandidateCanBeClearedAmongValuesThatAreNotJson() {
        try (ForeignMember text = ForeignMember.campaign(etcd, "/f/clear", "not json")) {
            text.awaitLeader(Member.LIMIT);
            try (Member ours = join("/f/clear", "m1")) {
                await().atMost(Member.LIMIT).until(ours::queued);
                assertThat(ours.election().clear("not json"))
                        .succeedsWithin(Duration.ofSeconds(10))
                        .isEqualTo(OperationOutcome.CLEARED);
                ours.awaitLeader();
                assertThat(ours.election().clear("m1"))
                        .succeedsWithin(Duration.ofSeconds(10))
                        .isEqualTo(OperationOutcome.NOT_FOUND);
                assertThat(ours.isLeader()).isTrue();
            }
        }
    }

    /** Seed weakness 4: judged by key and create revision, never by id. */
    @Test
    void memberWithOurIdIsNotUs() {
        try (ForeignMember twin = ForeignMember.campaign(etcd, "/f/twin", "{\"id\":\"m1\",\"addr\":\"a\"}")) {
            twin.awaitLeader(Member.LIMIT);
            try (Member ours = join("/f/twin", "m1")) {
                await().atMost(Member.LIMIT)
                        .until(() -> ours.election().candidates().size() == 2);
                await().atMost(Member.LIMIT)
                        .until(() -> ours.election().leader().isPresent());
                assertThat(ours.isLeader()).isFalse();
                twin.resign();
                ours.awaitLeader();
            }
        }
    }

    /** Seed weakness 15: neither a key that begins like ours nor one below it is ours. */
    @Test
    void keysOfOtherElectionsAreNotOurs() {
        try (Member near = join("/f/p2", "near").awaitLeader();
                Member below = join("/f/p/deeper", "below").awaitLeader();
                Member ours = join("/f/p", "ours").awaitLeader()) {
            assertThat(ours.election().candidates()).extracting(Candidate::id).containsExactly("ours");
            assertThat(ours.election().clear("near"))
                    .succeedsWithin(Duration.ofSeconds(5))
                    .isEqualTo(OperationOutcome.NOT_FOUND);
            assertThat(ours.election().clear("below"))
                    .succeedsWithin(Duration.ofSeconds(5))
                    .isEqualTo(OperationOutcome.NOT_FOUND);
            assertThat(near.isLeader() && below.isLeader()).isTrue();
        }
    }

    @Test
    void writesWhatGoReads() {
        try (Member ours = join("/f/wire", "m1").awaitLeader()) {
            String lease = Long.toHexString(ours.elections().session().leaseId());
            assertThat(etcd.value("/f/wire/" + lease))
                    .startsWith("{\"id\":\"m1\",\"addr\":\"http://m1\",\"validityMs\":2400,\"beat\":0,")
                    .matches(".*,\"since\":\\d{13}}");
        }
    }

    private static Member join(String key, String id) {
        return Member.join(key, id, LEASE, etcd.endpoint());
    }
}
