package io.github.election4j.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ControlledOperationsTests {
    private final ControllableElection election = new ControllableElection();
    private final Heard heard = new Heard(election);

    @Test
    void resignsAsLeaderAndEntersAtTheTail() {
        long token = election.grant().fencingToken();

        assertThat(election.resign()).isCompletedWithValue(OperationOutcome.RELEASED);

        assertThat(((LeaderChanged) heard.last()).reason()).isEqualTo(ChangeReason.RESIGNED);
        assertThat(election.isLeader()).isFalse();
        assertThat(ownToken()).isGreaterThan(token);
        assertThat(election.status().state()).isEqualTo(ElectionState.WAITING);
    }

    @Test
    void resignsFromTheQueueAndEntersAtTheTail() {
        long token = ownToken();

        assertThat(election.resign()).isCompletedWithValue(OperationOutcome.LEFT_QUEUE);

        assertThat(ownToken()).isGreaterThan(token);
        assertThat(heard.events()).isEmpty();
    }

    @Test
    void hasNoPlaceToResignFromWhenEvicted() {
        election.evict();

        assertThat(election.resign()).isCompletedWithValue(OperationOutcome.NOT_IN_QUEUE);
    }

    @Test
    void keepsItsPlaceUntilTheRevokeListenersHaveReturned() {
        List<Candidate> during = new ArrayList<>();
        Candidate me = election.grant().leader();
        election.addListener(event -> {
            if (event instanceof LeaderChanged change && change.state() == LeaderState.RETIRE_FROM_LEADER) {
                during.addAll(election.candidates());
            }
        });

        election.resign();

        assertThat(during).containsExactly(me);
    }

    @Test
    void staysOutWhenEvicted() {
        election.grant();

        assertThat(election.evict()).isCompletedWithValue(OperationOutcome.RELEASED);

        assertThat(((LeaderChanged) heard.last()).reason()).isEqualTo(ChangeReason.EVICTED);
        assertThat(election.candidates()).isEmpty();
        assertThat(election.status().evicted()).isTrue();
        assertThat(election.status().state()).isEqualTo(ElectionState.EVICTED);
        assertThatIllegalStateException().isThrownBy(election::grant).withMessageContaining("cancelEvict");
    }

    @Test
    void leavesTheQueueWhenEvicted() {
        assertThat(election.evict()).isCompletedWithValue(OperationOutcome.LEFT_QUEUE);
        assertThat(election.evict()).isCompletedWithValue(OperationOutcome.ALREADY_EVICTED);
        assertThat(heard.events()).isEmpty();
    }

    @Test
    void followsTheElectionWhenEvicted() {
        election.evict();

        Candidate other = election.observeLeader("other", "");

        assertThat(election.leader()).contains(other);
        assertThat(election.candidates()).containsExactly(other);
    }

    @Test
    void rejoinsWhenTheEvictionIsCancelled() {
        election.evict();

        assertThat(election.cancelEvict()).isCompletedWithValue(OperationOutcome.REJOINED);
        assertThat(election.cancelEvict()).isCompletedWithValue(OperationOutcome.NOT_EVICTED);

        assertThat(election.status().state()).isEqualTo(ElectionState.WAITING);
        assertThat(election.grant().isValid()).isTrue();
    }

    @Test
    void startsEvictedIfConfiguredSo() {
        ElectionConfig config = ElectionConfig.of("/election/test", "me").withEvicted(true);
        try (ControllableElection evicted = new ControllableElection(config, Clock.systemUTC())) {
            assertThat(evicted.status().state()).isEqualTo(ElectionState.EVICTED);
            assertThat(evicted.candidates()).isEmpty();
            assertThat(evicted.evict()).isCompletedWithValue(OperationOutcome.ALREADY_EVICTED);
        }
    }

    @Test
    void clearsTheOtherMemberOnly() {
        election.observeLeader("other", "");

        assertThat(election.clear("me")).isCompletedWithValue(OperationOutcome.NOT_FOUND);
        assertThat(election.clear("other")).isCompletedWithValue(OperationOutcome.CLEARED);
        assertThat(election.clear("other")).isCompletedWithValue(OperationOutcome.NOT_FOUND);

        assertThat(election.leader()).isEmpty();
        assertThat(election.candidates()).extracting(Candidate::id).containsExactly("me");
        assertThat(((LeaderChanged) heard.last()).state()).isEqualTo(LeaderState.IS_NOT_LEADER);
    }

    @Test
    void stepsDownWhenItCloses() {
        election.grant();

        assertThat(election.closeAsync()).isCompleted();
        election.close();

        assertThat(heard.changes()).containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER);
        assertThat(((LeaderChanged) heard.last()).reason()).isEqualTo(ChangeReason.CLOSED);
        assertThat(heard.states()).containsExactly(ElectionState.LEADING, ElectionState.STEPPING_DOWN);
        assertThat(election.status().state()).isEqualTo(ElectionState.CLOSED);
        assertThat(election.candidates()).isEmpty();
    }

    @Test
    void refusesOperationsWhenItIsClosed() {
        election.close();

        refuses(election.resign());
        refuses(election.evict());
        refuses(election.cancelEvict());
    }

    @Test
    void readsAndClearsWhenItIsClosed() {
        Candidate other = election.observeLeader("other", "");
        election.close();

        assertThat(election.fetchLeader().join()).contains(other);
        assertThat(election.clear("other")).isCompletedWithValue(OperationOutcome.CLEARED);
        assertThat(election.fetchLeader().join()).isEmpty();
    }

    private long ownToken() {
        return election.candidates().get(0).fencingToken();
    }

    private static void refuses(CompletableFuture<OperationOutcome> answer) {
        assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ElectionException.class)
                .withMessageContaining("Election 'default' is closed");
    }
}
