package io.github.election4j.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ControlledTermTests {
    private final ControllableElection election = new ControllableElection();
    private final Leadership term = election.grant();

    @Test
    void lastsUntilItIsRevoked() {
        term.requireValid();
        assertThat(term.isValid()).isTrue();
        assertThat(term.remaining()).isPositive();
        assertThat(term.lost()).isNotDone();
    }

    @Test
    void isOverForEverOnceRevoked() {
        election.revoke();
        election.grant();

        assertThat(term.isValid()).isFalse();
        assertThat(term.remaining()).isEqualTo(Duration.ZERO);
        assertThat(term.lost()).isCompletedWithValue(ChangeReason.EXPIRED);
        assertThatExceptionOfType(ElectionException.class)
                .isThrownBy(term::requireValid)
                .withMessageContaining("term " + term.fencingToken() + " of 'me' is over")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ElectionException.Kind.NOT_LEADER));
    }

    @Test
    void isInvalidWhenItsLossIsTold() {
        List<Boolean> valid = new ArrayList<>();
        CompletableFuture<Void> told = term.lost().thenAccept(reason -> valid.add(term.isValid()));

        election.resign();

        assertThat(told).isCompleted();
        assertThat(valid).containsExactly(false);
    }

    @Test
    void goesOnWhateverIsDoneToItsFuture() {
        assertThat(term.lost().complete(ChangeReason.CLOSED)).isTrue();

        assertThat(term.isValid()).isTrue();
        assertThat(term.lost()).isNotDone();
    }
}
