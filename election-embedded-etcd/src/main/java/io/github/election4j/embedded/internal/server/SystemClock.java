package io.github.election4j.embedded.internal.server;

/** The machine's monotonic clock, shifted and stopped at will; the only one that is read here. Not thread-safe. */
final class SystemClock {
    private long shift;
    private long frozenAt;
    private boolean frozen;

    long nanos() {
        return frozen ? frozenAt : System.nanoTime() + shift;
    }

    boolean frozen() {
        return frozen;
    }

    void freeze() {
        frozenAt = nanos();
        frozen = true;
    }

    void run() {
        if (frozen) {
            shift = frozenAt - System.nanoTime();
            frozen = false;
        }
    }

    void advance(long nanos) {
        frozenAt += nanos;
        shift += nanos;
    }
}
