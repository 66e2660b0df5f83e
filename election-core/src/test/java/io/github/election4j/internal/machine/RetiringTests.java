package io.github.election4j.internal.machine;

import static io.github.election4j.internal.machine.Parts.NOW;
import static io.github.election4j.internal.machine.Parts.PLACE;
import static io.github.election4j.internal.machine.Parts.failed;
import static io.github.election4j.internal.machine.Parts.failure;
import static io.github.election4j.internal.machine.Parts.mark;
import static io.github.election4j.internal.machine.Parts.place;
import static io.github.election4j.internal.machine.Parts.sent;
import static io.github.election4j.internal.machine.Parts.step;
import static io.github.election4j.internal.machine.Parts.succeeded;
import static io.github.election4j.internal.machine.Parts.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.machine.Retiring.Answer;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P8: which word a retirement says, and what its answer means. */
class RetiringTests {
    private static final MarkValue MARK = new MarkValue(7_000, 1, List.of());
    private static final KeyValue OTHER = place("a2", 6);

    private final Parts parts = new Parts();
    private final Retiring retiring = new Retiring(parts.settings, parts.self, parts.view, parts.claims, parts.journal);

    /** P2: whatever the machine has known of it before. */
    @Test
    void thePlaceWhoseEndIsSentForIsRemembered() {
        retire(NOW);

        assertThat(parts.memory.lastHeld(Parts.KEY)).isEqualTo(PLACE);
        assertThat(parts.memory.owns(PLACE)).isTrue();
    }

    @Test
    void whoIsFirstWithoutClaimsReleasesWhileOthersStand() {
        parts.stands(9, mark(9, MARK), OTHER);

        assertThat(written(retire(NOW))).isEqualTo(MARK.withReleased(PLACE));
    }

    @Test
    void whoIsFirstOrNextAndHasNotLedHasStopped() {
        parts.stands(9, mark(9, MARK), place("a2", 4));

        assertThat(written(retire(NOW))).isEqualTo(MARK.withStopped(List.of(PLACE)));
    }

    @Test
    void whoIsFurtherBackSaysNothing() {
        parts.stands(9, mark(9, MARK), place("a2", 3), place("a3", 4));

        assertThat(withdraws(retire(NOW))).isTrue();
    }

    /** A mark that is there is joined as it is; raising it is another's business. */
    @Test
    void joinsTheMarkThatIsThere() {
        parts.stands(9, mark(9, MARK), OTHER);
        parts.memory.knows(9_000);
        parts.memory.owe(7);

        assertThat(written(retire(NOW))).isEqualTo(new MarkValue(7_000, PLACE, List.of(7L)));
    }

    @Test
    void writesAMarkThatIsGoneWithTheLongestValidityThatIsKnown() {
        parts.stands(9, OTHER);
        assertThat(written(retire(NOW))).isEqualTo(new MarkValue(8_000, PLACE, List.of()));
        retiring.reset(step());
        parts.memory.knows(9_000);

        assertThat(written(retire(NOW))).isEqualTo(new MarkValue(9_000, PLACE, List.of()));
    }

    @Test
    void aReleaseIsKnownAndToldAndAnEndInOrder() {
        parts.stands(9, mark(9, MARK), OTHER);
        parts.memory.owe(4);
        parts.memory.knows(8_000);

        Answer answer = retired(retire(NOW), succeeded(10));

        assertThat(answer).isEqualTo(Answer.DONE);
        assertThat(parts.view.mark()).isEqualTo(Mark.written(MARK.withReleased(PLACE), 10));
        assertThat(parts.memory.isBlank()).isTrue();
    }

    /** Who may not write beside the queue hands over all the same. */
    @Test
    void whatItWritesOfItsTermIsNotTriedAgainOnceRefused() {
        parts.stands(9, mark(9, MARK), OTHER);
        parts.journal.begins(parts.self.candidate(parts.own), step());
        parts.journal.ends(ChangeReason.RESIGNED, 0, step());
        Effect.Commit first = retire(NOW);
        assertThat(first.txn().then()).anyMatch(RetiringTests::isOfTheJournal);

        retiring.onFailed(first.request(), failure(Kind.DENIED), step());
        Effect.Commit second = retire(NOW + Scenario.LEASE.toNanos());

        assertThat(second.txn().then()).noneMatch(RetiringTests::isOfTheJournal);
        assertThat(written(second)).isEqualTo(MARK.withReleased(PLACE));
    }

    private static boolean isOfTheJournal(Txn.Op op) {
        return op instanceof Txn.Put put && put.key().contains(".~terms/");
    }

    /** T4. */
    @Test
    void theLastOneTakesTheMarkAlongAndOwesNothing() {
        parts.stands(9, mark(9, MARK));
        parts.memory.owe(4);
        parts.memory.knows(8_000);
        Effect.Commit sent = retire(NOW);
        assertThat(sent.txn().then()).containsExactly(new Txn.Delete(Parts.KEY), new Txn.Delete(World.MARK));

        Answer answer = retired(sent, succeeded(10));

        assertThat(answer).isEqualTo(Answer.DONE);
        assertThat(parts.view.mark()).isEqualTo(Mark.ABSENT);
        assertThat(parts.memory.isBlank()).isTrue();
    }

    @Test
    void aWithdrawalNeedsNoWordAndLeavesTheMark() {
        parts.stands(9, mark(9, MARK), place("a2", 3), place("a3", 4));
        parts.memory.owe(2);
        parts.memory.knows(8_000);

        Answer answer = retired(retire(NOW), succeeded(10));

        assertThat(answer).as("nobody waits for it").isEqualTo(Answer.DONE);
        assertThat(parts.view.mark().modRevision()).isEqualTo(9);
        assertThat(parts.memory.owed().tells(2)).as("still to be told").isTrue();
        assertThat(parts.memory.longestValidityMillis()).isEqualTo(8_000);
    }

    /** A store without space takes no put. The word is owed then. */
    @Test
    void justDeletesAfterThreeRefusals() {
        parts.stands(9, mark(9, MARK), OTHER);
        long now = refuse(NOW, Kind.REFUSED);
        now = refuse(now, Kind.DENIED);
        Effect.Commit third = retire(now);
        assertThat(withdraws(third)).isFalse();
        retiring.onFailed(third.request(), failure(Kind.REFUSED), new Decisions(new Moment(now, 0, 0.5)));
        Effect.Commit fourth = retire(now + parts.settings.backOffCapNanos());
        assertThat(withdraws(fourth)).isTrue();

        assertThat(retired(fourth, succeeded(10))).isEqualTo(Answer.GONE);
    }

    @Test
    void refusalsCountForOnePlace() {
        parts.stands(9, mark(9, MARK), OTHER);
        long now = refuse(NOW, Kind.REFUSED);
        now = refuse(now, Kind.REFUSED);
        now = refuse(now, Kind.REFUSED);

        retiring.reset(step());

        assertThat(withdraws(retire(now))).isFalse();
    }

    @Test
    void outOfReachIsNoRefusal() {
        parts.stands(9, mark(9, MARK), OTHER);
        long now = NOW;
        for (int i = 0; i < 4; i++) {
            now = refuse(now, Kind.UNAVAILABLE);
        }

        assertThat(withdraws(retire(now))).isFalse();
    }

    @Test
    void aLeaseThatIsNotThereIsTold() {
        parts.stands(9, mark(9, MARK), OTHER);
        Effect.Commit sent = retire(NOW);
        Decisions step = step();

        retiring.onFailed(sent.request(), failure(Kind.LEASE_NOT_FOUND), step);

        assertThat(step.effects())
                .containsExactly(new Effect.LeaseGone(0xa1), new Effect.Report("release", "no answer", 1));
    }

    /** Who is alone by its view has not seen who wrote the mark; his word would be lost with it. */
    @Test
    void saysItAgainWhereTheMarkHasMovedAndLeavesTheMarkThen() {
        parts.stands(9, mark(9, MARK));
        MarkValue moved = MARK.withValidity(16_000);

        Answer answer =
                retired(retire(NOW), failed(12, List.of(List.of(place("a1", PLACE)), List.of(mark(12, moved)))));

        assertThat(answer).isEqualTo(Answer.MOVED);
        assertThat(parts.view.mark().value()).isEqualTo(moved);
        assertThat(written(retire(NOW))).isEqualTo(moved.withReleased(PLACE));
    }

    @Test
    void isGoneWhereAnotherPlaceOrNoneIsFound() {
        parts.stands(9, mark(9, MARK), OTHER);
        MarkValue moved = MARK.withReleased(PLACE);
        assertThat(retired(retire(NOW), failed(12, List.of(List.of(), List.of(mark(12, moved))))))
                .isEqualTo(Answer.GONE);
        assertThat(parts.view.mark().value()).as("somebody has said it").isEqualTo(moved);

        assertThat(retired(retire(NOW), failed(13, List.of(List.of(place("a1", 13)), List.of()))))
                .isEqualTo(Answer.GONE);
    }

    @Test
    void aReplyToWhatIsNotUnderWayIsStale() {
        parts.stands(9, mark(9, MARK), OTHER);
        Effect.Commit dropped = retire(NOW);
        retiring.reset(step());
        Decisions late = step();

        assertThat(retired(dropped, succeeded(10))).isEqualTo(Answer.STALE);
        retiring.onFailed(dropped.request(), failure(Kind.LEASE_NOT_FOUND), late);

        assertThat(late.effects()).isEmpty();
        assertThat(parts.view.mark().modRevision()).isEqualTo(9);
    }

    @Test
    void aReplyWithoutACandidacyIsStale() {
        parts.stands(9, mark(9, MARK), OTHER);
        Effect.Commit sent = retire(NOW);
        parts.self.leaves(parts.own, true);

        assertThat(retired(sent, succeeded(10))).isEqualTo(Answer.STALE);
    }

    @Test
    void wakesForTheNextAttempt() {
        parts.stands(9, mark(9, MARK), OTHER);
        refuse(NOW, Kind.UNAVAILABLE);
        Wakeup wakeup = new Wakeup(NOW);

        retiring.wakeAt(wakeup);

        assertThat(wakeup.earliest()).hasValue(NOW + Retry.delayNanos(1, parts.settings.backOffCapNanos(), 0.5));
    }

    private Effect.Commit retire(long now) {
        Decisions step = new Decisions(new Moment(now, 0, 0.5));
        retiring.advance(parts.own, step);
        Effect.Commit sent = sent(step);
        assertThat(sent.request().purpose()).isEqualTo(Purpose.RETIRE);
        return sent;
    }

    private Answer retired(Effect.Commit sent, TxnResult result) {
        return retiring.onRetired(sent.request(), result, step());
    }

    /** Retires in vain, and returns when it may be tried again. */
    private long refuse(long now, Kind kind) {
        Effect.Commit sent = retire(now);
        retiring.onFailed(sent.request(), failure(kind), new Decisions(new Moment(now, 0, 0.5)));
        return now + parts.settings.backOffCapNanos();
    }

    private static boolean withdraws(Effect.Commit sent) {
        return sent.txn().then().equals(List.of(new Txn.Delete(Parts.KEY)));
    }
}
