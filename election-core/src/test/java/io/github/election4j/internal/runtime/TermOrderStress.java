package io.github.election4j.internal.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.election4j.ChangeReason;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** S1: who has seen the second member lead, or has heard that the first one's term is lost, sees the first no more. */
@JCStressTest
@Outcome(id = "false, false, .*", expect = ACCEPTABLE, desc = "Nothing is known yet.")
@Outcome(id = "false, true, false", expect = ACCEPTABLE, desc = "The end of the term is told, and it has ended.")
@Outcome(id = "true, true, false", expect = ACCEPTABLE, desc = "The second member leads, the first does not.")
@Outcome(expect = FORBIDDEN, desc = "The first member leads although the second does, or although its term is lost.")
@State
public class TermOrderStress {
    private static final long NOW = 50;
    private static final long VALID_UNTIL = 100;

    private final Term first = new Term(Stage.ELECTION, Stage.FIRST, VALID_UNTIL, () -> NOW);
    private volatile @Nullable Term second;

    @Actor
    public void handOver() {
        first.end(ChangeReason.RESIGNED, Runnable::run);
        second = new Term(Stage.ELECTION, Stage.SECOND, VALID_UNTIL, () -> NOW);
    }

    @Actor
    public void ask(ZZZ_Result result) {
        result.r1 = Term.lasts(second);
        result.r2 = first.lost().isDone();
        result.r3 = Term.lasts(first);
    }
}
