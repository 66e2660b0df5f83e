package io.github.election4j.benchmarks.scenario;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Work on a thread of its own, which ends with this JVM. */
final class InBackground {
    private InBackground() {}

    static <T> CompletableFuture<T> run(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                "benchmark");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Waits, and throws what the work has thrown. */
    static <T> T await(@Nullable CompletableFuture<T> result) throws Exception {
        try {
            return Objects.requireNonNull(result).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
