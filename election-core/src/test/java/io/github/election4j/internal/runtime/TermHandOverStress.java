package io.github.election4j.internal.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.election4j.ChangeReason;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * S1, P9: a member that answers true speaks for the moment in which it read the clock, so nobody else may lead in that
 * one. The clock of the first member therefore looks at the second one whenever it is read.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The first member led.")
@Outcome(id = "false, .*", expect = ACCEPTABLE, desc = "The first member did not lead any more.")
@Outcome(id = "true, true", expect = FORBIDDEN, desc = "Both led in the moment in which the clock was read.")
@State
public class TermHandOverStress {
    private static final long NOW = 50;
    private static final long VALID_UNTIL = 100;

    private boolean secondLed;
    private volatile @Nullable Term second;
    private final Term first = new Term(Stage.ELECTION, Stage.FIRST, VALID_UNTIL, this::look);

    /** The first member steps down, then the second is granted its term. */
    @Actor
    public void handOver() {
        first.end(ChangeReason.RESIGNED, Runnable::run);
        second = new Term(Stage.ELECTION, Stage.SECOND, VALID_UNTIL, () -> NOW);
    }

    @Actor
    public void ask(ZZ_Result result) {
        result.r1 = Term.lasts(first);
        result.r2 = secondLed;
    }

    private long look() {
        secondLed = Term.lasts(second);
        return NOW;
    }
}
