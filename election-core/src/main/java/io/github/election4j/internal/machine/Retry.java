package io.github.election4j.internal.machine;

/**
 * P11: one kind of request, at most one under way, retried for ever with capped, fully jittered back-off. A reply is
 * accepted only for the request that is under way, so that one to an earlier request changes nothing.
 */
public final class Retry {
    private static final long BASE_NANOS = 20_000_000;
    private static final int LARGEST_SHIFT = 20;

    private final long capNanos;
    private long generation;
    private boolean inFlight;
    private int failures;
    private long notBefore;
    private boolean delayed;

    Retry(long capNanos) {
        this.capNanos = capNanos;
    }

    boolean ready(long now) {
        return !inFlight && (!delayed || Timing.reached(notBefore, now));
    }

    boolean inFlight() {
        return inFlight;
    }

    int failures() {
        return failures;
    }

    /** Begins a request and returns the generation that its reply must carry. */
    long begin() {
        inFlight = true;
        delayed = false;
        return ++generation;
    }

    boolean accepts(long replyGeneration) {
        return inFlight && replyGeneration == generation;
    }

    /** The request under way is over, and the next one waits for nothing; failures still count. */
    void answered() {
        inFlight = false;
        delayed = false;
    }

    void succeeded() {
        answered();
        failures = 0;
    }

    void failed(long now, double random) {
        inFlight = false;
        failures++;
        notBefore = now + delayNanos(failures, capNanos, random);
        delayed = true;
    }

    /** Forgets the request under way; its reply will be refused. Failures still count. */
    void abandon() {
        generation++;
        answered();
    }

    /** Forgets everything. */
    void reset() {
        abandon();
        failures = 0;
    }

    void wakeAt(Wakeup wakeup) {
        if (delayed && !inFlight) {
            wakeup.at(notBefore);
        }
    }

    /**
     * {@return how long to wait after so many failures in a row}
     *
     * @param failures at least one
     * @param capNanos the ceiling of ceilings
     * @param random uniform in [0, 1)
     */
    public static long delayNanos(int failures, long capNanos, double random) {
        long ceiling = Math.min(capNanos, BASE_NANOS << Math.min(failures - 1, LARGEST_SHIFT));
        return (long) (ceiling * random);
    }
}
