package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.ElectionException.Kind;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.Input.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L3. */
class PendingCommandsTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long STEP_DOWN = Scenario.STEP_DOWN.toNanos();
    private static final long REQUEST = Scenario.REQUEST.toNanos();

    private final MachineSettings settings = new MachineSettings(
            new ElectionKeys("/e"), "me", "", 0, STEP_DOWN, REQUEST, Timing.of(Scenario.LEASE), false, HandOverTo.NEXT);
    private final Membership self = new Membership(settings, new ElectionMemory());
    private final View view = new View(settings.keys());
    private final Claims claims = new Claims();
    private final OwnTerm ownTerm = new OwnTerm(settings, self, new TermJournal(settings, self, view));
    private final Following following =
            new Following(settings, self, view, claims, ownTerm, new Lowering(settings, claims, new FollowedBeat()));
    private final PendingCommands commands = new PendingCommands(
            settings,
            self,
            ownTerm,
            new Entering(settings, self, view, claims, following),
            new Successors(settings, view));
    private final Candidacy own = new Candidacy("/e/1", 1, 5, 1, null);

    @Test
    void anEvictionTellsHowThePlaceWasLeft() {
        self.enters(own);

        assertThat(take(Command.Type.EVICT, 1)).isEmpty();
        leaves(OperationOutcome.LEFT_QUEUE);

        assertThat(settle(NOW)).containsExactly(new Effect.Complete(1, OperationOutcome.LEFT_QUEUE));
    }

    @Test
    void anEvictionOfWhoHasNoPlaceTellsNothingOfAnEarlierOne() {
        self.enters(own);
        leaves(OperationOutcome.RELEASED);

        take(Command.Type.EVICT, 1);

        assertThat(settle(NOW)).containsExactly(new Effect.Complete(1, OperationOutcome.NOT_IN_QUEUE));
    }

    @Test
    void anEvictionWhileATermEndsTellsHowItsPlaceWasLeft() {
        termEnds();
        leaves(OperationOutcome.RELEASED);

        take(Command.Type.EVICT, 1);
        assertThat(settle(NOW)).isEmpty();
        ownTerm.take(new Input.ListenersReturned(5), step(NOW));

        assertThat(settle(NOW)).containsExactly(new Effect.Complete(1, OperationOutcome.RELEASED));
    }

    @Test
    void anEvictionWithoutAPlaceIsSupersededByItsCancellation() {
        termEnds();
        leaves(OperationOutcome.RELEASED);
        take(Command.Type.EVICT, 1);

        List<Effect> told = take(Command.Type.CANCEL_EVICT, 2);

        assertThat(told).singleElement().isInstanceOfSatisfying(Effect.FailCommand.class, failed -> {
            assertThat(failed.command()).isEqualTo(1);
            assertThat(failed.kind()).isEqualTo(Kind.SUPERSEDED);
        });
    }

    /** The place is given up all the same. */
    @Test
    void anEvictionFromAPlaceIsNotSupersededByItsCancellation() {
        self.enters(own);
        take(Command.Type.EVICT, 1);

        assertThat(take(Command.Type.CANCEL_EVICT, 2)).isEmpty();
        leaves(OperationOutcome.LEFT_QUEUE);

        assertThat(settle(NOW)).containsExactly(new Effect.Complete(1, OperationOutcome.LEFT_QUEUE));
    }

    @Test
    void aReturnIsSupersededByTheClose() {
        take(Command.Type.EVICT, 1);
        settle(NOW);
        take(Command.Type.CANCEL_EVICT, 2);

        List<Effect> told = take(Command.Type.CLOSE, 3);

        assertThat(told).singleElement().isInstanceOfSatisfying(Effect.FailCommand.class, failed -> {
            assertThat(failed.command()).isEqualTo(2);
            assertThat(failed.kind()).isEqualTo(Kind.SUPERSEDED);
        });
    }

    @Test
    void whatHasNotTakenEffectWhenItIsClosedIsToldSo() {
        self.enters(own);
        take(Command.Type.RESIGN, 1);
        take(Command.Type.EVICT, 2);

        Decisions step = step(NOW);
        commands.closed(step);

        assertThat(step.effects())
                .hasSize(2)
                .allSatisfy(
                        each -> assertThat(((Effect.FailCommand) each).kind()).isEqualTo(Kind.CLOSED));
        assertThat(settle(NOW + STEP_DOWN + REQUEST)).as("told once").isEmpty();
    }

    @Test
    void whatDoesNotTakeEffectInTimeFails() {
        self.enters(own);
        take(Command.Type.RESIGN, 1);
        Wakeup wakeup = new Wakeup(NOW);
        commands.wakeAt(wakeup);
        assertThat(wakeup.earliest()).hasValue(NOW + STEP_DOWN + REQUEST);

        assertThat(settle(NOW + STEP_DOWN + REQUEST - 1)).isEmpty();

        assertThat(settle(NOW + STEP_DOWN + REQUEST))
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.FailCommand.class,
                        failed -> assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT));
    }

    private List<Effect> take(Command.Type type, long command) {
        Decisions step = step(NOW);
        commands.take(new Command(type, command), step);
        return step.effects();
    }

    private List<Effect> settle(long now) {
        Decisions step = step(now);
        commands.settle(step);
        return step.effects();
    }

    private void termEnds() {
        self.enters(own);
        ownTerm.begin(own, step(NOW));
        ownTerm.lose(ChangeReason.KEY_LOST, step(NOW));
    }

    private void leaves(OperationOutcome how) {
        self.leaves(own, false);
        commands.left(how);
    }

    private static Decisions step(long now) {
        return new Decisions(new Moment(now, 0, 0.5));
    }
}
