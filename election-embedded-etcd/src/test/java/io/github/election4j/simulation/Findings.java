package io.github.election4j.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened, and the first promise that was seen broken. Checkers tell; only the run throws. */
final class Findings {
    private final VirtualTime time;
    private final List<String> plan = new ArrayList<>();
    private final List<String> transcript = new ArrayList<>();
    private @Nullable String first;

    Findings(VirtualTime time) {
        this.time = time;
    }

    void write(String line) {
        transcript.add(String.format("%10.4f  %s", time.now() / 1e9, line));
    }

    void fault(String line) {
        plan.add(String.format("%.4f %s", time.now() / 1e9, line));
        write("FAULT " + line);
    }

    /** Kept and not thrown: who calls may be the engine, which survives whatever a listener throws. */
    void found(String promise, String what) {
        if (first == null) {
            first = promise + ": " + what;
            write(first);
        }
    }

    /** Throws what has been found. */
    void verify() {
        if (first != null) {
            throw new AssertionError(first);
        }
    }

    String report() {
        return "Faults: " + String.join(" | ", plan) + "\nTranscript:\n" + String.join("\n", transcript);
    }
}
