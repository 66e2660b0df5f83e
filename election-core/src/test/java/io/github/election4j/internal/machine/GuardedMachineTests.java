package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.ElectionState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine throws because an answer lacks what was asked for. */
class GuardedMachineTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final ElectionMemory memory = new ElectionMemory();
    private final GuardedMachine machine = new GuardedMachine(
            new MachineSettings(
                    new ElectionKeys("/e"),
                    "me",
                    "",
                    0,
                    Scenario.STEP_DOWN.toNanos(),
                    Scenario.REQUEST.toNanos(),
                    Timing.of(Scenario.LEASE),
                    false,
                    HandOverTo.NEXT),
            memory);
    private long now = NOW;
    private List<Effect> last = List.of();
    private Effect.@Nullable Commit sent;

    @BeforeEach
    void enters() {
        step(new Input.SessionUp(0xa1, Timing.of(Scenario.LEASE)));
    }

    @Test
    void restsAndWantsNothingMeanwhile() {
        throwsUp();
        assertThat(machine.nextAlarm()).hasValue(now + PAUSE);

        now += PAUSE - 1;
        assertThat(step(new Input.Alarm())).isEmpty();
        now += 1;

        assertThat(step(new Input.Alarm())).hasAtLeastOneElementOfType(Effect.Commit.class);
    }

    @Test
    void anEvictionOutlastsIt() {
        command(Command.Type.EVICT, 1);
        command(Command.Type.RESIGN, 2);

        throwsUp();

        assertThat(machine.snapshot().evicted()).isTrue();
    }

    @Test
    void andSoDoesItsCancellation() {
        command(Command.Type.EVICT, 1);
        command(Command.Type.CANCEL_EVICT, 2);

        throwsUp();

        assertThat(machine.snapshot().evicted()).isFalse();
    }

    @Test
    void aCloseOutlastsIt() {
        command(Command.Type.CLOSE, 1);
        throwsUp();

        resumes();

        assertThat(machine.snapshot().state()).isEqualTo(ElectionState.STEPPING_DOWN);
    }

    @Test
    void whoWasNotClosedIsNotClosedByIt() {
        command(Command.Type.EVICT, 1);
        throwsUp();

        resumes();

        assertThat(machine.snapshot().state()).isEqualTo(ElectionState.EVICTED);
    }

    @Test
    void aCommandFailsOnce() {
        command(Command.Type.EVICT, 1);
        command(Command.Type.CANCEL_EVICT, 2);
        throwsUp();
        assertThat(last).filteredOn(Effect.FailCommand.class::isInstance).isNotEmpty();
        resumes();

        throwsUp();

        assertThat(last).filteredOn(Effect.FailCommand.class::isInstance).isEmpty();
    }

    @Test
    void aCommandThatCameMeanwhileIsDoneOnce() {
        throwsUp();
        command(Command.Type.RESIGN, 1);
        assertThat(last).isEmpty();
        resumes();
        assertThat(last).contains(new Effect.Complete(1, OperationOutcome.NOT_IN_QUEUE));
        throwsUp();

        resumes();

        assertThat(last).filteredOn(Effect.Complete.class::isInstance).isEmpty();
    }

    @Test
    void anAnswerToTheFormerMachineIsNoneToTheNext() {
        Effect.Commit former = commit();
        throwsUp();
        resumes();
        assertThat(commit().request()).isNotEqualTo(former.request());

        assertThat(step(nothingFor(former))).isEmpty();

        assertThat(step(nothingFor(commit()))).hasAtLeastOneElementOfType(Effect.Defect.class);
    }

    /** The last request. */
    private Effect.Commit commit() {
        return Objects.requireNonNull(sent);
    }

    private void throwsUp() {
        step(nothingFor(commit()));
        assertThat(last).hasAtLeastOneElementOfType(Effect.Defect.class);
    }

    private void resumes() {
        now = machine.nextAlarm().orElseThrow();
        step(new Input.Alarm());
    }

    private void command(Command.Type type, long number) {
        step(new Command(type, number));
    }

    private static Input nothingFor(Effect.Commit asked) {
        return new Input.Committed(asked.request(), new TxnResult(true, 9, List.of(), 7));
    }

    private List<Effect> step(Input input) {
        last = machine.step(input, new Moment(now, 0, 0.5));
        for (Effect each : last) {
            if (each instanceof Effect.Commit commit) {
                sent = commit;
            }
        }
        return last;
    }
}
