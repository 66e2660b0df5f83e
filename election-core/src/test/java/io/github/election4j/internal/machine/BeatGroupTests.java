package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.BeatGroup.Answer;
import io.github.election4j.internal.machine.BeatGroup.Covered;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** P4, H7: one beat of a process. The clock overflows on the way. */
class BeatGroupTests {
    private static final Timing TIMING = Timing.of(Duration.ofSeconds(10));
    private static final long FIRST_DELAY = Retry.delayNanos(1, TIMING.beatAttemptNanos(), 0.5);

    private final BeatGroup group = new BeatGroup(0, TIMING.beatAttemptNanos());
    private long now = Long.MAX_VALUE - FIRST_DELAY / 2;
    private long entropy;

    @Test
    void anAnswerThatShowsNoTwinIsFine() {
        cover("e", 5);
        SessionEffect.Beat first = onlyBeat();
        assertThat(answer(first, committed(SessionBeats.nothing()))).isEqualTo(Answer.FINE);
        assertThat(answer(first, committed(SessionBeats.nothing()))).as("late").isEqualTo(Answer.FINE);

        group.request();
        SessionEffect.Beat second = onlyBeat();
        assertThat(answer(second, committed(SessionBeats.found("/b", nonce(first)))))
                .isEqualTo(Answer.FINE);

        group.request();
        assertThat(answer(onlyBeat(), new TxnResult(false, 9, List.of(SessionBeats.nothing()), 1)))
                .as("a place is gone")
                .isEqualTo(Answer.FINE);
    }

    @Test
    void onlyTheBeatUnderWaySaysThatTheLeaseIsGone() {
        cover("e", 5);
        SessionEffect.Beat first = onlyBeat();
        fail(first, Kind.UNAVAILABLE);
        now += FIRST_DELAY;
        SessionEffect.Beat second = onlyBeat();

        assertThat(group.onFailed(first.number(), SessionBeats.failure(Kind.LEASE_NOT_FOUND), step()))
                .isFalse();
        assertThat(group.onFailed(second.number(), SessionBeats.failure(Kind.LEASE_NOT_FOUND), step()))
                .isTrue();
    }

    @Test
    void aFailedBeatIsSentAgainWhenItsDelayIsOver() {
        cover("e", 5);
        assertThat(fail(onlyBeat(), Kind.UNAVAILABLE)).containsExactly(new SessionEffect.Report("heartbeat", "why", 1));

        Wakeup wakeup = new Wakeup(now);
        group.wakeAt(wakeup);

        assertThat(wakeup.earliest()).hasValue(now + FIRST_DELAY);
        now += FIRST_DELAY - 1;
        assertThat(beats()).isEmpty();
        now++;
        assertThat(onlyBeat().txn().compares()).containsExactly(Txn.Compare.created("/e", 5));
    }

    @Test
    void aPlaceThatIsRefusedAloneIsToldOfAndHoldsUpTheNextBeat() {
        cover("e", 5);

        assertThat(fail(onlyBeat(), Kind.DENIED)).containsExactly(new SessionEffect.Report("heartbeat", "why", 1));

        group.probe();
        assertThat(beats()).isEmpty();
        now += FIRST_DELAY;
        assertThat(onlyBeat().txn().compares()).isEmpty();
    }

    @Test
    void afterTheLastPartOfARefusedCoverNoMoreGoesOutBeforeTheNextTick() {
        cover("e", 5);
        cover("f", 6);
        assertThat(fail(onlyBeat(), Kind.DENIED))
                .as("nothing is told of halves")
                .isEmpty();

        commit(onlyBeat());
        commit(onlyBeat());

        assertThat(beats()).isEmpty();
        group.tick();
        assertThat(onlyBeat().txn().compares())
                .containsExactly(Txn.Compare.created("/e", 5), Txn.Compare.created("/f", 6));
    }

    /** What became of the part is not known, and the place of a part that fails must not wait for the next tick. */
    @Test
    void anUnknownOutcomeAmidThePartsSendsTheWholeAgain() {
        List.of("e", "f", "g", "h").forEach(each -> cover(each, 5));
        fail(onlyBeat(), Kind.REFUSED);

        fail(onlyBeat(), Kind.UNAVAILABLE);
        now += FIRST_DELAY;

        assertThat(onlyBeat().txn().compares()).hasSize(4);
    }

    @Test
    void tellsTheLeastValidityThatAPlaceHadLeft() {
        cover("e", 5);
        assertThat(commit(onlyBeat())).as("none had any").noneMatch(SessionEffect.Headroom.class::isInstance);
        now += TIMING.validityNanos() / 2;
        cover("f", 6);
        commit(onlyBeat());
        group.request();
        now += TIMING.validityNanos() / 4;

        assertThat(commit(onlyBeat())).contains(new SessionEffect.Headroom(0.75));
        group.request();
        now += TIMING.validityNanos();
        assertThat(commit(onlyBeat())).contains(new SessionEffect.Headroom(0));
    }

    @Test
    void knowsItsLastThousandBeatsAgain() {
        cover("e", 5);
        List<String> nonces = new ArrayList<>();
        for (int i = 0; i < 1025; i++) {
            group.request();
            SessionEffect.Beat beat = onlyBeat();
            nonces.add(nonce(beat));
            commit(beat);
        }

        assertThat(answerAfter(nonces.get(2))).as("1023 beats ago").isEqualTo(Answer.FINE);
        assertThat(answerAfter(nonces.get(2))).as("1024 beats ago").isEqualTo(Answer.CLONED);
    }

    @Test
    void proveNoPlaceOfTheLeaseBefore() {
        cover("e", 5);
        reset();

        group.request();
        group.tick();

        assertThat(beats()).isEmpty();
    }

    @Test
    void partsOfACoverOfTheLeaseBeforeAreNotSent() {
        cover("e", 5);
        cover("f", 6);
        fail(onlyBeat(), Kind.DENIED);

        reset();

        assertThat(beats()).isEmpty();
    }

    @Test
    void noPlaceOfTheLeaseBeforeThatWasRefusedIsTriedAgain() {
        cover("e", 5);
        fail(onlyBeat(), Kind.DENIED);

        reset();
        group.tick();

        assertThat(beats()).isEmpty();
    }

    @Test
    void theAnswerToABeatOfTheLeaseBeforeProvesNothing() {
        cover("e", 5);
        SessionEffect.Beat before = onlyBeat();

        reset();
        cover("e", 9);

        assertThat(onlyBeat().txn().compares()).containsExactly(Txn.Compare.created("/e", 9));
        assertThat(commit(before)).isEmpty();
    }

    @Test
    void failuresEndWithTheLease() {
        cover("e", 5);
        fail(onlyBeat(), Kind.UNAVAILABLE);

        assertThat(reset()).containsExactly(new SessionEffect.Recovered("heartbeat"));

        cover("e", 9);
        assertThat(fail(onlyBeat(), Kind.UNAVAILABLE)).containsExactly(new SessionEffect.Report("heartbeat", "why", 1));
    }

    /** In another history another place may have the same create revision. */
    @Test
    void whenAPlaceOfTheLeaseBeforeWasProvenIsForgotten() {
        cover("e", 5);
        commit(onlyBeat());

        reset();
        cover("e", 5);

        assertThat(commit(onlyBeat())).noneMatch(SessionEffect.Headroom.class::isInstance);
    }

    @Test
    void whatWasSentUnderTheLeaseBeforeIsAStrangersUnderThisOne() {
        cover("e", 5);
        SessionEffect.Beat before = onlyBeat();
        commit(before);

        reset();
        cover("e", 9);

        assertThat(answer(onlyBeat(), committed(SessionBeats.found("/b", nonce(before)))))
                .isEqualTo(Answer.CLONED);
    }

    private Answer answerAfter(String before) {
        group.request();
        return answer(onlyBeat(), committed(SessionBeats.found("/b", before)));
    }

    private void cover(String election, long createRevision) {
        group.cover(election, new Covered("/" + election, createRevision));
    }

    private SessionEffect.Beat onlyBeat() {
        List<SessionEffect.Beat> beats = beats();
        assertThat(beats).hasSize(1);
        return beats.get(0);
    }

    private List<SessionEffect.Beat> beats() {
        return effects(step -> group.advance(step, new HeldLease(7, TIMING))).stream()
                .map(SessionEffect.Beat.class::cast)
                .toList();
    }

    private Answer answer(SessionEffect.Beat beat, TxnResult result) {
        return group.onCommitted(beat.number(), result, step());
    }

    private List<SessionEffect> commit(SessionEffect.Beat beat) {
        return effects(step -> assertThat(group.onCommitted(beat.number(), committed(SessionBeats.nothing()), step))
                .isEqualTo(Answer.FINE));
    }

    private List<SessionEffect> fail(SessionEffect.Beat beat, Kind kind) {
        return effects(step -> assertThat(group.onFailed(beat.number(), SessionBeats.failure(kind), step))
                .isFalse());
    }

    private List<SessionEffect> reset() {
        return effects(group::reset);
    }

    private List<SessionEffect> effects(Consumer<SessionStep> news) {
        SessionStep step = step();
        news.accept(step);
        return step.effects();
    }

    private SessionStep step() {
        return new SessionStep(now, 0.5, ++entropy);
    }

    private static TxnResult committed(TxnResult.Found before) {
        return new TxnResult(true, 9, List.of(before), 1);
    }

    private static String nonce(SessionEffect.Beat beat) {
        return ((Txn.Swap) beat.txn().then().get(0)).value();
    }
}
