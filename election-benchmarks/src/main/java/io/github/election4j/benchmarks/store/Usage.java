package io.github.election4j.benchmarks.store;

/**
 * What a store has done since it was started; what it does not tell is NaN.
 *
 * @param writes puts, each of which makes history
 * @param requests messages received from clients
 * @param events changes told to those who watch
 * @param historyBytes bytes written that only compaction removes
 * @param cpuSeconds time on processors
 */
public record Usage(double writes, double requests, double events, double historyBytes, double cpuSeconds) {
    /** {@return what was done between an earlier reading and this one} */
    public Usage since(Usage earlier) {
        return new Usage(
                writes - earlier.writes,
                requests - earlier.requests,
                events - earlier.events,
                historyBytes - earlier.historyBytes,
                cpuSeconds - earlier.cpuSeconds);
    }
}
