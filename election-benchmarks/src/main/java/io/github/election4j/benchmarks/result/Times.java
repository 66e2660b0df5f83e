package io.github.election4j.benchmarks.result;

import java.util.Arrays;
import java.util.List;

/** Durations of the same thing, in nanoseconds. */
public final class Times {
    private final List<Long> measured;
    private final long[] sorted;

    private Times(List<Long> measured, long[] sorted) {
        this.measured = List.copyOf(measured);
        this.sorted = sorted;
    }

    /** {@return what was measured, in any order} */
    public static Times of(List<Long> nanos) {
        if (nanos.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured");
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Times(nanos, sorted);
    }

    /** {@return all of them, in the order in which they were measured} */
    public List<Long> measured() {
        return measured;
    }

    /** {@return how many there are} */
    public int count() {
        return sorted.length;
    }

    /** {@return half of them are no longer} */
    public double p50() {
        return percentile(50);
    }

    /** {@return 99 of 100 are no longer} */
    public double p99() {
        return percentile(99);
    }

    /** {@return the longest} */
    public double max() {
        return sorted[sorted.length - 1];
    }

    private double percentile(int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(rank, 1) - 1];
    }
}
