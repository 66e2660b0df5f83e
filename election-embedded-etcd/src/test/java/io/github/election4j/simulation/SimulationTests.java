package io.github.election4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * S1 to S4 and L1 to L3 under random faults. The same seeds in each build; {@code -Delection4j.seed=…} repeats one, and
 * {@code -Delection4j.seeds=…} runs so many from there on.
 */
class SimulationTests {
    private static final long SEEDS = 2_000;
    private static Defects defects;

    @BeforeAll
    static void silence() {
        defects = Defects.watch();
    }

    @AfterAll
    static void speak() {
        defects.close();
    }

    @Test
    void noPromiseIsBrokenWhateverHappens() {
        Long only = Long.getLong("election4j.seed");
        long first = only == null ? 1 : only;
        long count = Long.getLong("election4j.seeds", only == null ? SEEDS : 1);
        AtomicLong terms = new AtomicLong();
        long began = System.nanoTime();
        LongStream.range(first, first + count).parallel().forEach(seed -> terms.addAndGet(run(seed)));
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "MEASURED simulation: %d runs, %d terms, %.1f s, %.0f runs/s%n",
                count, terms.get(), seconds, count / seconds);
        assertThat(defects.found()).isEmpty();
        assertThat(terms.get()).isGreaterThan(count);
    }

    private static int run(long seed) {
        try {
            return new Simulation(seed).run();
        } catch (AssertionError found) {
            throw new AssertionError("-Delection4j.seed=" + seed + "\n" + found.getMessage(), found);
        }
    }
}
