package io.github.election4j.benchmarks;

import java.util.Collection;

/** Closes what a measurement leaves behind. */
public final class Closing {
    private Closing() {}

    /** Closes all of them: that one cannot be closed is told, and keeps neither the others open nor figures away. */
    public static void all(Collection<? extends AutoCloseable> open) {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception | AssertionError failure) {
                System.err.println("Could not be closed: " + failure);
            }
        }
    }
}
