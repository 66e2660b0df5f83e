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
import static io.github.election4j.internal.machine.Parts.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.StoreException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7: the replies to what is written. */
class MarkKeepingTests {
    private static final MarkValue MARK = new MarkValue(8_000, 1, List.of());

    private final Parts parts = new Parts();
    private final MarkKeeping keeping = new MarkKeeping(parts.settings, parts.self, parts.view, parts.claims);

    @Test
    void writesNothingWhereNothingIsMissing() {
        parts.stands(9, mark(9, MARK));

        assertThat(sentNothing(advance())).isTrue();
    }

    @Test
    void tellsWhatIsOwedToAMarkThatIsThere() {
        parts.stands(9, mark(9, MARK));
        parts.memory.owe(4);

        assertThat(written(sent(advance()))).isEqualTo(new MarkValue(8_000, 1, List.of(4L)));
    }

    @Test
    void isLeftToOthersByWhoIsNotSeenToStand() {
        parts.self.enters(parts.own);
        parts.view.replace(List.of(place("a2", 6)), 9);

        assertThat(sentNothing(advance())).isTrue();
    }

    @Test
    void whatIsWrittenIsKnownAndToldAndOwedNoMore() {
        parts.stands(9, mark(9, MARK));
        parts.memory.owe(4);
        parts.claims.vanished(4, NOW + 1);

        keeping.onWritten(sent(advance()).request(), succeeded(10), step());

        assertThat(parts.view.mark().modRevision()).isEqualTo(10);
        assertThat(parts.view.mark().value().tells(4)).isTrue();
        assertThat(parts.memory.owed().isSilent()).isTrue();
        assertThat(parts.claims.passed(NOW)).as("by the word").isTrue();
        assertThat(sentNothing(advance())).isTrue();
    }

    /** The mark keeps the newest eight; else it would be written again and again. */
    @Test
    void aWordForWhichThereIsNoRoomIsOwedNoMore() {
        parts.stands(30, mark(30, new MarkValue(8_000, 1, List.of(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L))));
        parts.memory.owe(4);

        keeping.onWritten(sent(advance()).request(), succeeded(31), step());

        assertThat(sentNothing(advance())).isTrue();
    }

    @Test
    void writesAgainAsOftenAsItIsNeeded() {
        parts.stands(9);
        keeping.onWritten(sent(advance()).request(), succeeded(10), step());
        parts.memory.owe(4);

        assertThat(written(sent(advance())).tells(4)).isTrue();
    }

    /** Whoever has been quicker, whoever was told of a place that way need not wait for it any more. */
    @Test
    void takesInTheMarkThatSomebodyElseHasWrittenAndStandsBack() {
        parts.stands(9);
        parts.memory.owe(4);
        parts.claims.vanished(3, NOW + 1);
        MarkValue other = new MarkValue(8_000, 0, List.of(3L));

        keeping.onWritten(sent(advance()).request(), failed(10, List.of(List.of(mark(10, other)))), step());

        assertThat(parts.view.mark().value()).isEqualTo(other);
        assertThat(parts.claims.passed(NOW)).isTrue();
        assertThat(parts.memory.owed().tells(4)).as("still to be told").isTrue();
        assertThat(sentNothing(advance()))
                .as("for others do the same at the same moment")
                .isTrue();
        long delay = Retry.delayNanos(1, parts.settings.backOffCapNanos(), 0.5);
        assertThat(wakeup().earliest()).hasValue(NOW + delay);
        assertThat(written(sent(advance(NOW + delay)))).isEqualTo(other.withStopped(List.of(4L)));
    }

    @Test
    void anAnswerToAnEarlierWriteChangesNothing() {
        parts.stands(9);
        RequestId first = sent(advance()).request();
        keeping.onFailed(first, failure(Kind.UNAVAILABLE), step());
        sent(advance(NOW + parts.settings.backOffCapNanos()));
        Decisions late = step();

        keeping.onWritten(first, succeeded(10), late);
        keeping.onFailed(first, failure(Kind.UNAVAILABLE), late);

        assertThat(parts.view.mark().absent()).isTrue();
        assertThat(late.effects()).isEmpty();
    }

    @Test
    void noAnswerCountsBeforeAnythingWasWritten() {
        parts.stands(9);

        keeping.onWritten(new RequestId(Purpose.MARK, 0), succeeded(10), step());

        assertThat(parts.view.mark().absent()).isTrue();
    }

    @Test
    void failuresAreToldAndSoIsTheirEnd() {
        parts.stands(9);
        Decisions failing = step();
        keeping.onFailed(sent(advance()).request(), failure(Kind.UNAVAILABLE), failing);
        assertThat(failing.effects()).containsExactly(new Effect.Report("mark", "no answer", 1));
        Decisions recovering = step();

        keeping.onWritten(sent(advance(NOW + parts.settings.backOffCapNanos())).request(), succeeded(10), recovering);

        assertThat(recovering.effects()).containsExactly(new Effect.Recovered("mark"));
    }

    /** With the place it loses its purpose. */
    @Test
    void isDroppedWithThePlace() {
        parts.stands(9);
        RequestId dropped = sent(advance()).request();
        keeping.onFailed(dropped, failure(Kind.UNAVAILABLE), step());
        Decisions reset = step();

        keeping.reset(reset);

        assertThat(reset.effects()).containsExactly(new Effect.Recovered("mark"));
        assertThat(wakeup().earliest()).isEmpty();
        assertThat(sent(advance()).request()).as("for the next place at once").isNotEqualTo(dropped);
    }

    @Test
    void writesOnlyWhereTheQueueIsFollowedAndThePlaceIsKept() {
        parts.stands(PLACE);
        Decisions step = step();

        keeping.advance(false, false, step);
        keeping.advance(true, true, step);

        assertThat(step.effects()).isEmpty();
    }

    private Decisions advance() {
        return advance(NOW);
    }

    private Decisions advance(long now) {
        Decisions step = new Decisions(new Moment(now, 0, 0.5));
        keeping.advance(true, false, step);
        return step;
    }

    private Wakeup wakeup() {
        Wakeup wakeup = new Wakeup(NOW);
        keeping.wakeAt(wakeup);
        return wakeup;
    }
}
