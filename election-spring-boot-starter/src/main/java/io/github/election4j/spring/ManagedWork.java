package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task that is run for each term, in however many elections its member takes part one after the other. */
final class ManagedWork implements LeaderWork {
    private final LeaderTask task;
    private final Consumer<ManagedWork> whenClosed;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private @Nullable LeaderWork present;
    private boolean closing;

    ManagedWork(LeaderTask task, Consumer<ManagedWork> whenClosed) {
        this.task = Objects.requireNonNull(task, "task");
        this.whenClosed = whenClosed;
    }

    /** Runs in this election from now on, if there is one. */
    synchronized void join(@Nullable Election election) {
        if (election != null && !closing) {
            present = election.whileLeading(task);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return present != null && present.isRunning();
    }

    @Override
    public void close() {
        LeaderWork last;
        synchronized (this) {
            closing = true;
            last = present;
        }
        whenClosed.accept(this);
        if (last == null) {
            closed.complete(null);
        } else {
            last.closed().thenRun(() -> closed.complete(null));
            last.close();
        }
    }

    @Override
    public CompletableFuture<Void> closed() {
        return closed.copy();
    }
}
