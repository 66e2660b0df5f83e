package io.github.election4j.internal.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.internal.machine.MachineSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A status tells of one publication, also where the clock has corrected it: first as the leader, then behind m2. */
@JCStressTest
@Outcome(id = "LEADING-m1-1-1-0, STEPPING_DOWN-null-null-1-0", expect = ACCEPTABLE, desc = "Both before.")
@Outcome(id = "LEADING-m1-1-1-0, WAITING-m2-null-2-1", expect = ACCEPTABLE, desc = "One before, one after.")
@Outcome(id = "WAITING-m2-null-2-1, WAITING-m2-null-2-1", expect = ACCEPTABLE, desc = "Both after.")
@Outcome(expect = FORBIDDEN, desc = "Mixed from two publications, or going back.")
@State
public class StatusStress {
    private static final MachineSnapshot BEFORE = new MachineSnapshot(
            ElectionState.LEADING,
            Stage.FIRST,
            Stage.FIRST,
            false,
            List.of(Stage.FIRST),
            List.of(),
            List.of(),
            List.of(),
            0);
    private static final MachineSnapshot AFTER = new MachineSnapshot(
            ElectionState.WAITING,
            Stage.SECOND,
            null,
            true,
            List.of(Stage.SECOND, Stage.FIRST),
            List.of(),
            List.of(),
            List.of(),
            0);

    private final StatusBoard board = new StatusBoard(Stage.CONFIG, BEFORE, Instant.EPOCH);

    @Actor
    public void publish() {
        board.record(Stage.event(2));
        board.publish(AFTER, Instant.EPOCH, null);
    }

    @Actor
    public void ask(LL_Result result) {
        result.r1 = show(board.now(() -> true));
        result.r2 = show(board.now(() -> false));
    }

    private static String show(ElectionStatus status) {
        return status.state() + "-" + id(status.leader()) + "-" + status.fencingToken() + "-"
                + status.candidates().size() + "-" + status.history().size();
    }

    private static @Nullable String id(@Nullable Candidate leader) {
        return leader == null ? null : leader.id();
    }
}
