package io.github.election4j.internal.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Gives a machine one input after the other. One that comes of performing what an earlier one has decided waits until
 * all of that is performed, or effects would overtake each other. Confined to the loop.
 */
final class Inbox<T> {
    private final Consumer<T> machine;
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean taking;

    Inbox(Consumer<T> machine) {
        this.machine = machine;
    }

    void take(T input) {
        waiting.add(input);
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (!waiting.isEmpty()) {
                T next = waiting.remove();
                SessionLoop.guarded(() -> machine.accept(next));
            }
        } finally {
            taking = false;
        }
    }
}
