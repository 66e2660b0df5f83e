package io.github.election4j.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link ElectionListener} promises. */
class AudienceTests {
    private final ControllableElection election = new ControllableElection();

    @Test
    void tellsALateListenerThatThisMemberLeads() {
        Candidate me = election.grant().leader();

        Heard late = new Heard(election);

        assertThat(late.events()).singleElement().satisfies(event -> {
            LeaderChanged change = (LeaderChanged) event;
            assertThat(change.state()).isEqualTo(LeaderState.IS_LEADER);
            assertThat(change.leader()).isEqualTo(me);
            assertThat(change.fencingToken()).isEqualTo(me.fencingToken());
            assertThat(change.reason()).isEqualTo(ChangeReason.ELECTED);
        });
    }

    @Test
    void tellsALateListenerThatAnotherLeads() {
        Candidate other = election.observeLeader("other", "");

        Heard late = new Heard(election);

        assertThat(late.changes()).containsExactly(LeaderState.IS_NOT_LEADER);
        assertThat(((LeaderChanged) late.last()).leader()).isEqualTo(other);
    }

    @Test
    void tellsALateListenerNothingOfATermThatIsOver() {
        election.grant();
        election.revoke();

        assertThat(new Heard(election).events()).isEmpty();
    }

    @Test
    void addsAListenerOnce() {
        Heard heard = new Heard(election);
        election.addListener(heard);

        election.grant();

        assertThat(heard.events()).hasSize(1);
    }

    @Test
    void tellsNothingToAListenerThatWasRemoved() {
        Heard heard = new Heard(election);
        election.removeListener(heard);

        election.grant();

        assertThat(heard.events()).isEmpty();
    }

    @Test
    void tellsListenersInTheOrderInWhichTheyWereAdded() {
        List<String> calls = new ArrayList<>();
        election.addListener(event -> calls.add("first"));
        election.addListener(event -> calls.add("second"));

        election.grant();
        election.revoke();

        assertThat(calls).containsExactly("first", "second", "first", "second");
    }

    @Test
    void completesAnOperationThatAListenerWaitsFor() {
        List<OperationOutcome> outcomes = new ArrayList<>();
        election.addListener(
                on(LeaderState.IS_LEADER, () -> outcomes.add(election.resign().join())));
        Heard heard = new Heard(election);

        election.grant();

        assertThat(outcomes).containsExactly(OperationOutcome.RELEASED);
        assertThat(heard.changes()).containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER);
        assertThat(election.status().state()).isEqualTo(ElectionState.WAITING);
    }

    @Test
    void tellsAListenerOfWhatItCausedWhenItHasReturned() {
        List<String> calls = new ArrayList<>();
        election.addListener(event -> {
            LeaderState state = ((LeaderChanged) event).state();
            calls.add("begin " + state);
            if (state == LeaderState.IS_LEADER) {
                election.evict();
            }
            calls.add("end " + state);
        });

        election.grant();

        assertThat(calls)
                .containsExactly(
                        "begin IS_LEADER", "end IS_LEADER", "begin RETIRE_FROM_LEADER", "end RETIRE_FROM_LEADER");
    }

    @Test
    void refusesAGrantWhileRevokeListenersRun() {
        AtomicBoolean asked = new AtomicBoolean();
        election.addListener(on(LeaderState.RETIRE_FROM_LEADER, () -> {
            assertThatIllegalStateException().isThrownBy(election::grant).withMessageContaining("revoke listeners");
            asked.set(true);
        }));
        election.grant();

        election.revoke();

        assertThat(asked).isTrue();
        assertThat(election.isLeader()).isFalse();
        assertThat(election.status().lastError()).isNull();
    }

    @Test
    void closesInsideAListener() {
        Heard heard = new Heard(election);
        election.addListener(on(LeaderState.IS_LEADER, election::close));

        election.grant();

        assertThat(heard.states()).containsExactly(ElectionState.LEADING, ElectionState.STEPPING_DOWN);
        assertThat(election.status().state()).isEqualTo(ElectionState.CLOSED);
    }

    @Test
    void reportsAListenerThatThrowsAndGoesOn() {
        AtomicBoolean broken = new AtomicBoolean(true);
        election.addListener(event -> {
            if (broken.get()) {
                throw new IllegalStateException("boom");
            }
        });
        Heard heard = new Heard(election);

        election.grant();
        assertThat(election.isLeader()).isTrue();
        assertThat(heard.events()).hasSize(2);
        assertThat(heard.last()).isInstanceOfSatisfying(ElectionError.class, error -> {
            assertThat(error.operation()).isEqualTo("listener");
            assertThat(error.message())
                    .isEqualTo("a listener failed on IS_LEADER: java.lang.IllegalStateException: boom");
        });
        assertThat(election.status().lastError()).startsWith("listener: a listener failed on IS_LEADER");

        broken.set(false);
        election.revoke();
        assertThat(election.status().lastError()).isNull();
        assertThat(heard.changes()).containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER);
    }

    @Test
    void isNotHeldUpByAListenerThatHangsInAnotherThread() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        election.addListener(on(LeaderState.IS_LEADER, () -> {
            entered.countDown();
            await(leave);
        }));
        Heard heard = new Heard(election);
        CompletableFuture<Void> granting = CompletableFuture.runAsync(election::grant);
        await(entered);

        assertThat(election.isLeader()).isTrue();
        assertThat(election.resign()).isCompletedWithValue(OperationOutcome.RELEASED);
        assertThat(heard.changes()).containsExactly(LeaderState.IS_LEADER, LeaderState.RETIRE_FROM_LEADER);

        leave.countDown();
        granting.join();
    }

    @Test
    void alternatesUnderManyThreads() {
        List<Heard> audience =
                IntStream.range(0, 3).mapToObj(each -> new Heard(election)).toList();
        CompletableFuture<?>[] threads = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 200).forEach(round -> grantOrRevoke(thread % 2 == 0))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
        election.close();

        for (Heard heard : audience) {
            List<LeaderState> changes = heard.changes();
            assertThat(changes).isNotEmpty();
            IntStream.range(0, changes.size())
                    .forEach(at -> assertThat(changes.get(at))
                            .isEqualTo(at % 2 == 0 ? LeaderState.IS_LEADER : LeaderState.RETIRE_FROM_LEADER));
            assertThat(heard.events().stream().map(event -> ((LeaderChanged) event).fencingToken()))
                    .isSorted();
        }
    }

    private void grantOrRevoke(boolean grant) {
        try {
            if (grant) {
                election.grant();
            } else {
                election.revoke();
            }
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageContaining("revoke listeners");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ElectionListener on(LeaderState state, Runnable action) {
        return (ElectionEvent event) -> {
            if (event instanceof LeaderChanged change && change.state() == state) {
                action.run();
            }
        };
    }
}
