package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.MachineSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** What is waited for until an election shows it. Confined to the loop, on which the answers complete. */
final class Conditions {
    private final Environment environment;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean ended;

    Conditions(Environment environment) {
        this.environment = environment;
    }

    private record Waiting(Predicate<MachineSnapshot> condition, CompletableFuture<Boolean> answer) {}

    /** Answers true once the condition holds, false if that takes longer than the limit. */
    void await(
            Predicate<MachineSnapshot> condition,
            MachineSnapshot present,
            Duration limit,
            CompletableFuture<Boolean> answer) {
        if (condition.test(present)) {
            answer.complete(true);
            return;
        } else if (ended) {
            answer.complete(false);
            return;
        }
        Waiting added = new Waiting(condition, answer);
        waiting.add(added);
        Runnable cancel = environment.loop().schedule(() -> giveUp(added), limit.toNanos());
        answer.whenComplete((met, failure) -> cancel.run());
    }

    void look(MachineSnapshot present) {
        List<Waiting> met =
                waiting.stream().filter(each -> each.condition().test(present)).toList();
        waiting.removeAll(met);
        met.forEach(each -> each.answer().complete(true));
    }

    /** The election shows nothing any more. */
    void end() {
        ended = true;
        List.copyOf(waiting).forEach(this::giveUp);
    }

    private void giveUp(Waiting late) {
        waiting.remove(late);
        late.answer().complete(false);
    }
}
