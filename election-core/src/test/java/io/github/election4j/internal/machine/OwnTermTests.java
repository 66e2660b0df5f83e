package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.LeaderState;
import io.github.election4j.spi.KeyValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** S3. This member's own place is that of revision 5. */
class OwnTermTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long STEP_DOWN = Scenario.STEP_DOWN.toNanos();

    private final MachineSettings settings = new MachineSettings(
            new ElectionKeys("/e"), "me", "", 0, STEP_DOWN, 1, Timing.of(Scenario.LEASE), false, HandOverTo.NEXT);
    private final Membership self = new Membership(settings, new ElectionMemory());
    private final OwnTerm ownTerm =
            new OwnTerm(settings, self, new TermJournal(settings, self, new View(settings.keys())));
    private final Candidacy own = new Candidacy("/e/1", 1, 5, 1, null);
    private final Decisions step = new Decisions(new Moment(NOW, 0, 0.5));

    @Test
    void oneOfOursIsNamedOnceNobodyBeforeItCanBeValid() {
        ownTerm.observe(Optional.of(place("/e/2", 3, 8_000)), false, step);
        assertThat(ownTerm.announced()).isNull();
        assertThat(announced()).isEmpty();

        ownTerm.observe(Optional.of(place("/e/2", 3, 8_000)), true, step);

        assertThat(announced()).containsExactly(observed(null, candidate("/e/2", 3)));
    }

    @Test
    void aForeignOneIsNamedAsSoonAsItIsFirst() {
        ownTerm.observe(Optional.of(place("/e/2", 3, 0)), false, step);

        assertThat(announced()).containsExactly(observed(null, candidate("/e/2", 3)));
    }

    @Test
    void whoIsNamedIsNotNamedAgain() {
        ownTerm.observe(Optional.of(place("/e/2", 3, 8_000)), true, step);
        ownTerm.observe(Optional.of(place("/e/2", 3, 8_000)), true, step);

        assertThat(announced()).hasSize(1);
    }

    @Test
    void thatNobodyLeadsIsToldToo() {
        ownTerm.observe(Optional.of(place("/e/2", 3, 8_000)), true, step);

        ownTerm.observe(Optional.empty(), true, step);

        assertThat(announced()).last().isEqualTo(observed(candidate("/e/2", 3), null));
    }

    @Test
    void anOwnPlaceIsNamedByItsTermAlone() {
        self.enters(own);

        ownTerm.observe(Optional.of(place("/e/1", 5, 8_000)), true, step);

        assertThat(announced()).isEmpty();
    }

    @Test
    void whoLeadsNamesNobodyElse() {
        leads();

        ownTerm.observe(Optional.of(place("/e/2", 3, 8_000)), true, step);
        ownTerm.ledUntilNow(place("/e/2", 3, 8_000), step);

        assertThat(announced()).hasSize(1).allMatch(each -> each.state() == LeaderState.IS_LEADER);
    }

    @Test
    void whoReleasedItsPlaceBeforeItWasNamedIsNamed() {
        ownTerm.ledUntilNow(place("/e/2", 3, 8_000), step);

        assertThat(announced()).containsExactly(observed(null, candidate("/e/2", 3)));
    }

    @Test
    void anOwnPlaceThatIsReleasedIsNotNamed() {
        self.enters(own);

        ownTerm.ledUntilNow(place("/e/1", 5, 8_000), step);

        assertThat(announced()).isEmpty();
    }

    @Test
    void aTermEndsBeforeItsListenersReturn() {
        leads();

        ownTerm.lose(ChangeReason.RESIGNED, step);
        assertThat(ownTerm.leading()).isFalse();
        assertThat(ownTerm.ending()).isTrue();
        ownTerm.take(new Input.ListenersReturned(4), step);
        assertThat(ownTerm.ending()).as("those of another term").isTrue();
        ownTerm.take(new Input.ListenersReturned(5), step);

        assertThat(ownTerm.ending()).isFalse();
    }

    /** S4. */
    @Test
    void listenersThatHangAreGivenUpInTime() {
        leads();
        ownTerm.lose(ChangeReason.RESIGNED, step);
        Wakeup wakeup = new Wakeup(NOW);
        ownTerm.wakeAt(wakeup);
        assertThat(wakeup.earliest()).hasValue(NOW + STEP_DOWN);

        ownTerm.giveUpListeners(new Decisions(new Moment(NOW + STEP_DOWN - 1, 0, 0.5)));
        assertThat(ownTerm.ending()).isTrue();
        ownTerm.giveUpListeners(new Decisions(new Moment(NOW + STEP_DOWN, 0, 0.5)));

        assertThat(ownTerm.ending()).isFalse();
    }

    private void leads() {
        self.enters(own);
        ownTerm.begin(own, step);
    }

    private List<Effect.Announce> announced() {
        return step.effects().stream()
                .filter(Effect.Announce.class::isInstance)
                .map(Effect.Announce.class::cast)
                .toList();
    }

    private static Effect.Announce observed(@Nullable Candidate previous, @Nullable Candidate leader) {
        Long token = leader == null ? null : leader.fencingToken();
        return new Effect.Announce(previous, leader, LeaderState.IS_NOT_LEADER, token, ChangeReason.OBSERVED);
    }

    private static Candidate candidate(String key, long revision) {
        return place(key, revision, 8_000).candidate();
    }

    private static Place place(String key, long revision, long validityMillis) {
        return Place.of(new KeyValue(key, Scenario.value("other", validityMillis), revision, revision, 0));
    }
}
