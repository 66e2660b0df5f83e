package io.github.election4j.internal.runtime;

import io.github.election4j.spi.Ticker;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Where time and randomness of the process come from, and nowhere else. */
final class SystemSources {
    /** CLOCK_MONOTONIC on Linux: not stepped with the wall clock. It stops while a machine is suspended. */
    static final Ticker TICKER = System::nanoTime;

    /** For what people read; decides nothing. */
    static final InstantSource WALL_CLOCK = Clock.systemUTC();

    static final DoubleSupplier RANDOM = () -> ThreadLocalRandom.current().nextDouble();

    /** From the kernel, which a copy of this process shares with it, and not its state. */
    static final LongSupplier ENTROPY = new SecureRandom()::nextLong;

    private SystemSources() {}
}
