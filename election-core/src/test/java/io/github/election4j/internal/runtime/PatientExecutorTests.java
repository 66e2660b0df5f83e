package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L3: a pool that has no threads for a while. */
class PatientExecutorTests {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ManualLoop loop = new ManualLoop();
    private final List<String> told = new ArrayList<>();
    private final PatientExecutor executor = new PatientExecutor(this::take, loop, outcome());
    private Runnable atRecovery = () -> {};
    private boolean threads;
    private boolean ended;

    @Test
    void handsOverAtOnceWhatThePoolTakes() {
        threads = true;
        executor.execute(() -> told.add("a"));
        assertThat(told).containsExactly("a");
        assertThat(loop.alarms()).isZero();
    }

    @Test
    void offersEachTaskUntilItIsTakenAndTakesOthersMeanwhile() {
        executor.execute(() -> told.add("a"));
        executor.execute(() -> told.add("b"));
        assertThat(loop.alarms()).isEqualTo(1);

        threads = true;
        executor.execute(() -> told.add("c"));
        pass(Duration.ofMillis(100));

        assertThat(told).containsExactly("failed 1", "c", "a", "b", "recovered");
        assertThat(loop.alarms()).isZero();
    }

    @Test
    void triesEverMoreSeldomButAtLeastOnceASecond() {
        executor.execute(() -> told.add("a"));
        pass(Duration.ofMillis(100).minus(MOMENT));
        assertThat(told).containsExactly("failed 1");
        pass(MOMENT);
        pass(Duration.ofMillis(200));
        pass(Duration.ofMillis(400));
        pass(Duration.ofMillis(800));
        pass(Duration.ofMillis(800));
        assertThat(told).endsWith("failed 5", "failed 6");

        threads = true;
        pass(Duration.ofMillis(800));
        threads = false;
        executor.execute(() -> told.add("b"));

        assertThat(told).endsWith("failed 6", "a", "recovered", "failed 1");
    }

    @Test
    void takesWhatIsRefusedWhileItHandsOver() {
        executor.execute(() -> {
            told.add("a");
            threads = false;
            executor.execute(() -> told.add("b"));
            threads = true;
        });
        threads = true;
        pass(Duration.ofMillis(100));
        assertThat(told).containsExactly("failed 1", "a", "b", "recovered");
    }

    /** Whoever was refused has seen that somebody is trying, and relies on him. */
    @Test
    void takesWhatIsRefusedJustBeforeItCeasesToTry() {
        executor.execute(() -> told.add("a"));
        threads = true;
        atRecovery = () -> {
            threads = false;
            executor.execute(() -> told.add("b"));
            threads = true;
        };

        pass(Duration.ofMillis(100));

        assertThat(told).containsExactly("failed 1", "a", "recovered", "b", "recovered");
        threads = false;
        executor.execute(() -> told.add("c"));
        assertThat(told).as("nobody is trying any more").endsWith("failed 1");
    }

    /** Then there will be no other turn. */
    @Test
    void runsWhatIsLeftWhereNobodyElseWillWhenTheLoopHasEnded() {
        executor.execute(() -> told.add("a"));
        ended = true;

        pass(Duration.ofMillis(100));
        executor.execute(() -> told.add("b"));

        assertThat(told).containsExactly("failed 1", "failed 2", "a", "recovered", "failed 1", "b", "recovered");
    }

    private void pass(Duration time) {
        loop.pass(time, loop::run);
    }

    private void take(Runnable task) {
        if (!threads) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        task.run();
    }

    private PatientExecutor.Outcome outcome() {
        return new PatientExecutor.Outcome() {
            @Override
            public boolean failed(String message, int attempt) {
                assertThat(message).endsWith("java.lang.OutOfMemoryError: unable to create native thread");
                told.add("failed " + attempt);
                return !ended;
            }

            @Override
            public void recovered() {
                told.add("recovered");
                Runnable now = atRecovery;
                atRecovery = () -> {};
                now.run();
            }
        };
    }
}
