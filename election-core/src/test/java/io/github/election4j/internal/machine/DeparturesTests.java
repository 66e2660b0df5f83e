package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** P7. The place of revision 3 is first, that of revision 4 is next. */
class DeparturesTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final String FIRST = "/e/1";
    private static final String NEXT = "/e/2";

    private final MachineSettings settings = new MachineSettings(
            new ElectionKeys("/e"), "me", "", 0, 1, 1, Timing.of(Scenario.LEASE), false, HandOverTo.NEXT);
    private final ElectionMemory memory = new ElectionMemory();
    private final Membership self = new Membership(settings, memory);
    private final View view = new View(settings.keys());
    private final Claims claims = new Claims();
    private final OwnTerm ownTerm = new OwnTerm(settings, self, new TermJournal(settings, self, view));
    private final Departures departures =
            new Departures(settings, self, view, claims, ownTerm, new Lowering(settings, claims, new FollowedBeat()));
    private final Decisions step = new Decisions(new Moment(NOW, 0, 0.5));

    @Test
    void aFirstPlaceThatIsGoneIsWaitedForAsLongAsItSays() {
        stand(8_000);

        goes(FIRST);

        assertThat(claims.noneVanished(NOW + Scenario.WAIT.toNanos() - 1)).isFalse();
        assertThat(claims.noneVanished(NOW + Scenario.WAIT.toNanos())).isTrue();
    }

    @Test
    void oneThatIsGoneBehindTheFirstIsNotWaitedFor() {
        stand(8_000);

        goes(NEXT);

        assertThat(claims.noneVanished(NOW)).isTrue();
    }

    @Test
    void aForeignOneIsNotWaitedFor() {
        view.apply(put("/e/1", "foreign", 3));

        goes(FIRST);

        assertThat(claims.noneVanished(NOW)).isTrue();
    }

    @Test
    void anOwnOneIsNotWaitedFor() {
        memory.held(FIRST, 3);
        stand(8_000);

        goes(FIRST);

        assertThat(claims.noneVanished(NOW)).isTrue();
    }

    @Test
    void whoHasReleasedItsPlaceIsToldOfAsTheLeaderThatItWas() {
        stand(8_000);

        view.learn(mark(3, List.of()), 5);
        goes(FIRST);

        assertThat(claims.noneVanished(NOW)).isTrue();
        assertThat(ownTerm.announced())
                .isNotNull()
                .satisfies(leader -> assertThat(leader.fencingToken()).isEqualTo(3));
    }

    /** Those that gave way to the chosen one have stopped by the same word, and never led. */
    @Test
    void byTheWordOfATransferTheFirstHasLedAndNobodyElse() {
        stand(8_000);
        view.apply(put("/e/3", value(8_000), 5));
        SortedSet<Place> before = view.places();

        view.apply(put(World.MARK, new MarkValue(8_000, 4, List.of()).text(), 6));
        view.apply(new WatchEvent.Deleted(FIRST, 6));
        view.apply(new WatchEvent.Deleted(NEXT, 6));
        departures.after(before, 6, step);

        assertThat(claims.noneVanished(NOW)).isTrue();
        assertThat(step.effects())
                .filteredOn(Effect.Announce.class::isInstance)
                .singleElement()
                .satisfies(told -> assertThat(((Effect.Announce) told).token()).isEqualTo(3));
    }

    /** Between two reads it cannot be told whether it led, or gave way to the chosen one of a transfer. */
    @Test
    void ofOneBehindTheFirstAReadTellsNothing() {
        stand(8_000);
        SortedSet<Place> before = view.places();
        view.learn(mark(4, List.of()), 5);
        view.apply(new WatchEvent.Deleted(FIRST, 6));
        view.apply(new WatchEvent.Deleted(NEXT, 6));

        departures.after(before, 0, step);

        assertThat(claims.noneVanished(NOW)).isTrue();
        assertThat(ownTerm.announced()).isNull();
    }

    /** A word that is heard ahead of its time may be of a leader that came after this one. */
    @Test
    void aWordOfALaterRevisionDoesNotSayThatTheFirstHasLed() {
        stand(8_000);

        view.learn(Mark.written(new MarkValue(0, 4, List.of()), 9), 9);
        goes(FIRST);

        assertThat(claims.noneVanished(NOW)).isTrue();
        assertThat(ownTerm.announced()).isNull();
    }

    /** It says that it has stopped, and not that it led. */
    @Test
    void whoHasOnlyStoppedIsNotToldOfAsALeader() {
        stand(8_000);

        view.learn(mark(0, List.of(3L)), 5);
        goes(FIRST);

        assertThat(claims.noneVanished(NOW)).isTrue();
        assertThat(ownTerm.announced()).isNull();
    }

    @Test
    void whoIsReleasedByALaterOneIsNotToldOfAsALeader() {
        stand(8_000);

        view.learn(mark(4, List.of()), 5);
        goes(FIRST);

        assertThat(ownTerm.announced()).isNull();
    }

    @Test
    void theLongestValidityOfWhoStandsIsRemembered() {
        stand(9_000);

        goes(FIRST);

        assertThat(memory.longestValidityMillis()).isEqualTo(9_000);
    }

    @Test
    void theValidityOfTheMarkIsRemembered() {
        stand(8_000);

        view.learn(Mark.written(new MarkValue(20_000, 0, List.of()), 5), 5);
        goes(FIRST);

        assertThat(memory.longestValidityMillis()).isEqualTo(20_000);
    }

    @Test
    void whoCameAndWentBeforeAnEntryIsWaitedFor() {
        stand(8_000);

        departures.missed(put("/e/3", value(8_000), 2), step);

        assertThat(claims.noneVanished(NOW + Scenario.WAIT.toNanos() - 1)).isFalse();
    }

    @Test
    void whoCameAndStaysIsNot() {
        stand(8_000);

        departures.missed(put(NEXT, value(8_000), 4), step);

        assertThat(claims.noneVanished(NOW)).isTrue();
    }

    @Test
    void whoCameAndHasStoppedIsNot() {
        view.learn(mark(0, List.of(2L)), 5);

        departures.missed(put("/e/3", value(8_000), 2), step);

        assertThat(claims.noneVanished(NOW)).isTrue();
    }

    private void stand(long validityMillis) {
        view.apply(put(FIRST, value(8_000), 3));
        view.apply(put(NEXT, value(validityMillis), 4));
    }

    private void goes(String key) {
        SortedSet<Place> before = view.places();
        view.apply(new WatchEvent.Deleted(key, 6));
        departures.after(before, 6, step);
    }

    private static WatchEvent put(String key, String value, long revision) {
        return new WatchEvent.Put(new KeyValue(key, value, revision, revision, 0));
    }

    private static String value(long validityMillis) {
        return Scenario.value("other", validityMillis);
    }

    private static Mark mark(long released, List<Long> stopped) {
        return Mark.written(new MarkValue(0, released, stopped), 5);
    }
}
