package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.Moment;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spi.SerialExecutor;
import io.github.election4j.spi.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Everything a session needs from outside; a simulation brings its own.
 *
 * @param store the store
 * @param loop runs what touches the state of the session
 * @param listeners runs listeners and completes futures
 * @param ticker decides
 * @param wallClock for what people read
 * @param random uniform in [0, 1)
 * @param entropy bits that no other process has, not even one that this one was copied to
 * @param observer hears what the engine does
 */
public record Environment(
        ElectionStore store,
        SerialExecutor loop,
        Executor listeners,
        Ticker ticker,
        InstantSource wallClock,
        DoubleSupplier random,
        LongSupplier entropy,
        EngineObserver observer) {

    /**
     * {@return the real one}
     *
     * @param store the store
     * @param observer hears what the engine does
     */
    static Environment system(ElectionStore store, EngineObserver observer) {
        return new Environment(
                store,
                new LoopThread(),
                ListenerPool.create(),
                SystemSources.TICKER,
                SystemSources.WALL_CLOCK,
                SystemSources.RANDOM,
                SystemSources.ENTROPY,
                observer);
    }

    /** The same with another pool. */
    Environment withListeners(Executor pool) {
        return new Environment(store, loop, pool, ticker, wallClock, random, entropy, observer);
    }

    /** This moment, for a machine; the time is the wall clock's, read once for the whole step. */
    Moment moment(Instant time) {
        return new Moment(ticker.nanos(), time.toEpochMilli(), random.getAsDouble());
    }
}
