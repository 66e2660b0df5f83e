package io.github.election4j.spring.actuate;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.spring.StarterListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits a moment for the leader that follows an operation, so that the answer can name it. */
final class Successor {
    private static final long LIMIT_MILLIS = 1_000;

    private Successor() {}

    /** The leader; null if nobody leads within the limit, or there is nobody to wait for. */
    static @Nullable Candidate await(Election election) throws InterruptedException {
        CompletableFuture<Candidate> leader = new CompletableFuture<>();
        // A listener is told the present leader first, so nothing is missed.
        StarterListener listener = event -> {
            if (event instanceof LeaderChanged change && change.leader() != null) {
                leader.complete(change.leader());
            }
        };
        election.addListener(listener);
        try {
            return nobodyIsToCome(election) ? null : leader.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException nobodyYet) {
            return null;
        } finally {
            election.removeListener(listener);
        }
    }

    /** A member that has resigned enters again in a moment; one that is evicted does not. */
    private static boolean nobodyIsToCome(Election election) {
        return election.candidates().isEmpty() && election.status().evicted();
    }
}
