package io.github.election4j.etcd;

import org.jspecify.annotations.Nullable;

/** A watch that is opened as soon as there is a client, and may be closed before. */
final class PendingWatch {
    private @Nullable Runnable close;
    private boolean closed;

    void opened(Runnable closing) {
        if (isClosed(closing)) {
            closing.run();
        }
    }

    void close() {
        Runnable closing = takeClosing();
        if (closing != null) {
            closing.run();
        }
    }

    private synchronized boolean isClosed(Runnable closing) {
        close = closing;
        return closed;
    }

    private synchronized @Nullable Runnable takeClosing() {
        closed = true;
        return close;
    }
}
