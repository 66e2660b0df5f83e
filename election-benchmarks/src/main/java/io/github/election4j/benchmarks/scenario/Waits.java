package io.github.election4j.benchmarks.scenario;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for conditions, looking each millisecond. */
final class Waits {
    private Waits() {}

    static void until(String what, Duration limit, Callable<Boolean> condition) throws Exception {
        long began = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - began > limit.toNanos()) {
                throw new IllegalStateException("Not within " + limit.toSeconds() + " s: " + what);
            }
            Thread.sleep(1);
        }
    }
}
