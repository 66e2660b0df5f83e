package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionException;
import io.github.election4j.OperationOutcome;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Each command is answered once, on a thread that may block, and none is left waiting. */
class CommandFuturesTests {
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final CommandFutures futures = new CommandFutures("orders", pool::add);
    private final CompletableFuture<OperationOutcome> one = new CompletableFuture<>();
    private final CompletableFuture<OperationOutcome> other = new CompletableFuture<>();

    @Test
    void eachHearsItsOwnAnswer() {
        long numberOfOne = futures.add(one);
        long numberOfOther = futures.add(other);

        futures.complete(numberOfOther, OperationOutcome.RELEASED);
        futures.fail(numberOfOne, ElectionException.Kind.SUPERSEDED, "overtaken");
        assertThat(other).as("before a thread of the pool comes to it").isNotDone();
        work();

        assertThat(other).isCompletedWithValue(OperationOutcome.RELEASED);
        assertFailed(one, ElectionException.Kind.SUPERSEDED, "Election 'orders': overtaken");
    }

    /** L3. */
    @Test
    void allThatWaitFailWhenItEnds() {
        futures.add(one);
        futures.add(other);

        futures.end();
        work();

        assertClosed(one);
        assertClosed(other);
    }

    /** L3: one that was posted before the loop ended is taken in after it. */
    @Test
    void whatComesAfterTheEndFailsAtOnce() {
        futures.end();

        futures.add(one);
        work();

        assertClosed(one);
    }

    private static void assertClosed(CompletableFuture<OperationOutcome> future) {
        assertFailed(future, ElectionException.Kind.CLOSED, "Election 'orders': closed before it took effect");
    }

    private static void assertFailed(
            CompletableFuture<OperationOutcome> future, ElectionException.Kind kind, String message) {
        assertThat(future).isCompletedExceptionally();
        assertThat(future.handle((done, failure) -> failure).join())
                .isInstanceOfSatisfying(
                        ElectionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessage(message);
    }

    private void work() {
        for (Runnable task = pool.poll(); task != null; task = pool.poll()) {
            task.run();
        }
    }
}
