package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TermTests {
    private long now = 100;
    private final Term term = new Term("e", new Candidate("a", "", "/e/1", 7), 200, () -> now);

    @Test
    void lastsUntilTheClockSaysOtherwise() {
        now = 199;
        assertThat(term.isValid()).isTrue();
        assertThat(term.remaining()).isEqualTo(Duration.ofNanos(1));
        now = 200;
        assertThat(term.isValid()).isFalse();
        assertThat(term.remaining()).isZero();
    }

    @Test
    void isExtendedWhileNobodyHasFoundItLapsed() {
        now = 250;
        assertThat(term.extend(300)).isTrue();
        assertThat(term.isValid()).isTrue();
    }

    /**
     * The loop was stopped between reading its clock and taking the heartbeat in; somebody else has asked meanwhile.
     */
    @Test
    void isNotRevivedOnceSomebodyHasFoundItLapsed() {
        now = 250;
        assertThat(term.isValid()).isFalse();
        assertThat(term.extend(300)).isFalse();
        assertThat(term.isValid()).isFalse();
    }

    @Test
    void isNotExtendedOnceItHasEnded() {
        term.end(ChangeReason.RESIGNED, Runnable::run);
        assertThat(term.extend(300)).isFalse();
        assertThat(term.isValid()).isFalse();
        assertThat(term.lost()).isCompletedWithValue(ChangeReason.RESIGNED);
    }

    @Test
    void isEndedByWhoAsksForTheTimeThatIsLeft() {
        now = 250;
        assertThat(term.remaining()).isZero();
        assertThat(term.extend(300)).isFalse();
    }

    @Test
    void completesOnTheThreadsOfThePool() {
        List<Runnable> pool = new ArrayList<>();
        CompletableFuture<ChangeReason> lost = term.lost();

        term.end(ChangeReason.EVICTED, pool::add);

        assertThat(term.isValid()).isFalse();
        assertThat(lost).isNotDone();
        pool.forEach(Runnable::run);
        assertThat(lost).isCompletedWithValue(ChangeReason.EVICTED);
    }

    /** Each asker has a future of his own. */
    @Test
    void isNotLostBecauseSomebodySaysSo() {
        term.lost().complete(ChangeReason.EVICTED);
        assertThat(term.lost()).isNotDone();
    }

    @Test
    void tellsWhoLeadsAndStopsWorkThatBelongsToAnOldTerm() {
        assertThat(term.leader().id()).isEqualTo("a");
        assertThat(term.fencingToken()).isEqualTo(7);
        term.requireValid();
        now = 200;
        assertThatThrownBy(term::requireValid)
                .hasMessage("Election 'e': term 7 of 'a' is over; stop the work that belongs to it")
                .isInstanceOfSatisfying(
                        ElectionException.class,
                        over -> assertThat(over.kind()).isEqualTo(ElectionException.Kind.NOT_LEADER));
    }

    /** As when the loop takes a heartbeat in between the look at the clock and the end of the term. */
    @Test
    void isNotEndedByWhoHasSeenItBeforeItWasExtended() {
        Term[] extended = new Term[1];
        extended[0] = new Term("e", new Candidate("a", "", "/e/1", 7), 200, () -> {
            extended[0].extend(400);
            return 250;
        });
        assertThat(extended[0].isValid()).isTrue();
    }

    /** As when the thread is descheduled between its two looks at the term. */
    @Test
    void isOverForWhoReadsTheClockWhileItEnds() {
        Term[] ending = new Term[1];
        ending[0] = new Term("e", new Candidate("a", "", "/e/1", 7), 200, () -> {
            ending[0].end(ChangeReason.RESIGNED, Runnable::run);
            return 100;
        });
        assertThat(ending[0].isValid()).isFalse();
        assertThat(ending[0].remaining()).isZero();
    }

    @Test
    void hasNoTimeLeftForWhoReadsTheClockWhileItEnds() {
        Term[] ending = new Term[1];
        int[] looks = new int[1];
        ending[0] = new Term("e", new Candidate("a", "", "/e/1", 7), 200, () -> {
            if (++looks[0] == 2) {
                ending[0].end(ChangeReason.RESIGNED, Runnable::run);
            }
            return 100;
        });
        assertThat(ending[0].remaining()).isZero();
    }

    @Test
    void lastsOnlyIfThereIsOne() {
        assertThat(Term.lasts(null)).isFalse();
        assertThat(Term.lasts(term)).isTrue();
        now = 200;
        assertThat(Term.lasts(term)).isFalse();
    }

    /** The clock starts anywhere and may overflow in a term. */
    @Test
    void survivesTheOverflowOfTheClock() {
        now = Long.MAX_VALUE - 5;
        Term overflowing = new Term("e", new Candidate("a", "", "/e/1", 7), Long.MIN_VALUE + 5, () -> now);
        assertThat(overflowing.isValid()).isTrue();
        now = Long.MIN_VALUE + 5;
        assertThat(overflowing.isValid()).isFalse();
    }

    @Test
    void callsItsHooksAsPartOfItselfAndWaitsForThem() {
        List<Object> called = new ArrayList<>();
        List<Runnable> pool = new ArrayList<>();
        term.onEnd(reason -> {
            throw new IllegalStateException("broken");
        });
        term.onEnd(reason -> called.addAll(List.of(reason, Leadership.current(), ListenerPool.inListener())));

        CompletableFuture<Void> returned = term.end(ChangeReason.EVICTED, pool::add);
        assertThat(pool).hasSize(3);
        pool.subList(0, 2).forEach(Runnable::run);
        assertThat(returned).isNotDone();
        pool.get(2).run();

        assertThat(returned).isCompleted();
        assertThat(called).containsExactly(ChangeReason.EVICTED, term, true);
        assertThat(ListenerPool.inListener()).isFalse();
    }

    @Test
    void takesNoHookOnceItIsOver() {
        now = 250;

        assertThatThrownBy(() -> term.onEnd(reason -> {})).isInstanceOf(ElectionException.class);
    }

    @Test
    void isCurrentOnlyWithinItsOwnWork() throws Exception {
        Term other = new Term("f", new Candidate("a", "", "/f/1", 8), 200, () -> now);
        List<Leadership> seen = new ArrayList<>();

        String answer = term.call(() -> {
            other.call(() -> seen.add(Leadership.current()));
            seen.add(Leadership.current());
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(seen).containsExactly(other, term);
        assertThatThrownBy(Leadership::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Election.whileLeading");
    }
}
