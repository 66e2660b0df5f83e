package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionState;
import io.github.election4j.Eviction;
import io.github.election4j.LeaderTerm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a machine shows of itself.
 *
 * @param state where this member stands
 * @param leader who is known to lead
 * @param term this member's own term, null if it does not lead
 * @param evicted whether it stays out
 * @param candidates the queue
 * @param evictions the evictions that last
 * @param orders what is asked of members through the store, and answered there
 * @param terms the last terms, oldest first
 * @param revision as of which revision the queue is, and what is beside it
 */
public record MachineSnapshot(
        ElectionState state,
        @Nullable Candidate leader,
        @Nullable Candidate term,
        boolean evicted,
        List<Candidate> candidates,
        List<Eviction> evictions,
        List<Order> orders,
        List<LeaderTerm> terms,
        long revision) {}
