package io.github.election4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * S1 to S4 and L1 to L3 under random faults. Some seeds are the same in each build, some are fresh;
 * {@code -Delection4j.seed=…} repeats one, and {@code -Delection4j.seeds=…} runs so many from there on.
 */
class SimulationTests {
    private static final long SAME = 1_500;
    private static final long FRESH = 500;
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
        long fresh = SAME + Math.abs(System.nanoTime());
        LongStream seeds = LongStream.concat(LongStream.range(1, 1 + SAME), LongStream.range(fresh, fresh + FRESH));
        Long first = Long.getLong("election4j.seed");
        run(first == null ? seeds : LongStream.range(first, first + Long.getLong("election4j.seeds", 1)));
    }

    private static void run(LongStream seeds) {
        AtomicLong runs = new AtomicLong();
        AtomicLong terms = new AtomicLong();
        long began = System.nanoTime();
        seeds.parallel().forEach(seed -> {
            runs.incrementAndGet();
            terms.addAndGet(run(seed));
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "MEASURED simulation: %d runs, %d terms, %.1f s, %.0f runs/s%n",
                runs.get(), terms.get(), seconds, runs.get() / seconds);
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
