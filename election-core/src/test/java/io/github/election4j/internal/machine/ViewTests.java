package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P3. */
class ViewTests {
    private static final String MARK = "/e.~held";

    private final ElectionKeys keys = new ElectionKeys("/e");
    private final View view = new View(keys);

    @Test
    void isOrderedByCreateRevision() {
        put("/e/9", 5);
        put("/e/a", 3);
        put("/e/1", 7);

        assertThat(view.candidates()).extracting(Candidate::key).containsExactly("/e/a", "/e/9", "/e/1");
        assertThat(view.first())
                .hasValueSatisfying(first -> assertThat(first.key()).isEqualTo("/e/a"));
    }

    @Test
    void aPlaceIsItsKeyInItsCreateRevision() {
        put("/e/1", 4);

        assertThat(view.isFirst(own("/e/1", 4))).isTrue();
        assertThat(view.isFirst(own("/e/1", 5))).isFalse();
        assertThat(view.isFirst(own("/e/2", 4))).isFalse();
    }

    @Test
    void aKeyThatIsMadeAnewIsAnotherPlace() {
        put("/e/1", 4);
        put("/e/2", 5);
        put("/e/1", 6);

        assertThat(view.candidates()).extracting(Candidate::key).containsExactly("/e/2", "/e/1");
        assertThat(view.contains(own("/e/1", 4))).isFalse();
    }

    @Test
    void containsWhoStandsAndNobodyElse() {
        put("/e/1", 4);

        assertThat(view.contains(place("/e/1", 4))).isTrue();
        assertThat(view.contains(place("/e/1", 5))).isFalse();
        assertThat(view.contains(place("/e/2", 4))).isFalse();
    }

    @Test
    void countsWhoIsBeforeAPlace() {
        put("/e/1", 1);
        put("/e/2", 2);
        put("/e/3", 3);
        put("/e/4", 4);
        put("/e/5", 5);

        assertThat(view.rank(own("/e/1", 1))).isZero();
        assertThat(view.rank(own("/e/2", 2))).isEqualTo(1);
        assertThat(view.rank(own("/e/3", 3))).isEqualTo(2);
        assertThat(view.rank(own("/e/5", 5))).as("or further").isEqualTo(View.FURTHER_BACK);
        assertThat(view.rank(own("/e/6", 6))).isEqualTo(-1);
    }

    @Test
    void holdsOnlyLeasesDirectlyUnderThePrefix() {
        assertThat(keys.isPlace("/e/694d7a1c0f")).isTrue();
        assertThat(keys.isPlace("/e/")).isFalse();
        assertThat(keys.isPlace("/e/xyz")).isFalse();
        assertThat(keys.isPlace("/e/a/1")).isFalse();
        assertThat(keys.isPlace("/f/1")).isFalse();
        assertThat(keys.isPlace(MARK)).isFalse();
    }

    @Test
    void itsRangeHoldsTheMarkAndAllPlacesAndNoOtherElection() {
        assertThat(keys.range().contains(MARK)).isTrue();
        assertThat(keys.range().contains("/e/ffffffffffffffff")).isTrue();
        assertThat(keys.range().contains("/e.~else")).isTrue();
        assertThat(keys.range().contains("/e")).isFalse();
        assertThat(keys.range().contains("/e2/1")).isFalse();
        assertThat(keys.range().contains("/e2.~held")).isFalse();
        assertThat(keys.range().contains("/e-1/1")).isFalse();
    }

    @Test
    void aReadReplacesEverything() {
        put("/e/1", 1);

        view.replace(
                List.of(
                        new KeyValue("/e/2", "x", 2, 2, 0),
                        new KeyValue("/e/no/2", "x", 3, 3, 0),
                        new KeyValue(MARK, new MarkValue(5, 1, List.of()).text(), 1, 3, 0)),
                9);

        assertThat(view.candidates()).extracting(Candidate::key).containsExactly("/e/2");
        assertThat(view.revision()).isEqualTo(9);
        assertThat(view.mark().value()).isEqualTo(new MarkValue(5, 1, List.of()));
        assertThat(view.followedMark()).isEqualTo(3);
    }

    @Test
    void theNewestMarkThatWasToldCountsWhateverTheOrder() {
        view.learn(mark(5, 8), 8);
        view.learn(mark(3, 6), 6);

        assertThat(view.mark().value().released()).isEqualTo(5);
        view.learn(mark(7, 9), 9);
        assertThat(view.mark().value().released()).isEqualTo(7);
    }

    @Test
    void theWordsOfAMarkThatIsGoneStayTrue() {
        view.apply(new WatchEvent.Put(new KeyValue(MARK, mark(5, 8).text(), 1, 8, 0)));

        view.apply(new WatchEvent.Deleted(MARK, 9));

        assertThat(view.mark().absent()).isTrue();
        assertThat(view.mark().value()).isEqualTo(new MarkValue(0, 5, List.of()));
        assertThat(view.followedMark()).isZero();
    }

    @Test
    void anotherHistoryLeavesNothing() {
        put("/e/1", 1);
        view.learn(mark(5, 8), 8);

        view.forget();

        assertThat(view.first()).isEmpty();
        assertThat(view.find("/e/1")).isNull();
        assertThat(view.contains(own("/e/1", 1))).isFalse();
        assertThat(view.revision()).isZero();
        assertThat(view.mark()).isEqualTo(Mark.ABSENT);
        view.learn(mark(1, 2), 2);
        assertThat(view.mark().modRevision()).as("smaller than before").isEqualTo(2);
    }

    @Test
    void knowsTheLongestValidityThatStands() {
        view.apply(new WatchEvent.Put(new KeyValue("/e/1", Scenario.value("a", 8_000), 1, 1, 0)));
        view.apply(new WatchEvent.Put(new KeyValue("/e/2", Scenario.value("b", 9_000), 2, 2, 0)));
        assertThat(view.longestValidityMillis()).isEqualTo(9_000);

        view.apply(new WatchEvent.Deleted("/e/2", 3));

        assertThat(view.longestValidityMillis()).isEqualTo(8_000);
    }

    private void put(String key, long createRevision) {
        view.apply(
                new WatchEvent.Put(new KeyValue(key, Scenario.value("id", 8_000), createRevision, createRevision, 0)));
    }

    private static Place place(String key, long createRevision) {
        return Place.of(new KeyValue(key, Scenario.value("id", 8_000), createRevision, createRevision, 0));
    }

    private static Mark mark(long released, long revision) {
        return Mark.written(new MarkValue(8_000, released, List.of()), revision);
    }

    private static Candidacy own(String key, long createRevision) {
        return new Candidacy(key, 1, createRevision, 1, null);
    }
}
