package io.github.election4j.embedded.testing;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A term that ends when it is told to, and never by a clock. Any thread. */
final class ControlledTerm implements Leadership {
    /** What a heartbeat is good for with the default lease. */
    private static final Duration VALIDITY = Duration.ofSeconds(8);

    private final String election;
    private final Candidate leader;
    private final CompletableFuture<ChangeReason> lost = new CompletableFuture<>();
    private volatile @Nullable ChangeReason ended;

    ControlledTerm(String election, Candidate leader) {
        this.election = election;
        this.leader = leader;
    }

    void end(ChangeReason reason) {
        ended = reason;
    }

    /** Completes the future if the term has ended. That runs what users hang on it, so no lock may be held. */
    void tell() {
        ChangeReason reason = ended;
        if (reason != null) {
            lost.complete(reason);
        }
    }

    @Override
    public Candidate leader() {
        return leader;
    }

    @Override
    public long fencingToken() {
        return leader.fencingToken();
    }

    @Override
    public boolean isValid() {
        return ended == null;
    }

    @Override
    public Duration remaining() {
        return isValid() ? VALIDITY : Duration.ZERO;
    }

    @Override
    public void requireValid() {
        if (!isValid()) {
            throw new ElectionException(
                    ElectionException.Kind.NOT_LEADER,
                    "Election '" + election + "': term " + fencingToken() + " of '" + leader.id()
                            + "' is over; stop the work that belongs to it",
                    null);
        }
    }

    @Override
    public void onEnd(Consumer<ChangeReason> hook) {
        requireValid();
        var unused = lost.thenAccept(reason -> run(hook, reason));
    }

    private void run(Consumer<ChangeReason> hook, ChangeReason reason) {
        try {
            call(() -> {
                hook.accept(reason);
                return reason;
            });
        } catch (Exception thrown) {
            throw new IllegalStateException("A hook failed at the end of term " + fencingToken(), thrown);
        }
    }

    @Override
    public CompletableFuture<ChangeReason> lost() {
        return lost.copy();
    }
}
