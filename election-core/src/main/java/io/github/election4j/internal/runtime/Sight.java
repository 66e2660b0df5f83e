package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.MachineSnapshot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** What this member's view comes to show. */
interface Sight {
    /** Answers true once a condition holds, false if it does not in time or the election ends. */
    CompletableFuture<Boolean> shows(Predicate<MachineSnapshot> condition, Duration limit);
}
