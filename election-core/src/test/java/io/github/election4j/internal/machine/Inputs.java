package io.github.election4j.internal.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** One input after the other, as the runtime does it: what comes of an effect waits until all effects are performed. */
final class Inputs<T> {
    private final Consumer<T> machine;
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean taking;

    Inputs(Consumer<T> machine) {
        this.machine = machine;
    }

    void take(T input) {
        waiting.add(input);
        if (!taking) {
            taking = true;
            try {
                while (!waiting.isEmpty()) {
                    machine.accept(waiting.remove());
                }
            } finally {
                taking = false;
            }
        }
    }
}
