package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** P7, P12. The clock overflows on the way. */
class FollowedBeatsTests {
    private static final Timing TIMING = Timing.of(Duration.ofSeconds(10));
    private static final String BEAT = "/election4j/beat/9/0";
    private static final SessionEffect WATCH = new SessionEffect.WatchBeat(BEAT, 21);
    private static final SessionEffect CLOSE = new SessionEffect.CloseBeatWatch(BEAT);

    private final FollowedBeats followed = new FollowedBeats(TIMING);
    private long now = Long.MAX_VALUE - delay(1) / 2;

    @Test
    void isReadAndThenWatched() {
        assertThat(follow("e")).containsExactly(read(1));

        assertThat(found(1, 5)).containsExactly(heard("e", 5), WATCH);
    }

    @Test
    void isWatchedEvenWhereNothingIsFound() {
        follow("e");

        assertThat(step(step -> followed.onRead(BEAT, 1, nothing(), step))).containsExactly(WATCH);
    }

    @Test
    void isReadAndWatchedOnceForSeveralElections() {
        watched();

        assertThat(follow("f")).as("told what is known").containsExactly(heard("f", 5));
        assertThat(put(6)).containsExactlyInAnyOrder(heard("e", 6), heard("f", 6));
        assertThat(step(step -> followed.follow("e", null, step))).isEmpty();
        assertThat(step(step -> followed.follow("f", null, step))).containsExactly(CLOSE);
    }

    @Test
    void isToldOfOnceAsItWasFirstKnown() {
        watched();
        long first = now;
        now += 10;

        assertThat(put(5)).isEmpty();
        assertThat(put(4)).isEmpty();
        assertThat(follow("f"))
                .containsExactly(new SessionEffect.TellElection("f", new Input.BeatHeard(BEAT, 5, first)));
    }

    @Test
    void ofWhatAGuardHasFoundFurtherOnTheWatchIsBegunAnew() {
        watched();

        assertThat(step(step -> followed.seen(BEAT, 5, step)))
                .as("no further on")
                .isEmpty();
        assertThat(step(step -> followed.seen(BEAT, 6, step))).containsExactly(heard("e", 6), CLOSE, read(2));
    }

    @Test
    void aReadThatFailsIsRepeatedWhenItsDelayIsOver() {
        follow("e");

        assertThat(step(step -> followed.onReadFailed(BEAT, 1, step))).isEmpty();

        assertThat(wakeup()).isEqualTo(now + delay(1));
        now += delay(1);
        assertThat(step(step -> {})).containsExactly(read(2));
    }

    @Test
    void aFailureOfAnotherReadChangesNothing() {
        follow("e");
        step(step -> followed.onReadFailed(BEAT, 1, step));
        now += delay(1);
        step(step -> {});

        step(step -> followed.onReadFailed(BEAT, 1, step));
        step(step -> followed.onReadFailed("/election4j/beat/8/0", 2, step));
        now += delay(10);

        assertThat(step(step -> {})).as("under way").isEmpty();
        assertThat(found(2, 5)).contains(WATCH);
    }

    @Test
    void aWatchThatEndsIsBegunAnewWhenItsDelayIsOver() {
        watched();

        assertThat(ended()).isEmpty();

        assertThat(wakeup()).isEqualTo(now + delay(1));
        now += delay(1);
        assertThat(step(step -> {})).containsExactly(read(2));
        assertThat(found(2, 5)).containsExactly(WATCH);
    }

    @Test
    void theEndOfAWatchThatIsGivenUpDoesNotDisturbTheReadAfterIt() {
        watched();
        step(step -> followed.seen(BEAT, 6, step));

        ended();
        step(step -> followed.onEnded("/election4j/beat/8/0", step));

        assertThat(found(2, 6)).containsExactly(WATCH);
    }

    @Test
    void watchesThatTellNothingAreBegunAnewLessAndLessOften() {
        watched();
        ended();
        now += delay(1);
        step(step -> {});
        found(2, 5);

        ended();

        assertThat(wakeup()).isEqualTo(now + delay(2));
    }

    @Test
    void whatTheWatchTellsEndsTheSeriesOfFailures() {
        watched();
        ended();
        now += delay(1);
        step(step -> {});
        found(2, 5);

        put(6);
        ended();

        assertThat(wakeup()).isEqualTo(now + delay(1));
    }

    @Test
    void aDeletionIsNoBeat() {
        watched();

        assertThat(step(step -> followed.onEvent(BEAT, new WatchEvent.Deleted(BEAT, 6), step)))
                .isEmpty();
    }

    @Test
    void nothingIsLeftOfAnotherHistory() {
        watched();

        assertThat(step(followed::reset)).containsExactly(CLOSE);

        assertThat(put(6)).isEmpty();
        assertThat(follow("e")).as("unknown as at first").containsExactly(read(1));
    }

    @Test
    void aWatchThatIsNotOpenIsNotClosed() {
        follow("e");

        assertThat(step(followed::reset)).isEmpty();
    }

    private void watched() {
        follow("e");
        found(1, 5);
    }

    private List<SessionEffect> follow(String election) {
        return step(step -> followed.follow(election, BEAT, step));
    }

    private List<SessionEffect> found(long number, long revision) {
        TxnResult result = new TxnResult(true, 20, List.of(new TxnResult.Found(List.of(beat(revision)))), 1);
        return step(step -> followed.onRead(BEAT, number, result, step));
    }

    private List<SessionEffect> put(long revision) {
        return step(step -> followed.onEvent(BEAT, new WatchEvent.Put(beat(revision)), step));
    }

    private List<SessionEffect> ended() {
        return step(step -> followed.onEnded(BEAT, step));
    }

    private List<SessionEffect> step(Consumer<SessionStep> news) {
        SessionStep step = new SessionStep(now, 0.5, 1);
        news.accept(step);
        followed.advance(step);
        return step.effects();
    }

    private long wakeup() {
        Wakeup wakeup = new Wakeup(now);
        followed.wakeAt(wakeup);
        return wakeup.earliest().orElseThrow();
    }

    private SessionEffect heard(String election, long revision) {
        return new SessionEffect.TellElection(election, new Input.BeatHeard(BEAT, revision, now));
    }

    private static SessionEffect read(long number) {
        return new SessionEffect.ReadBeat(BEAT, number, Transactions.ask(BEAT));
    }

    private static TxnResult nothing() {
        return new TxnResult(true, 20, List.of(SessionBeats.nothing()), 1);
    }

    private static KeyValue beat(long revision) {
        return new KeyValue(BEAT, "x", 3, revision, 9);
    }

    private static long delay(int failures) {
        return Retry.delayNanos(failures, TIMING.periodNanos(), 0.5);
    }
}
