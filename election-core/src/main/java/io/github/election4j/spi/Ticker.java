package io.github.election4j.spi;

/**
 * A monotonic clock. Its origin is arbitrary and its value may overflow: only differences mean something.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ticker {
    /** {@return the time in nanoseconds; callable from any thread} */
    long nanos();
}
