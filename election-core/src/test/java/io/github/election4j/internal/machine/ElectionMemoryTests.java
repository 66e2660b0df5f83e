package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.wire.MarkValue;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** H2, H3, P7. */
class ElectionMemoryTests {
    private final ElectionMemory memory = new ElectionMemory();

    @Test
    void knowsTheNewestPlaceOfEachKey() {
        memory.held("/e/1", 7);
        memory.held("/e/1", 5);

        assertThat(memory.lastHeld("/e/1")).isEqualTo(7);
        assertThat(memory.lastHeld("/e/2")).isZero();
    }

    @Test
    void remembersTheLastEightKeysAndPlaces() {
        hold(1, 8);
        assertThat(memory.lastHeld("/e/1")).isEqualTo(1);
        assertThat(memory.owns(1)).isTrue();

        hold(9, 9);

        assertThat(memory.lastHeld("/e/1")).isZero();
        assertThat(memory.owns(1)).isFalse();
        assertThat(memory.lastHeld("/e/2")).isEqualTo(2);
        assertThat(memory.owns(2)).isTrue();
    }

    /** Its end is sent for several times, and pushes out no other. */
    @Test
    void remembersAPlaceOnce() {
        hold(1, 8);

        memory.held("/e/8", 8);

        assertThat(memory.owns(1)).isTrue();
    }

    @Test
    void disownsPlacesAndStillDoesNotReviveThem() {
        hold(1, 1);

        memory.disown();

        assertThat(memory.owns(1)).isFalse();
        assertThat(memory.lastHeld("/e/1")).isEqualTo(1);
    }

    @Test
    void owesWordsUntilTheyAreTold() {
        memory.oweRelease(3);
        memory.owe(5);
        assertThat(memory.owed()).isEqualTo(new MarkValue(0, 3, List.of(5L)));

        memory.told(new MarkValue(0, 4, List.of()));
        assertThat(memory.owed()).isEqualTo(new MarkValue(0, 0, List.of(5L)));
        memory.told(new MarkValue(0, 0, List.of(5L)));

        assertThat(memory.owed().isSilent()).isTrue();
    }

    @Test
    void owesWordsOfAFormerLeaseOnlyWhereTheHistoryIsTheSame() {
        memory.oweRelease(3);
        memory.owe(5);
        memory.owe(6);
        memory.leaseEnds();
        assertThat(memory.owed().isSilent()).isTrue();

        memory.confirm(List.of(3L, 6L));

        assertThat(memory.owed()).isEqualTo(new MarkValue(0, 3, List.of(6L)));
        memory.confirm(List.of(5L));
        assertThat(memory.owed()).as("nobody can tell any more").isEqualTo(new MarkValue(0, 3, List.of(6L)));
    }

    @Test
    void doesNotOweWhatNobodyCanConfirm() {
        memory.owe(5);
        memory.leaseEnds();

        memory.dropDoubtful();
        memory.confirm(List.of(5L));

        assertThat(memory.owed().isSilent()).isTrue();
    }

    @Test
    void anotherHistoryHasNoneOfThePlacesButAValidity() {
        hold(1, 5);
        memory.owe(4);
        memory.leaseEnds();
        memory.owe(5);
        memory.knows(8_000, 4);

        memory.historyLost(9_000);

        assertThat(memory.lastHeld("/e/5")).isZero();
        assertThat(memory.owns(5)).isFalse();
        assertThat(memory.owed().isSilent()).isTrue();
        memory.confirm(List.of(4L));
        assertThat(memory.owed().isSilent()).as("nor what was in doubt").isTrue();
        assertThat(memory.longestValidityMillis()).isEqualTo(9_000);
        assertThat(memory.knewBefore(1)).as("in which revisions begin again").isTrue();
    }

    @Test
    void knowsTheLongestValidityThatItWasEverTold() {
        memory.knows(8_000);
        memory.knows(9_000, 5);
        memory.knows(7_000);

        assertThat(memory.longestValidityMillis()).isEqualTo(9_000);
    }

    @Test
    void knowsNothingByAForeignPlace() {
        memory.knows(0);
        assertThat(memory.knewBefore(1)).isFalse();
        memory.knows(8_000, 9);

        memory.knows(0, 3);

        assertThat(memory.knewBefore(9)).isFalse();
    }

    /** An entry tells of itself, and is a clean start all the same. */
    @Test
    void knewOfOthersOnlyByWhatCameBefore() {
        assertThat(memory.knewBefore(1)).isFalse();

        memory.knows(8_000, 5);
        assertThat(memory.knewBefore(5)).isFalse();
        assertThat(memory.knewBefore(6)).isTrue();
        memory.knows(8_000, 3);

        assertThat(memory.knewBefore(4)).isTrue();
    }

    @Test
    void startsCleanlyAgainAfterAnEndInOrder() {
        memory.knows(8_000, 3);

        memory.endedInOrder();

        assertThat(memory.longestValidityMillis()).isZero();
        assertThat(memory.knewBefore(9)).isFalse();
        memory.knows(8_000, 9);
        assertThat(memory.knewBefore(9)).as("from then on").isFalse();
    }

    @Test
    void mayBeForgottenWhereNothingIsOwedInDoubtOrKnown() {
        assertThat(memory.isBlank()).isTrue();
        memory.held("/e/1", 1);
        assertThat(memory.isBlank()).isTrue();

        memory.owe(5);
        assertThat(memory.isBlank()).as("owed").isFalse();
        memory.leaseEnds();
        assertThat(memory.isBlank()).as("in doubt").isFalse();
        memory.dropDoubtful();
        assertThat(memory.isBlank()).isTrue();
        memory.knows(8_000);
        assertThat(memory.isBlank()).as("known").isFalse();
        memory.endedInOrder();

        assertThat(memory.isBlank()).isTrue();
    }

    private void hold(long from, long to) {
        LongStream.rangeClosed(from, to).forEach(each -> memory.held("/e/" + each, each));
    }
}
