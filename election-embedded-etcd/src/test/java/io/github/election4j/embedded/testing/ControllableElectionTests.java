package io.github.election4j.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.LeaderState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControllableElectionTests {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final ControllableElection election = new ControllableElection(
            ElectionConfig.of("/election/shop", "me").withName("shop").withAddress("http://me"),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final Heard heard = new Heard(election);

    @Test
    void waitsInTheQueueAtFirst() {
        Candidate me = new Candidate("me", "http://me", "/election/shop/694d", 1);
        assertThat(election.isLeader()).isFalse();
        assertThat(election.leadership()).isEmpty();
        assertThat(election.leader()).isEmpty();
        assertThat(election.candidates()).containsExactly(me);
        assertThat(election.fetchLeader())
                .isCompletedWithValueMatching(
                        head -> head.equals(election.candidates().stream().findFirst()));
        assertThat(heard.events()).isEmpty();
    }

    @Test
    void hasTheNamesThatItWasGiven() {
        assertThat(election.name()).isEqualTo("shop");
        assertThat(election.key()).isEqualTo("/election/shop");
        assertThat(election.id()).isEqualTo("me");
        assertThat(election.address()).isEqualTo("http://me");
    }

    @Test
    void hasNamesOfItsOwnIfGivenNone() {
        try (ControllableElection plain = new ControllableElection()) {
            assertThat(plain.name()).isEqualTo("default");
            assertThat(plain.key()).isEqualTo("/election/test");
            assertThat(plain.id()).isEqualTo("me");
        }
    }

    @Test
    void leadsFromItsGrantOn() {
        long token = election.grant().fencingToken();

        Candidate me = new Candidate("me", "http://me", "/election/shop/694d", token);
        assertThat(election.isLeader()).isTrue();
        assertThat(election.leader()).contains(me);
        assertThat(election.leadership())
                .get()
                .satisfies(term -> assertThat(term.leader()).isEqualTo(me));
        assertThat(heard.events())
                .containsExactly(
                        new LeaderChanged("shop", null, me, LeaderState.IS_LEADER, token, ChangeReason.ELECTED, NOW));
        assertThat(heard.leading()).containsExactly(true);
    }

    @Test
    void leadsNoMoreWhenTheRevocationIsDelivered() {
        Candidate me = election.grant().leader();

        election.revoke();

        assertThat(heard.last())
                .isEqualTo(new LeaderChanged(
                        "shop",
                        me,
                        null,
                        LeaderState.RETIRE_FROM_LEADER,
                        me.fencingToken(),
                        ChangeReason.EXPIRED,
                        NOW));
        assertThat(heard.leading()).containsExactly(true, false);
        assertThat(heard.states()).containsExactly(ElectionState.LEADING, ElectionState.STEPPING_DOWN);
        assertThat(election.leader()).isEmpty();
        assertThat(election.status().state()).isEqualTo(ElectionState.WAITING);
    }

    @Test
    void alternatesWhateverIsRepeated() {
        assertThat(election.grant()).isSameAs(election.grant());
        election.revoke();
        election.revoke();
        election.grant();

        assertThat(heard.changes())
                .containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER, LeaderState.IS_LEADER);
    }

    @Test
    void givesEachTermAHigherToken() {
        long[] tokens = IntStream.range(0, 3)
                .mapToLong(term -> {
                    long token = election.grant().fencingToken();
                    election.revoke();
                    return token;
                })
                .toArray();

        assertThat(tokens).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "KEY_LOST", "SESSION_LOST"})
    void losesItsTermForAReason(ChangeReason reason) {
        election.grant();

        election.revoke(reason);

        assertThat(((LeaderChanged) heard.last()).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EXPIRED", "KEY_LOST", "SESSION_LOST"})
    void refusesAReasonThatIsAnOperations(ChangeReason reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> election.revoke(reason))
                .withMessageContaining(reason.name());
    }

    @Test
    void followsAnotherLeader() {
        Candidate other = election.observeLeader("other", "http://other");

        assertThat(election.leader()).contains(other);
        assertThat(election.isLeader()).isFalse();
        assertThat(election.candidates()).extracting(Candidate::id).containsExactly("other", "me");
        assertThat(election.fetchLeader().join()).contains(other);
        assertThat(heard.events())
                .containsExactly(new LeaderChanged(
                        "shop",
                        null,
                        other,
                        LeaderState.IS_NOT_LEADER,
                        other.fencingToken(),
                        ChangeReason.OBSERVED,
                        NOW));
    }

    @Test
    void losesItsTermBeforeAnotherLeads() {
        long token = election.grant().fencingToken();

        Candidate other = election.observeLeader("other", "");

        assertThat(heard.changes())
                .containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER, LeaderState.IS_NOT_LEADER);
        assertThat(other.fencingToken()).isGreaterThan(token);
        assertThat(election.status().state()).isEqualTo(ElectionState.WAITING);
    }

    @Test
    void takesOverFromTheOther() {
        Candidate other = election.observeLeader("other", "");

        Candidate me = election.grant().leader();

        assertThat(((LeaderChanged) heard.last()).previous()).isEqualTo(other);
        assertThat(me.fencingToken()).isGreaterThan(other.fencingToken());
        assertThat(election.candidates()).containsExactly(me);
    }

    @Test
    void tellsOnceThatNobodyLeads() {
        Candidate other = election.observeLeader("other", "");

        election.observeNobody();
        election.observeNobody();

        assertThat(heard.events()).hasSize(2);
        assertThat(heard.last())
                .isEqualTo(new LeaderChanged(
                        "shop", other, null, LeaderState.IS_NOT_LEADER, null, ChangeReason.OBSERVED, NOW));
        assertThat(election.leader()).isEmpty();
    }

    @Test
    void goesOnLeadingWhenNobodyElseLeaves() {
        election.grant();

        election.observeNobody();

        assertThat(election.isLeader()).isTrue();
    }

    @Test
    void reportsFailuresUntilTheyAreOver() {
        election.report("session", "etcd is out of reach");
        assertThat(heard.events()).containsExactly(new ElectionError("shop", "session", "etcd is out of reach", NOW));
        assertThat(election.status().lastError()).isEqualTo("session: etcd is out of reach");

        election.recover("session");
        assertThat(election.status().lastError()).isNull();
    }

    @Test
    void keepsTheLastErrorOfWhatStillFails() {
        election.report("session", "first");
        election.report("watch", "second");

        election.recover("watch");

        assertThat(election.status().lastError()).isEqualTo("session: first");
    }

    @Test
    void showsTheSameInItsStatusAsInItsAnswers() {
        long token = election.grant().fencingToken();

        ElectionStatus status = election.status();
        assertThat(status.state()).isEqualTo(ElectionState.LEADING);
        assertThat(status.leader()).isEqualTo(election.leader().orElseThrow());
        assertThat(status.candidates()).isEqualTo(election.candidates());
        assertThat(status.fencingToken()).isEqualTo(token);
        assertThat(status.since()).isEqualTo(NOW);
        assertThat(status.evicted()).isFalse();
        assertThat(status.history()).map(change -> (Object) change).isEqualTo(heard.events());
    }

    @Test
    void remembersTheLastTwentyChanges() {
        IntStream.range(0, 15).forEach(term -> {
            election.grant();
            election.revoke();
        });

        assertThat(election.status().history()).hasSize(20);
    }

    @Test
    void cannotBeControlledWhenItIsClosed() {
        election.close();

        assertThatIllegalStateException().isThrownBy(election::grant).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> election.observeLeader("other", ""));
        assertThatIllegalStateException().isThrownBy(election::observeNobody);
    }
}
