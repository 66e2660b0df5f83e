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
 * S1, P9: the first member's loop does nothing, as in a pause; its term runs out by the clock alone, and only then the
 * second is granted its own.
 */
@JCStressTest
@Outcome(id = "false, .*", expect = ACCEPTABLE, desc = "The second member did not lead yet.")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The second member leads, the first does not.")
@Outcome(id = "true, true", expect = FORBIDDEN, desc = "Both lead.")
@State
public class TermExpiryStress {
    private static final long VALID_UNTIL = 100;
    private static final long AFTER = 150;

    private volatile long now;
    private volatile @Nullable Term second;
    private final Term first = new Term(Stage.ELECTION, Stage.FIRST, VALID_UNTIL, () -> now);

    @Actor
    public void expire() {
        now = VALID_UNTIL;
        second = new Term(Stage.ELECTION, Stage.SECOND, AFTER, () -> now);
        // The loop wakes up late, and must not revive anything by ending what is over.
        first.end(ChangeReason.EXPIRED, Runnable::run);
    }

    @Actor
    public void ask(ZZ_Result result) {
        result.r1 = Term.lasts(second);
        result.r2 = Term.lasts(first);
    }
}
