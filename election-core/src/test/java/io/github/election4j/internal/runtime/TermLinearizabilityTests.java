package io.github.election4j.internal.runtime;

import io.github.election4j.ChangeReason;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * P9 in every order in which the steps of some threads can meet: whoever asks, extends and ends a term, and however the
 * clock moves on meanwhile, each gets an answer that {@link Sequential} gives too, in an order that agrees with real
 * time.
 */
@Tag("proof")
class TermLinearizabilityTests {
    private static final long UNTIL = 2;
    private static final long NEVER = -1;

    @Test
    void answersAsIfOneThreadAskedAfterTheOther() {
        new ModelCheckingOptions()
                .iterations(20)
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(Sequential.class)
                .check(Shared.class);
    }

    /** The production class. */
    public static class Shared {
        private final AtomicLong now = new AtomicLong();
        private final ThreadLocal<Long> seen = new ThreadLocal<>();
        private final Term term = new Term(Stage.ELECTION, Stage.FIRST, UNTIL, this::look);

        private long look() {
            seen.set(now.get());
            return seen.get();
        }

        /** Time passes, for all at once. */
        @Operation(nonParallelGroup = "clock")
        public void tick() {
            now.incrementAndGet();
        }

        /** As the loop does after a heartbeat. */
        @Operation(nonParallelGroup = "loop")
        public boolean extend(@Param(gen = IntGen.class, conf = "1:4") int until) {
            return term.extend(until);
        }

        /** As the loop does. */
        @Operation(nonParallelGroup = "loop")
        public void end() {
            term.end(ChangeReason.RESIGNED, Runnable::run);
        }

        /**
         * As everybody may. What is true is true at the time that was read on the clock, and not just some time ago.
         */
        @Operation
        public long validAt() {
            return term.isValid() ? seen.get() : NEVER;
        }
    }

    /** What a term is, if nothing happens at once. */
    public static class Sequential {
        private long now;
        private long until = UNTIL;
        private boolean over;

        /** Time passes. */
        public void tick() {
            now++;
        }

        /** Not possible once somebody has found it to be over. */
        public boolean extend(int newUntil) {
            until = newUntil;
            return !over;
        }

        /** For ever. */
        public void end() {
            over = true;
        }

        /** Whoever finds it lapsed ends it. */
        public long validAt() {
            over |= now >= until;
            return over ? NEVER : now;
        }
    }
}
