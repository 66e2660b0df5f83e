package io.github.election4j.internal.runtime;

import io.github.election4j.spi.StoreException;
import java.util.concurrent.CompletionException;

/** What a future of the store failed with. */
final class Failures {
    private Failures() {}

    static StoreException of(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof StoreException failure) {
            return failure;
        }
        return new StoreException(StoreException.Kind.UNAVAILABLE, String.valueOf(cause), cause);
    }
}
