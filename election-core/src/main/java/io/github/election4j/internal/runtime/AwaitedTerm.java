package io.github.election4j.internal.runtime;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import io.github.election4j.LeadershipListener;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A listener until this member leads, or nobody waits for it any more. */
public final class AwaitedTerm implements LeadershipListener {
    private final Election election;
    private final CompletableFuture<Leadership> term = new CompletableFuture<>();

    private AwaitedTerm(Election election) {
        this.election = election;
    }

    /**
     * {@return the next term, or the present one}
     *
     * @param election whose term
     * @param closed completes when there will be none any more
     */
    public static CompletableFuture<Leadership> of(Election election, CompletableFuture<Void> closed) {
        AwaitedTerm awaited = new AwaitedTerm(election);
        election.leadership().ifPresent(awaited.term::complete);
        if (!awaited.term.isDone()) {
            election.addListener(awaited);
            awaited.term.whenComplete((done, failure) -> election.removeListener(awaited));
            // Whichever comes first: what hangs on the other is let go of then.
            CompletableFuture.anyOf(awaited.term, closed)
                    .whenComplete((done, failure) -> awaited.term.completeExceptionally(new ElectionException(
                            ElectionException.Kind.CLOSED, "Election '" + election.name() + "' is closed", null)));
        }
        return awaited.term;
    }

    @Override
    public void onGranted(LeaderChanged change) {
        election.leadership()
                .filter(own -> Objects.equals(own.fencingToken(), change.fencingToken()))
                .ifPresent(term::complete);
    }
}
