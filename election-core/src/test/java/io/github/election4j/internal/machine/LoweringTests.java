package io.github.election4j.internal.machine;

import static io.github.election4j.internal.machine.Parts.NOW;
import static io.github.election4j.internal.machine.Parts.place;
import static io.github.election4j.internal.machine.Parts.sent;
import static io.github.election4j.internal.machine.Parts.sentNothing;
import static io.github.election4j.internal.machine.Parts.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7: a claim counts from the last beat where that is known to be the last. */
class LoweringTests {
    private static final String BEAT = ElectionKeys.beat("7", 0);
    private static final Place GONE = Place.of(place("7", 3));
    private static final long WAIT = Scenario.WAIT.toNanos();
    private static final long HEARD_AT = NOW - WAIT;

    private final Parts parts = new Parts();
    private final FollowedBeat beat = new FollowedBeat();
    private final Lowering lowering = new Lowering(parts.settings, parts.claims, beat);

    @Test
    void readsTheBeatAsItWasJustBeforeTheDeletion() {
        hears(6);

        assertThat(ask(12).txn()).isEqualTo(Transactions.past(BEAT, 11));
    }

    @Test
    void lowersTheClaimIfTheBeatIsTheOneThatWasHeard() {
        hears(6);

        lowering.onPast(ask(12).request(), beatAsOf(6));

        assertThat(parts.claims.passed(NOW - 1)).isFalse();
        assertThat(parts.claims.passed(NOW)).as("a wait after it was heard").isTrue();
    }

    @Test
    void leavesTheClaimIfALaterBeatIsFoundOrNone() {
        hears(6);
        lowering.onPast(ask(12).request(), beatAsOf(7));
        assertThat(parts.claims.passed(NOW)).isFalse();

        lowering.onPast(ask(12).request(), new TxnResult(true, 13, List.of(new TxnResult.Found(List.of())), 1));

        assertThat(parts.claims.passed(NOW)).isFalse();
    }

    @Test
    void anAnswerCountsOnce() {
        hears(6);
        RequestId request = ask(12).request();
        lowering.onPast(request, beatAsOf(7));

        lowering.onPast(request, beatAsOf(6));

        assertThat(parts.claims.passed(NOW)).isFalse();
    }

    @Test
    void aReadThatFailedCountsNoMore() {
        hears(6);
        RequestId request = ask(12).request();

        lowering.onFailed(request);
        lowering.onPast(request, beatAsOf(6));

        assertThat(parts.claims.passed(NOW)).isFalse();
    }

    @Test
    void anAnswerFromAnotherHistoryCountsNothing() {
        hears(6);
        RequestId request = ask(12).request();

        lowering.forget();
        lowering.onPast(request, beatAsOf(6));

        assertThat(parts.claims.passed(NOW)).isFalse();
    }

    @Test
    void asksNothingWhereTheBeatOrTheRevisionIsUnknown() {
        Decisions step = step();
        lowering.ask(GONE, 12, step);
        hears(6);

        lowering.ask(GONE, 0, step);
        lowering.ask(Place.of(place("8", 4)), 12, step);
        lowering.ask(Place.of(new KeyValue("/e/7", "foreign", 3, 3, 0)), 12, step);

        assertThat(sentNothing(step)).isTrue();
    }

    private void hears(long revision) {
        beat.follow(BEAT, step());
        beat.heard(new Input.BeatHeard(BEAT, revision, HEARD_AT));
    }

    /** The place is gone, and claimed for from now on. */
    private Effect.Commit ask(long deleted) {
        parts.claims.vanished(GONE.createRevision(), NOW + WAIT);
        Decisions step = step();
        lowering.ask(GONE, deleted, step);
        return sent(step);
    }

    private static TxnResult beatAsOf(long revision) {
        return new TxnResult(
                true, 13, List.of(new TxnResult.Found(List.of(new KeyValue(BEAT, "x", 2, revision, 7)))), 1);
    }
}
