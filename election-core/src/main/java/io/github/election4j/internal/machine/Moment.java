package io.github.election4j.internal.machine;

/**
 * When a machine takes a step, and what it has to do with chance.
 *
 * @param now the time in nanoseconds, which decides
 * @param wallMillis the wall clock, for what people read
 * @param random uniform in [0, 1)
 */
public record Moment(long now, long wallMillis, double random) {}
