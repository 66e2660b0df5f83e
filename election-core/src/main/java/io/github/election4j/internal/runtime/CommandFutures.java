package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionException;
import io.github.election4j.OperationOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Who waits for which command; futures complete where the user may block. Confined to the loop. */
final class CommandFutures {
    private final String election;
    private final Executor pool;
    private final Map<Long, CompletableFuture<OperationOutcome>> waiting = new HashMap<>();
    private long last;
    private boolean ended;

    CommandFutures(String election, Executor pool) {
        this.election = election;
        this.pool = pool;
    }

    /** Returns the number by which the command is answered. */
    long add(CompletableFuture<OperationOutcome> future) {
        waiting.put(++last, future);
        if (ended) {
            end();
        }
        return last;
    }

    /** Nothing is answered any more but this. */
    void end() {
        ended = true;
        List.copyOf(waiting.keySet())
                .forEach(each -> fail(each, ElectionException.Kind.CLOSED, "closed before it took effect"));
    }

    void complete(long command, OperationOutcome outcome) {
        answer(command, future -> future.complete(outcome));
    }

    void fail(long command, ElectionException.Kind kind, String message) {
        String complete = "Election '" + election + "': " + message;
        answer(command, future -> future.completeExceptionally(new ElectionException(kind, complete, null)));
    }

    private void answer(long command, Consumer<CompletableFuture<OperationOutcome>> how) {
        CompletableFuture<OperationOutcome> future = waiting.remove(command);
        if (future != null) {
            pool.execute(() -> how.accept(future));
        }
    }
}
