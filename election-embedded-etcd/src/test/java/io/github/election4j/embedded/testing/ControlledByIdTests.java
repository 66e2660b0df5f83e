package io.github.election4j.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionState;
import io.github.election4j.EvictOptions;
import io.github.election4j.Eviction;
import io.github.election4j.OperationOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an operator does to members by their ids. */
class ControlledByIdTests {
    private final ControllableElection election = new ControllableElection();
    private final Heard heard = new Heard(election);

    @Test
    void handsOverToTheNamedOne() {
        election.grant();

        assertThat(election.transferTo("other")).isCompletedWithValue(OperationOutcome.TRANSFERRED);

        assertThat(election.isLeader()).isFalse();
        assertThat(election.leader()).map(Candidate::id).contains("other");
        assertThat(heard.events())
                .filteredOn(LeaderChanged.class::isInstance)
                .extracting(each -> ((LeaderChanged) each).reason())
                .containsExactly(ChangeReason.ELECTED, ChangeReason.TRANSFERRED, ChangeReason.OBSERVED);
        assertThat(election.candidates()).extracting(Candidate::id).containsExactly("other", "me");
    }

    @Test
    void handsOverNothingThatItDoesNotHaveOrToItself() {
        assertThat(refused(election.transferTo("other"))).contains("nobody leads");
        election.grant();
        assertThat(refused(election.transferTo("me"))).contains("leads already");
        election.evict(EvictOptions.of("other"));
        assertThat(refused(election.transferTo("other"))).contains("evicted");
        assertThat(election.isLeader()).isTrue();
    }

    @Test
    void theOtherThatLeadsHandsOverToo() {
        election.observeLeader("other", "");

        assertThat(election.transferTo("third")).isCompletedWithValue(OperationOutcome.TRANSFERRED);
        assertThat(election.leader()).map(Candidate::id).contains("third");

        assertThat(election.transferTo("me")).isCompletedWithValue(OperationOutcome.TRANSFERRED);
        assertThat(election.isLeader()).isTrue();
    }

    @Test
    void whoeverLeadsResignsIfItIsNamed() {
        assertThat(refused(election.resign("other"))).contains("nobody leads");
        election.observeLeader("other", "");

        assertThat(refused(election.resign("third"))).contains("'other' leads, not 'third'");
        assertThat(refused(election.resign("me"))).contains("'other' leads, not 'me'");
        assertThat(election.resign("other")).isCompletedWithValue(OperationOutcome.RELEASED);
        assertThat(election.leader()).isEmpty();

        election.grant();
        assertThat(election.resign("me")).isCompletedWithValue(OperationOutcome.RELEASED);
    }

    @Test
    void anEvictionThatLastsKeepsItOutUntilThatIsCancelled() {
        election.grant();

        assertThat(election.evict(
                        EvictOptions.of("me").withDuration(Duration.ofHours(2)).withReason("disk")))
                .isCompletedWithValue(OperationOutcome.RELEASED);
        assertThat(election.status().state()).isEqualTo(ElectionState.EVICTED);
        assertThat(election.status().evictions()).singleElement().satisfies(eviction -> {
            assertThat(eviction.reason()).isEqualTo("disk");
            assertThat(eviction.until()).isNotNull();
        });
        assertThat(election.evict(EvictOptions.of("me"))).isCompletedWithValue(OperationOutcome.ALREADY_EVICTED);
        assertThat(election.cancelEvict()).isCompletedWithValue(OperationOutcome.NOT_EVICTED);
        assertThat(election.status().evictions()).extracting(Eviction::until).containsOnlyNulls();

        assertThat(election.cancelEvict("me")).isCompletedWithValue(OperationOutcome.REJOINED);
        assertThat(election.cancelEvict("me")).isCompletedWithValue(OperationOutcome.NOT_EVICTED);
        assertThat(election.grant().isValid()).isTrue();
    }

    @Test
    void anEvictionOfTheProcessHoldsBesideIt() {
        election.evict(EvictOptions.of("me"));
        election.evict();

        assertThat(election.cancelEvict("me")).isCompletedWithValue(OperationOutcome.EVICTION_CANCELLED);

        assertThat(election.status().evicted()).isTrue();
    }

    @Test
    void evictsTheOtherThatLeads() {
        election.observeLeader("other", "");

        assertThat(election.evict(EvictOptions.of("other"))).isCompletedWithValue(OperationOutcome.RELEASED);
        assertThat(election.evict(EvictOptions.of("third"))).isCompletedWithValue(OperationOutcome.NOT_IN_QUEUE);

        assertThat(election.leader()).isEmpty();
        assertThat(election.cancelEvict("other")).isCompletedWithValue(OperationOutcome.EVICTION_CANCELLED);
    }

    private static String refused(CompletableFuture<OperationOutcome> operation) {
        ElectionException refusal = (ElectionException)
                operation.handle((outcome, failure) -> failure).join();
        assertThat(refusal.kind()).isEqualTo(ElectionException.Kind.REFUSED);
        return String.valueOf(refusal.getMessage());
    }
}
