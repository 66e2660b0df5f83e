package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** P3. */
class FollowingTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long REQUEST = Scenario.REQUEST.toNanos();

    private final MachineSettings settings = new MachineSettings(
            new ElectionKeys("/e"), "me", "", 0, 1, REQUEST, Timing.of(Scenario.LEASE), false, HandOverTo.NEXT);
    private final Membership self = new Membership(settings, new ElectionMemory());
    private final View view = new View(settings.keys());
    private final Claims claims = new Claims();
    private final FollowedBeat beat = new FollowedBeat();
    private final Lowering lowering = new Lowering(settings, claims, beat);
    private final Following following = new Following(
            settings, self, view, claims, new OwnTerm(settings, self, new TermJournal(settings, self, view)), lowering);
    private long now = NOW;

    @Test
    void watchesFromTheRevisionAfterTheOneThatWasRead() {
        assertThat(read(10, place("/e/1", 4)))
                .containsExactly(new Effect.OpenWatch(1, settings.keys().range(), 11));
        assertThat(following.open()).isTrue();
    }

    @Test
    void readsAgainIfTheWatchIsNotCreatedInTime() {
        read(10);
        assertThat(wakesIn()).isEqualTo(REQUEST);

        now = NOW + REQUEST - 1;
        assertThat(advance()).isEmpty();
        now = NOW + REQUEST;
        List<Effect> told = advance();

        assertThat(told).contains(new Effect.CloseWatch());
        assertThat(told).hasAtLeastOneElementOfType(Effect.Report.class);
        assertThat(following.open()).isFalse();
    }

    @Test
    void doesNotGoBackBehindWhatTheWatchHasTold() {
        view.replace(List.of(), 10);

        assertThat(read(9, place("/e/1", 4))).singleElement().isInstanceOf(Effect.Report.class);
        assertThat(following.open()).isFalse();
        assertThat(view.first()).isEmpty();
    }

    @Test
    void goesOnWhereNothingHasChangedSince() {
        view.replace(List.of(), 10);

        assertThat(read(10)).hasOnlyElementsOfType(Effect.OpenWatch.class).hasSize(1);
    }

    @Test
    void whoDoesNotStandWaitsForWhoMayHaveLedBefore() {
        self.enters(new Candidacy("/e/2", 2, 6, 1, null));

        read(10, place("/e/1", 4), place("/e/2", 7));

        assertThat(claims.passed(NOW)).isFalse();
    }

    @Test
    void whoStandsKnowsWhoHasLedSince() {
        self.enters(new Candidacy("/e/2", 2, 6, 1, null));

        read(10, place("/e/1", 4), place("/e/2", 6));

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void anEntryIsAReadToo() {
        view.replace(List.of(), 10);
        advance();

        List<Effect> told = enters(10, place("/e/1", 10));

        assertThat(told).containsExactly(new Effect.OpenWatch(1, settings.keys().range(), 11));
        assertThat(answerRead(1, 9, place("/e/2", 4)))
                .as("the read that was under way")
                .isEmpty();
        assertThat(view.find("/e/2")).isNull();
    }

    @Test
    void anEntryDoesNotGoBackBehindWhatTheWatchHasTold() {
        read(10, place("/e/1", 10));

        enters(9);

        assertThat(view.find("/e/1")).isNotNull();
    }

    @Test
    void anEntryThatIsAnsweredLateWasSeenByTheReadBeforeIt() {
        read(12);
        claims.enteredFollowing(10, new Claims.Entry(5, NOW + 1));

        enters(10);

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void whatIsProvenCountsFromTheCreationOfTheWatch() {
        read(10);
        assertThat(following.creation()).isZero();

        take(new Input.WatchCreated(1));
        assertThat(following.creation()).isEqualTo(1);
        take(new Input.WatchMoved(1));
        assertThat(following.creation()).as("not created there yet").isZero();
        assertThat(following.open()).isTrue();
        take(new Input.WatchCreated(1));

        assertThat(following.creation()).isEqualTo(2);
    }

    @Test
    void newsOfAFormerWatchChangesNothing() {
        read(10);
        take(new Input.WatchCreated(1));
        take(ended());
        take(new Input.WatchMoved(1));
        assertThat(following.open()).isFalse();
        now += Scenario.PERIOD.toNanos();
        read(11);
        take(new Input.WatchCreated(2));

        take(new Input.WatchMoved(1));
        take(ended());

        assertThat(following.creation()).isEqualTo(2);
    }

    @Test
    void aWatchThatHasToldSomethingEndsASeriesOfFailures() {
        failTwice();
        read(10);

        take(new Input.WatchDelivered(1, List.of(new WatchEvent.Put(place("/e/1", 11)))));
        take(ended());

        assertThat(following.failing()).isFalse();
    }

    @Test
    void aWatchThatHasServedForAWhileEndsASeriesOfFailures() {
        failTwice();
        read(10);

        now += Scenario.PERIOD.toNanos();
        take(ended());

        assertThat(following.failing()).isFalse();
    }

    @Test
    void aWatchThatEndsAtOnceIsOneMoreFailure() {
        failTwice();
        read(10);

        take(ended());

        assertThat(following.failing()).isTrue();
    }

    @Test
    void aReadThatIsUnderWayWhenItIsClosedIsOver() {
        advance();

        decide(following::close);

        assertThat(answerRead(1, 10)).isEmpty();
        assertThat(following.open()).isFalse();
    }

    /** P13. */
    @Test
    void nothingOfAFormerHistoryLowersAClaim() {
        beat.follow(ElectionKeys.beat("1", 0), new Decisions(new Moment(NOW, 0, 0.5)));
        beat.heard(new Input.BeatHeard(ElectionKeys.beat("1", 0), 8, NOW - Scenario.WAIT.toNanos()));
        decide(step -> lowering.ask(Place.of(place("/e/1", 4)), 9, step));
        decide(following::forget);
        claims.vanished(4, NOW + 1);

        KeyValue found = new KeyValue(ElectionKeys.beat("1", 0), "", 5, 8, 1);
        lowering.onPast(
                new RequestId(Purpose.PAST, 4),
                new TxnResult(true, 9, List.of(new TxnResult.Found(List.of(found))), 7));

        assertThat(claims.passed(NOW)).isFalse();
    }

    private void failTwice() {
        for (int i = 1; i <= 2; i++) {
            now += Scenario.PERIOD.toNanos();
            advance();
            long number = i;
            decide(step -> following.onReadFailed(
                    new RequestId(Purpose.READ, number), new StoreException(Kind.UNAVAILABLE, "no", null), step));
        }
        assertThat(following.failing()).isTrue();
        now += Scenario.PERIOD.toNanos();
    }

    /** Asks for the range, and has it answered. */
    private List<Effect> read(long revision, KeyValue... range) {
        Effect.Commit read = (Effect.Commit) advance().get(0);
        return answerRead(read.request().number(), revision, range);
    }

    private List<Effect> answerRead(long number, long revision, KeyValue... range) {
        TxnResult result = new TxnResult(true, revision, List.of(new TxnResult.Found(List.of(range))), 7);
        return decide(step -> following.onRead(new RequestId(Purpose.READ, number), result, step));
    }

    private List<Effect> enters(long revision, KeyValue... range) {
        return decide(step -> following.onEntered(List.of(range), revision, step));
    }

    private List<Effect> advance() {
        return decide(step -> following.advance(false, step));
    }

    private void take(Input.OfWatch news) {
        decide(step -> following.take(news, step));
    }

    private List<Effect> decide(Consumer<Decisions> what) {
        Decisions step = new Decisions(new Moment(now, 0, 0.5));
        what.accept(step);
        return step.effects();
    }

    private long wakesIn() {
        Wakeup wakeup = new Wakeup(now);
        following.wakeAt(wakeup);
        return wakeup.earliest().orElseThrow() - now;
    }

    private static Input.WatchEnded ended() {
        return new Input.WatchEnded(1, new StoreException(Kind.UNAVAILABLE, "it ended", null));
    }

    private static KeyValue place(String key, long revision) {
        return new KeyValue(key, Scenario.value("other", 8_000), revision, revision, 0);
    }
}
