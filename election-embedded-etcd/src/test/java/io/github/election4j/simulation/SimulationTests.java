package io.github.election4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * S1 to S4 and L1 to L3 under random faults: some fresh seeds in each build, more of them and some that are always the
 * same among the proofs. {@code -Delection4j.seed=…} repeats one, and {@code -Delection4j.seeds=…} runs so many from
 * there on.
 */
class SimulationTests {
    private static final long SAME = 1_000;
    private static final long FRESH = 300;
    private static final long FRESH_TO_PROVE = 1_000;
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
        Long first = Long.getLong("election4j.seed");
        run(first == null ? fresh(FRESH) : LongStream.range(first, first + Long.getLong("election4j.seeds", 1)));
    }

    @Test
    @Tag("proof")
    void norInManyMoreRuns() {
        run(LongStream.concat(LongStream.range(1, 1 + SAME), fresh(FRESH_TO_PROVE)));
    }

    private static LongStream fresh(long count) {
        long first = 1 + SAME + Math.abs(System.nanoTime());
        return LongStream.range(first, first + count);
    }

    private static void run(LongStream seeds) {
        AtomicLong runs = new AtomicLong();
        AtomicLong terms = new AtomicLong();
        seeds.parallel().forEach(seed -> {
            runs.incrementAndGet();
            terms.addAndGet(run(seed));
        });
        System.out.printf("MEASURED simulation: %d runs, %d terms%n", runs.get(), terms.get());
        assertThat(defects.found()).isEmpty();
        assertThat(terms.get()).isGreaterThan(runs.get());
    }

    private static int run(long seed) {
        try {
            return new Simulation(seed).run();
        } catch (AssertionError found) {
            throw new AssertionError("-Delection4j.seed=" + seed + "\n" + found.getMessage(), found);
        }
    }
}
