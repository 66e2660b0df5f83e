package io.github.election4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.planted.PlantedBug;
import io.github.election4j.planted.PlantedClasses;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The test of the simulation: each bug that somebody could make in the protocol is found by it. The production code
 * knows nothing of this; the sources are changed and compiled in memory.
 */
@Tag("proof")
class PlantedBugsTests {
    private static final long SEEDS = Long.getLong("election4j.planted.seeds", 4_000);
    private static final int RUNS_WITHOUT_BUG = 100;
    /** A promise that is broken; anything else would be a defect of the simulation. */
    private static final Pattern PROMISE = Pattern.compile("[SL]\\d: .*");

    private static Defects defects;

    @BeforeAll
    static void silence() {
        defects = Defects.watch();
    }

    @AfterAll
    static void speak() {
        defects.close();
    }

    static List<PlantedBug> bugs() throws IOException {
        return PlantedBug.all();
    }

    @Test
    void thereAreAtLeastThirty() throws IOException {
        assertThat(bugs()).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
    }

    /** Whatever is found comes of the bug, and not of how it is planted. */
    @Test
    void nothingIsFoundWhereNothingIsPlanted() throws ReflectiveOperationException, IOException {
        String line = "public static Timing of(Duration ttl) {";
        PlantedBug none = new PlantedBug(
                "none", 1, "", List.of(new PlantedBug.Change("internal/machine/Timing.java", line, line)));
        Class<?> simulation = PlantedClasses.of(none).loadClass(Simulation.class.getName());

        for (long seed = 1; seed <= RUNS_WITHOUT_BUG; seed++) {
            simulation
                    .getMethod("run")
                    .invoke(simulation.getConstructor(long.class).newInstance(seed));
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(PlantedBug bug) throws ReflectiveOperationException, IOException {
        Class<?> simulation = PlantedClasses.of(bug).loadClass(Simulation.class.getName());
        Constructor<?> constructor = simulation.getConstructor(long.class);
        Method run = simulation.getMethod("run");

        Optional<String> found = finding(constructor, run, bug.seed()).or(() -> search(constructor, run));

        assertThat(found).as("what %d runs found", SEEDS).isPresent();
        System.out.printf("MEASURED planted bug: %s: %s%n", bug, found.orElseThrow());
    }

    private static Optional<String> search(Constructor<?> simulation, Method run) {
        return LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> finding(simulation, run, seed))
                .flatMap(Optional::stream)
                .findAny();
    }

    private static Optional<String> finding(Constructor<?> simulation, Method run, long seed) {
        try {
            run.invoke(simulation.newInstance(seed));
            return Optional.empty();
        } catch (InvocationTargetException e) {
            String first = String.valueOf(e.getTargetException().getMessage())
                    .lines()
                    .findFirst()
                    .orElse("");
            assertThat(first).as("seed %d", seed).matches(PROMISE);
            return Optional.of("seed " + seed + ", " + first);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
