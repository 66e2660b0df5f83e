package io.github.election4j.internal.machine;

import java.util.ArrayList;
import java.util.List;

/** A process that can be paused, and can die. */
abstract class Pausable {
    private final List<Runnable> missed = new ArrayList<>();
    private boolean frozen;
    private boolean crashed;

    /** Something of this process goes on, when it can. */
    final void run(Runnable task) {
        if (frozen) {
            missed.add(task);
        } else if (!crashed) {
            task.run();
        }
    }

    final void crash() {
        crashed = true;
    }

    final boolean crashed() {
        return crashed;
    }

    /** The process is paused: what comes meanwhile it finds when it goes on. */
    final void freeze() {
        frozen = true;
    }

    final void thaw() {
        frozen = false;
        List<Runnable> found = List.copyOf(missed);
        missed.clear();
        found.forEach(Runnable::run);
    }
}
