package io.github.election4j.internal.machine;

import static io.github.election4j.internal.machine.Parts.NOW;
import static io.github.election4j.internal.machine.Parts.PLACE;
import static io.github.election4j.internal.machine.Parts.failed;
import static io.github.election4j.internal.machine.Parts.failure;
import static io.github.election4j.internal.machine.Parts.mark;
import static io.github.election4j.internal.machine.Parts.place;
import static io.github.election4j.internal.machine.Parts.sent;
import static io.github.election4j.internal.machine.Parts.sentNothing;
import static io.github.election4j.internal.machine.Parts.step;
import static io.github.election4j.internal.machine.Parts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P12: when a silent leader is replaced, and what the answer means. */
class TakeOverTests {
    private static final String BEAT = ElectionKeys.beat("7", 0);
    private static final KeyValue SILENT = place("7", 3);
    private static final MarkValue MARK = new MarkValue(7_000, 1, List.of());
    private static final long DUE = NOW + Scenario.WAIT.toNanos();

    private final Parts parts = new Parts();
    private final FollowedBeat beat = new FollowedBeat();
    private final Lowering lowering = new Lowering(parts.settings, parts.claims, beat);
    private final Following following = new Following(
            parts.settings,
            parts.self,
            parts.view,
            parts.claims,
            new OwnTerm(parts.settings, parts.self, parts.journal),
            lowering);
    private final TakeOver takeOver =
            new TakeOver(parts.settings, parts.self, parts.view, parts.claims, beat, following);
    private final long backOff = parts.settings.backOffCapNanos();

    @Test
    void deletesTheSilentPlaceWithItsWordOnceItsWaitIsOver() {
        hearsTheLastBeat(mark(9, MARK));
        assertThat(wakeup().earliest()).hasValue(DUE);
        assertThat(sentNothing(advance(DUE - 1))).isTrue();

        assertThat(sent(advance(DUE)).txn()).isEqualTo(takeOver(parts.view.mark(), MARK.withReleased(3)));
    }

    @Test
    void writesAMarkThatIsGoneWithTheLongestValidityThatIsKnown() {
        hearsTheLastBeat();
        parts.memory.knows(9_000);

        assertThat(sent(advance(DUE)).txn()).isEqualTo(takeOver(Mark.ABSENT, new MarkValue(9_000, 3, List.of())));
    }

    /** A mark that is there is joined as it is; raising it is another's business. */
    @Test
    void joinsTheMarkThatIsThere() {
        hearsTheLastBeat(mark(9, MARK));
        parts.memory.knows(9_000);

        assertThat(sent(advance(DUE)).txn()).isEqualTo(takeOver(parts.view.mark(), MARK.withReleased(3)));
    }

    @Test
    void whoIsNotNextIsMorePatient() {
        hearsTheLastBeat(place("8", 4));
        long later = DUE + Scenario.VALIDITY.toNanos() / 2;

        assertThat(wakeup().earliest()).hasValue(later);
        assertThat(sentNothing(advance(later - 1))).isTrue();
        assertThat(sentNothing(advance(later))).isFalse();
    }

    @Test
    void waitsForClaimsToo() {
        hearsTheLastBeat();
        parts.claims.add(new Claims.Entry(2, DUE + 1));
        assertThat(sentNothing(advance(DUE))).isTrue();
        Wakeup wakeup = new Wakeup(DUE);

        takeOver.wakeAt(wakeup);

        assertThat(wakeup.earliest()).hasValue(DUE + 1);
        assertThat(sentNothing(advance(DUE + 1))).isFalse();
    }

    /** The watch tells, in order. */
    @Test
    void isDoneOnceForAPlace() {
        hearsTheLastBeat();
        Decisions answered = step();

        takeOver.onAnswered(sent(advance(DUE)).request(), succeeded(10), answered);

        assertThat(answered.effects()).isEmpty();
        assertThat(sentNothing(advance(DUE + backOff))).isTrue();
    }

    @Test
    void isReadyForTheNextPlaceOnceItIsAnswered() {
        hearsTheLastBeat();
        Effect.Commit first = sent(advance(DUE));
        takeOver.onAnswered(first.request(), succeeded(10), step());
        parts.view.apply(new WatchEvent.Deleted("/e/7", 10));
        parts.view.apply(new WatchEvent.Put(place("7", 4)));

        advance(DUE);
        beat.heard(new Input.BeatHeard(BEAT, 11, DUE));

        assertThat(sentNothing(advance(DUE + Scenario.WAIT.toNanos()))).isFalse();
    }

    @Test
    void whereOnlyTheMarkHasMovedItIsJoinedAndTriedAgain() {
        hearsTheLastBeat(mark(9, MARK));
        MarkValue moved = new MarkValue(9_000, 1, List.of());
        Decisions answered = new Decisions(new Moment(DUE, 0, 0.5));

        takeOver.onAnswered(
                sent(advance(DUE)).request(),
                failed(12, List.of(List.of(SILENT), List.of(mark(12, moved)), List.of())),
                answered);

        assertThat(answered.effects()).as("of a watch that serves").isEmpty();
        long again = DUE + Retry.delayNanos(1, backOff, 1);
        assertThat(sentNothing(advance(again - 1))).isTrue();
        assertThat(sent(advance(again)).txn()).isEqualTo(takeOver(parts.view.mark(), moved.withReleased(3)));
    }

    @Test
    void aBeatThatTheGuardHasFoundIsTold() {
        hearsTheLastBeat(mark(9, MARK));
        Decisions answered = step();

        takeOver.onAnswered(
                sent(advance(DUE)).request(),
                failed(
                        12,
                        List.of(List.of(SILENT), List.of(mark(9, MARK)), List.of(new KeyValue(BEAT, "y", 2, 11, 7)))),
                answered);

        assertThat(answered.effects()).containsExactly(new Effect.BeatSeen(BEAT, 11));
    }

    /** The watch has lost the deletion, or is late. */
    @Test
    void theQueueIsReadAgainWhereThePlaceIsGone() {
        hearsTheLastBeat();
        Decisions answered = step();

        takeOver.onAnswered(
                sent(advance(DUE)).request(), failed(12, List.of(List.of(), List.of(), List.of())), answered);

        assertThat(answered.effects()).containsExactly(new Effect.CloseWatch());
        assertThat(following.open()).isFalse();
    }

    @Test
    void failuresAreToldAndSoIsTheirEnd() {
        hearsTheLastBeat();
        Decisions failing = new Decisions(new Moment(DUE, 0, 0.5));
        takeOver.onFailed(sent(advance(DUE)).request(), failure(Kind.UNAVAILABLE), failing);
        assertThat(failing.effects()).containsExactly(new Effect.Report("take-over", "no answer", 1));
        long again = DUE + Retry.delayNanos(1, backOff, 0.5);
        Wakeup wakeup = new Wakeup(DUE);
        takeOver.wakeAt(wakeup);
        assertThat(wakeup.earliest()).hasValue(again);
        Decisions recovering = step();

        takeOver.onAnswered(sent(advance(again)).request(), succeeded(10), recovering);

        assertThat(recovering.effects()).containsExactly(new Effect.Recovered("take-over"));
    }

    @Test
    void aReplyToWhatIsNotUnderWayChangesNothing() {
        hearsTheLastBeat();
        RequestId dropped = sent(advance(DUE)).request();
        takeOver.reset(step());
        Decisions late = step();

        takeOver.onFailed(dropped, failure(Kind.UNAVAILABLE), late);
        takeOver.onAnswered(dropped, failed(12, List.of(List.of(), List.of(), List.of())), late);

        assertThat(late.effects()).isEmpty();
        assertThat(sentNothing(advance(DUE))).as("for the next place at once").isFalse();
    }

    @Test
    void isDroppedWithTheOwnPlace() {
        failsAt(DUE);
        Decisions reset = step();

        takeOver.reset(reset);

        assertThat(reset.effects()).containsExactly(new Effect.Recovered("take-over"));
    }

    @Test
    void isDroppedWhenAnotherIsFirst() {
        failsAt(DUE);
        parts.view.apply(new WatchEvent.Deleted("/e/7", 10));

        assertThat(advance(DUE).effects()).contains(new Effect.Recovered("take-over"));
    }

    @Test
    void isDroppedWhenNobodyIsFirst() {
        failsAt(DUE);
        parts.view.apply(new WatchEvent.Deleted("/e/7", 10));
        parts.view.apply(new WatchEvent.Deleted(Parts.KEY, 11));

        assertThat(advance(DUE).effects()).containsExactly(new Effect.Recovered("take-over"), new Effect.Follow(null));
        assertThat(wakeup().earliest()).isEmpty();
    }

    /** This member is in the queue behind the silent one, follows it, and has just heard its beat. */
    private void hearsTheLastBeat(KeyValue... others) {
        parts.self.enters(parts.own);
        Decisions reading = step();
        following.advance(false, reading);
        List<KeyValue> range = new ArrayList<>(Arrays.asList(others));
        range.add(SILENT);
        range.add(place("a1", PLACE));
        following.onRead(
                sent(reading).request(), new TxnResult(true, 9, List.of(new TxnResult.Found(range)), 1), step());
        advance(NOW);
        beat.heard(new Input.BeatHeard(BEAT, 6, NOW));
    }

    private void failsAt(long now) {
        hearsTheLastBeat();
        takeOver.onFailed(
                sent(advance(now)).request(), failure(Kind.UNAVAILABLE), new Decisions(new Moment(now, 0, 0.5)));
    }

    private Decisions advance(long now) {
        Decisions step = new Decisions(new Moment(now, 0, 0.5));
        takeOver.advance(step);
        return step;
    }

    private Wakeup wakeup() {
        Wakeup wakeup = new Wakeup(NOW);
        takeOver.wakeAt(wakeup);
        return wakeup;
    }

    private Txn takeOver(Mark guard, MarkValue joined) {
        return Transactions.takeOver(parts.settings.keys(), Place.of(SILENT), BEAT, 6, guard, joined);
    }
}
