package io.github.election4j.internal.machine;

import org.junit.jupiter.api.Nested;

/** The protocol, state by state. */
class ElectionMachineTests {
    @Nested
    class Starting extends StartingScenarios {}

    @Nested
    class Waiting extends WaitingScenarios {}

    @Nested
    class WaitingForTheHorizon extends HorizonScenarios {}

    @Nested
    class Leading extends LeadingScenarios {}

    @Nested
    class SteppingDown extends SteppingDownScenarios {}

    @Nested
    class Evicted extends EvictedScenarios {}

    @Nested
    class RemovingTheMark extends MarkScenarios {}

    @Nested
    class Disconnected extends DisconnectedScenarios {}

    @Nested
    class Closed extends ClosedScenarios {}
}
