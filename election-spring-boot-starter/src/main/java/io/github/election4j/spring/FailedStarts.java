package io.github.election4j.spring;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a member stands aside whose work has failed to start: a second the first time, twice as long each time that
 * the next term fails too, a minute at the most. Any thread.
 */
final class FailedStarts {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int LARGEST_SHIFT = 6;

    private long lastFailed;
    private int inARow;

    /**
     * A listener has failed on the grant of a term.
     *
     * @param token of the term
     * @param random uniform in [0, 1), lest members whose work fails for one reason take turns in step
     * @return how long to stand aside; empty if another listener has failed on the same grant
     */
    synchronized Optional<Duration> failed(long token, double random) {
        if (token == lastFailed) {
            return Optional.empty();
        }
        lastFailed = token;
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(inARow, LARGEST_SHIFT));
        inARow++;
        return Optional.of(Duration.ofMillis((long) (ceiling * (0.5 + random / 2))));
    }

    /** A term has ended; if it came after the last that failed, the next failure is a first one again. */
    synchronized void ended(long token) {
        if (token > lastFailed) {
            inARow = 0;
        }
    }
}
