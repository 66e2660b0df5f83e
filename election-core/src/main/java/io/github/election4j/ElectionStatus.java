package io.github.election4j;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An election as this member knew it when asked. Local: it trails etcd by one watch delivery, and by as long as etcd is
 * out of reach while the state is {@link ElectionState#DISCONNECTED}.
 *
 * @param name the name of the election
 * @param key its key in etcd
 * @param id the identity of this member
 * @param address the address of this member
 * @param state where this member stands; LEADING only if {@link Election#isLeader()} was true in the same instant
 * @param leader who is known to lead; null for nobody
 * @param evicted whether this member stays out of the queue
 * @param candidates the queue, first come first
 * @param evictions the evictions that last, by id, of whomever
 * @param fencingToken the token of this member's own term; null if it does not lead
 * @param since when {@code state} was entered, by the wall clock
 * @param lastError the last failure, cleared by the next success of what failed, and with the key that it was about;
 *     null if there is none
 * @param history the last changes of leader that this member has heard of, oldest first, bounded
 * @param terms the last terms of all members, oldest first, at most about fifty, as etcd keeps them
 * @since 0.1.0
 */
public record ElectionStatus(
        String name,
        String key,
        String id,
        String address,
        ElectionState state,
        @Nullable Candidate leader,
        boolean evicted,
        List<Candidate> candidates,
        List<Eviction> evictions,
        @Nullable Long fencingToken,
        Instant since,
        @Nullable String lastError,
        List<ElectionEvent.LeaderChanged> history,
        List<LeaderTerm> terms) {
    /**
     * Creates a status; the lists are copied.
     *
     * @param name see {@link #name()}
     * @param key see {@link #key()}
     * @param id see {@link #id()}
     * @param address see {@link #address()}
     * @param state see {@link #state()}
     * @param leader see {@link #leader()}
     * @param evicted see {@link #evicted()}
     * @param candidates see {@link #candidates()}
     * @param evictions see {@link #evictions()}
     * @param fencingToken see {@link #fencingToken()}
     * @param since see {@link #since()}
     * @param lastError see {@link #lastError()}
     * @param history see {@link #history()}
     * @param terms see {@link #terms()}
     */
    public ElectionStatus {
        candidates = List.copyOf(candidates);
        evictions = List.copyOf(evictions);
        history = List.copyOf(history);
        terms = List.copyOf(terms);
    }
}
