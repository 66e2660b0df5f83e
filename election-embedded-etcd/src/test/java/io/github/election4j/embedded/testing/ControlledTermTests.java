package io.github.election4j.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException;
import io.github.election4j.LeaderWork;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ControlledTermTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);

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

    @Test
    void runsTasksAsLongAsItLasts() {
        List<Leadership> seen = new CopyOnWriteArrayList<>();
        CountDownLatch running = new CountDownLatch(1);
        LeaderWork work = election.whileLeading(given -> {
            seen.add(Leadership.current());
            running.countDown();
            new CountDownLatch(1).await();
        });
        assertThat(CompletableFuture.runAsync(() -> await(running))).succeedsWithin(LIMIT);

        election.revoke();

        assertThat(work.isRunning()).isFalse();
        assertThat(seen).containsExactly(term);
        assertThat(election.status().lastError()).isNull();
    }

    @Test
    void endsWithATaskThatFails() {
        LeaderWork work = election.whileLeading(given -> {
            throw new IllegalStateException("no database");
        });
        assertThat(term.lost()).succeedsWithin(LIMIT);
        work.close();

        assertThat(work.closed()).succeedsWithin(LIMIT);
        assertThat(election.status().lastError()).contains("no database");
    }

    @Test
    void callsItsHooksOnce() {
        List<ChangeReason> reasons = new ArrayList<>();
        term.onEnd(reasons::add);

        election.resign();
        election.grant();
        election.resign();

        assertThat(reasons).containsExactly(ChangeReason.RESIGNED);
        assertThatExceptionOfType(ElectionException.class).isThrownBy(() -> term.onEnd(reasons::add));
    }

    @Test
    void isThereForWhoAwaitsIt() {
        assertThat(election.awaitLeadership()).isCompletedWithValue(term);
        election.revoke();
        CompletableFuture<Leadership> next = election.awaitLeadership();
        assertThat(next).isNotDone();

        Leadership granted = election.grant();

        assertThat(next).isCompletedWithValue(granted);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
