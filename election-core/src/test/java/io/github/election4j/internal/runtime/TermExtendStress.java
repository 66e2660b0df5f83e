package io.github.election4j.internal.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** P9: a term that is extended in time has no gap, for the validity is read after the clock. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "The term lasts.")
@Outcome(expect = FORBIDDEN, desc = "A leader that proved itself in time was taken for none.")
@State
public class TermExtendStress {
    private static final long VALID_UNTIL = 100;
    private static final long AFTER = 150;
    private static final long EXTENDED = 200;

    private volatile long now;
    private final Term term = new Term(Stage.ELECTION, Stage.FIRST, VALID_UNTIL, () -> now);

    @Actor
    public void extend() {
        term.extend(EXTENDED);
        now = AFTER;
    }

    @Actor
    public void ask(Z_Result result) {
        result.r1 = term.isValid();
    }
}
