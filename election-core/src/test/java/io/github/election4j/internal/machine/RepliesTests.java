package io.github.election4j.internal.machine;

import static io.github.election4j.internal.machine.Parts.NOW;
import static io.github.election4j.internal.machine.Parts.failure;
import static io.github.election4j.internal.machine.Parts.place;
import static io.github.election4j.internal.machine.Parts.sent;
import static io.github.election4j.internal.machine.Parts.step;
import static io.github.election4j.internal.machine.Parts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every reply reaches whoever has asked. */
class RepliesTests {
    private static final String BEAT = ElectionKeys.beat("7", 0);
    private static final KeyValue FIRST = place("7", 3);

    private final Parts parts = new Parts();
    private final FollowedBeat beat = new FollowedBeat();
    private final Lowering lowering = new Lowering(parts.settings, parts.claims, beat);
    private final OwnTerm ownTerm = new OwnTerm(parts.settings, parts.self, parts.journal);
    private final Following following =
            new Following(parts.settings, parts.self, parts.view, parts.claims, ownTerm, lowering);
    private final Entering entering = new Entering(parts.settings, parts.self, parts.view, parts.claims, following);
    private final MarkKeeping markKeeping = new MarkKeeping(parts.settings, parts.self, parts.view, parts.claims);
    private final TakeOver takeOver =
            new TakeOver(parts.settings, parts.self, parts.view, parts.claims, beat, following);
    private final Retiring retiring = new Retiring(parts.settings, parts.self, parts.view, parts.claims, parts.journal);
    private final Replies replies = new Replies(
            following,
            lowering,
            entering,
            markKeeping,
            takeOver,
            retiring,
            new Orders(
                    parts.settings,
                    parts.self,
                    parts.view,
                    new PendingCommands(
                            parts.settings, parts.self, ownTerm, entering, new Successors(parts.settings, parts.view))),
            parts.journal);

    @Test
    void ofTheMark() {
        replies.take(new Input.Committed(writesTheMark(), succeeded(10)), step());

        assertThat(parts.view.mark().modRevision()).isEqualTo(10);
    }

    @Test
    void ofAMarkThatIsNotWritten() {
        assertThat(reported(writesTheMark())).isEqualTo("mark");
    }

    @Test
    void ofATakeOverThatFails() {
        parts.stands(9, FIRST);
        hearsTheBeat();
        Decisions sending = new Decisions(new Moment(NOW + Scenario.WAIT.toNanos(), 0, 0.5));
        takeOver.advance(sending);

        assertThat(reported(sent(sending).request())).isEqualTo("take-over");
    }

    @Test
    void ofARetirementThatFails() {
        parts.stands(9, FIRST);
        Decisions sending = step();
        retiring.advance(parts.own, sending);

        assertThat(reported(sent(sending).request())).isEqualTo("release");
    }

    @Test
    void ofAReadOfThePast() {
        RequestId request = asksForThePast();

        replies.take(new Input.Committed(request, pastBeat()), step());

        assertThat(parts.claims.passed(NOW)).isTrue();
    }

    /** Nothing is told of it, and what came later would count nothing. */
    @Test
    void ofAReadOfThePastThatFails() {
        RequestId request = asksForThePast();
        Decisions failing = step();

        replies.take(new Input.Failed(request, failure(Kind.COMPACTED)), failing);
        replies.take(new Input.Committed(request, pastBeat()), step());

        assertThat(failing.effects()).isEmpty();
        assertThat(parts.claims.passed(NOW)).isFalse();
    }

    /** That is the machine's own. */
    @Test
    void butNotTheAnswerToARetirement() {
        Input.Committed retired = new Input.Committed(new RequestId(Purpose.RETIRE, 1), succeeded(10));

        assertThatThrownBy(() -> replies.take(retired, step())).isInstanceOf(IllegalArgumentException.class);
    }

    private RequestId writesTheMark() {
        parts.stands(9);
        Decisions sending = step();
        markKeeping.advance(true, false, sending);
        return sent(sending).request();
    }

    private void hearsTheBeat() {
        takeOver.advance(step());
        beat.heard(new Input.BeatHeard(BEAT, 6, NOW));
    }

    private RequestId asksForThePast() {
        beat.follow(BEAT, step());
        beat.heard(new Input.BeatHeard(BEAT, 6, NOW - Scenario.WAIT.toNanos()));
        parts.claims.vanished(3, NOW + 1);
        Decisions asking = step();
        lowering.ask(Place.of(FIRST), 12, asking);
        return sent(asking).request();
    }

    private static TxnResult pastBeat() {
        return new TxnResult(true, 13, List.of(new TxnResult.Found(List.of(new KeyValue(BEAT, "x", 2, 6, 7)))), 1);
    }

    private String reported(RequestId failed) {
        Decisions failing = step();
        replies.take(new Input.Failed(failed, failure(Kind.UNAVAILABLE)), failing);
        return failing.effects().stream()
                .filter(Effect.Report.class::isInstance)
                .map(each -> ((Effect.Report) each).operation())
                .findFirst()
                .orElseThrow();
    }
}
