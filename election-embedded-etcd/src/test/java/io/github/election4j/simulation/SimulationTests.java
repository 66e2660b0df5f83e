package io.github.election4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * S1 to S3, L1 and L2 under random faults. The same seeds in each build; {@code -Delection4j.seed=…} repeats one, and
 * {@code -Delection4j.seeds=…} runs so many from there on.
 */
class SimulationTests {
    private static final long SEEDS = Long.getLong("election4j.seeds", 200);
    private static Level before = Level.INFO;

    /** What members log in minutes of faults is of no use, and slow. */
    @BeforeAll
    static void silence() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.github.election4j");
        before = logger.getEffectiveLevel();
        logger.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        ((Logger) LoggerFactory.getLogger("io.github.election4j")).setLevel(before);
    }

    @Test
    void noTwoLeadersAndNobodyOutWhateverHappens() {
        Long only = Long.getLong("election4j.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? SEEDS : only + Long.getLong("election4j.seeds", 1) - 1;
        long began = System.nanoTime();
        long terms = 0;
        for (long seed = first; seed <= last; seed++) {
            try {
                terms += new Simulation(seed).run();
            } catch (AssertionError found) {
                throw new AssertionError("-Delection4j.seed=" + seed + " " + found.getMessage(), found);
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("MEASURED simulation: %d runs, %d terms, %.1f s%n", last - first + 1, terms, seconds);
        assertThat(terms).isGreaterThan(last - first);
    }
}
