package io.github.election4j.internal.machine;

import org.junit.jupiter.api.Nested;

/** The protocol, state by state, where the watch tells first. */
class ElectionMachineTests {
    @Nested
    class Starting extends StartingScenarios {}

    @Nested
    class WaitingOutClaims extends ClaimsScenarios {}

    @Nested
    class Reentering extends ReenteringScenarios {}

    @Nested
    class Leading extends LeadingScenarios {}

    @Nested
    class Waiting extends WaitingScenarios {}

    @Nested
    class Auditing extends AuditScenarios {}

    @Nested
    class KeepingTheMark extends MarkScenarios {}

    @Nested
    class TakingOver extends TakeOverScenarios {}

    @Nested
    class SharingABeat extends SharedBeatScenarios {}

    @Nested
    class LosingASession extends SessionScenarios {}

    @Nested
    class OfAFormerLease extends FormerLeaseScenarios {}

    @Nested
    class SteppingDown extends SteppingDownScenarios {}

    @Nested
    class Transferring extends TransferScenarios {}

    @Nested
    class Evicted extends EvictedScenarios {}

    @Nested
    class EvictedForLong extends LastingEvictionScenarios {}

    @Nested
    class Ordered extends OrderScenarios {}

    @Nested
    class KeepingTheJournal extends JournalScenarios {}

    @Nested
    class Disconnected extends DisconnectedScenarios {}

    @Nested
    class Closed extends ClosedScenarios {}

    @Nested
    class Throwing extends DefectScenarios {}
}
