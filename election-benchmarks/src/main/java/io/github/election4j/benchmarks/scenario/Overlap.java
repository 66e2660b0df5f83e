package io.github.election4j.benchmarks.scenario;

import java.util.List;

/**
 * What one member answered after another one had said that it leads.
 *
 * @param answers how many true ones there were
 * @param nanos from the other one's first answer until the last of them, or 0 if there were none
 * @param nobodyNanos from the last true answer of the one until the first of the other, or 0 if they overlap
 */
record Overlap(long answers, long nanos, long nobodyNanos) {
    /**
     * {@return the overlap with a successor}
     *
     * <p>Of a run that straddles the instant it is taken that its answers were evenly spaced; its last one was later.
     *
     * @param runs of true answers of the predecessor
     * @param successorLed when the successor had answered true for the first time
     */
    static Overlap of(List<Run> runs, long successorLed) {
        long answers = runs.stream().mapToLong(run -> run.after(successorLed)).sum();
        long last = runs.stream().mapToLong(Run::to).max().orElse(successorLed);
        return answers > 0 ? new Overlap(answers, last - successorLed, 0) : new Overlap(0, 0, successorLed - last);
    }

    /**
     * True answers without a false one between.
     *
     * @param from when the first was asked for
     * @param to when the last was asked for
     * @param count how many there are
     */
    record Run(long from, long to, long count) {
        /** {@return how many were asked for after an instant} */
        private long after(long instant) {
            if (to <= instant) {
                return 0;
            }
            if (from > instant) {
                return count;
            }
            return (long) Math.ceil((double) (count - 1) * (to - instant) / (to - from));
        }
    }
}
