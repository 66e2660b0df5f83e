package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.internal.machine.Input.Loss;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P1, P4, P13: what is remembered of an election once the session is lost. A word is owed of an earlier place. */
class LostSessionTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final String KEY = "/e/a1";

    private final ElectionMemory memory = new ElectionMemory();
    private final ElectionMachine machine = new ElectionMachine(
            new MachineSettings(
                    new ElectionKeys("/e"), "me", "", 0, 1, 1, Timing.of(Scenario.LEASE), false, HandOverTo.NEXT),
            memory);

    @BeforeEach
    void hasHeldAPlace() {
        memory.held(KEY, 5);
        memory.owe(5);
        machine.step(new Input.SessionUp(0xa1, Timing.of(Scenario.LEASE)), new Moment(NOW, 0, 0.5));
    }

    @Test
    void aWordStaysOwedButInDoubtOnceTheLeaseIsGone() {
        loses(Loss.LEASE_GONE);

        assertThat(memory.owed().isSilent()).as("not told at once").isTrue();
        assertThat(memory.isBlank()).as("not forgotten").isFalse();
        assertThat(memory.owns(5)).isTrue();
        assertThat(memory.lastHeld(KEY)).isEqualTo(5);
    }

    /** The twin may hold the place on. */
    @Test
    void noWordIsOwedByWhoWasCloned() {
        loses(Loss.CLONED);

        assertThat(memory.owed().isSilent()).isTrue();
        assertThat(memory.isBlank()).isTrue();
        assertThat(memory.owns(5)).isFalse();
        assertThat(memory.lastHeld(KEY)).isEqualTo(5);
    }

    /** There never was such a place; but whoever led in the former history may believe so for as long. */
    @Test
    void onlyAValidityIsKnownOfAnotherHistory() {
        loses(Loss.HISTORY_LOST);

        assertThat(memory.owed().isSilent()).isTrue();
        assertThat(memory.owns(5)).isFalse();
        assertThat(memory.lastHeld(KEY)).isZero();
        assertThat(memory.longestValidityMillis()).isEqualTo(8_000);
    }

    private void loses(Loss loss) {
        machine.step(new Input.SessionDown(loss), new Moment(NOW, 0, 0.5));
    }
}
