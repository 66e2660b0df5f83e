package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P7: a member led by its place of revision 5, lost its lease, and enters under another one in revision 8. */
class UnbrokenWatchTests {
    private static final String FORMER = "/e/a1";
    private static final String PRESENT = "/e/a2";

    private final ElectionKeys keys = new ElectionKeys("/e");
    private final ElectionMemory memory = new ElectionMemory();
    private final Membership self = new Membership(
            new MachineSettings(keys, "id", "", 0, 1, 1, Timing.of(Scenario.LEASE), false, HandOverTo.NEXT), memory);
    private final Claims claims = new Claims();
    private final View view = new View(keys);
    private final UnbrokenWatch watch = new UnbrokenWatch(self, claims);

    @BeforeEach
    void beginsWhileTheFormerPlaceStands() {
        memory.held(FORMER, 5);
        watch.begins(5);
    }

    @Test
    void wordsAreKnownToBeOfThisHistoryOnceItHasToldOfBothPlaces() {
        losesTheLease();
        watch.told(new WatchEvent.Deleted(FORMER, 7));

        enters();

        assertThat(memory.owed()).isEqualTo(new MarkValue(0, 5, List.of()));
    }

    @Test
    void wordsAreDroppedIfItHasNotToldThatTheFormerPlaceIsGone() {
        losesTheLease();
        watch.told(new WatchEvent.Deleted("/e/b1", 7));

        enters();

        assertThat(memory.owed().isSilent()).isTrue();
    }

    /** The rest of the doubt is settled too: a watch that tells of a deletion later tells of another place. */
    @Test
    void wordsThatWereDroppedStaySo() {
        losesTheLease();
        enters();

        watch.told(new WatchEvent.Deleted(FORMER, 9));
        watch.confirmWords(view);

        assertThat(memory.owed().isSilent()).isTrue();
    }

    @Test
    void wordsAreNotToldBeforeItHasToldOfThePresentPlace() {
        losesTheLease();
        watch.told(new WatchEvent.Deleted(FORMER, 7));
        self.enters(new Candidacy(PRESENT, 0xa2, 8, 1, null));
        stands();

        watch.confirmWords(view);
        assertThat(memory.owed().isSilent()).isTrue();
        watch.toldAllUpTo(8);
        watch.confirmWords(view);

        assertThat(memory.owed().isSilent()).isFalse();
    }

    @Test
    void wordsAreNotToldByWhoStaysOut() {
        losesTheLease();
        watch.told(new WatchEvent.Deleted(FORMER, 7));
        watch.toldAllUpTo(9);

        watch.confirmWords(view);

        assertThat(memory.owed().isSilent()).isTrue();
    }

    @Test
    void wordsThatAreInDoubtAreDroppedIfItEnds() {
        losesTheLease();

        watch.ends();
        watch.begins(7);
        watch.told(new WatchEvent.Deleted(FORMER, 7));
        enters();

        assertThat(memory.owed().isSilent()).isTrue();
    }

    /** Which history the next watch is of is not known. */
    @Test
    void aDeletionThatAnotherWatchHasToldProvesNothing() {
        watch.told(new WatchEvent.Deleted(FORMER, 7));
        watch.ends();
        watch.begins(7);
        losesTheLease();

        enters();

        assertThat(memory.owed().isSilent()).isTrue();
    }

    @Test
    void theClaimOfAnEntryFallsOnceItHasToldOfTheEntry() {
        claims.enteredFollowing(8, new Claims.Entry(4, 1));
        watch.toldAllUpTo(7);
        assertThat(claims.passed(0)).isFalse();

        watch.toldAllUpTo(8);

        assertThat(claims.passed(0)).isTrue();
    }

    @Test
    void theClaimOfAnEntryStaysIfItEndsBefore() {
        claims.enteredFollowing(8, new Claims.Entry(4, 1));

        watch.ends();
        watch.begins(8);
        watch.toldAllUpTo(9);

        assertThat(claims.passed(0)).isFalse();
    }

    private void losesTheLease() {
        memory.oweRelease(5);
        memory.leaseEnds();
    }

    private void enters() {
        self.enters(new Candidacy(PRESENT, 0xa2, 8, 1, null));
        stands();
        watch.toldAllUpTo(8);
        watch.confirmWords(view);
    }

    private void stands() {
        view.apply(new WatchEvent.Put(new KeyValue(PRESENT, Scenario.value("id", 8_000), 8, 8, 0xa2)));
    }
}
