package io.github.election4j.benchmarks.scenario;

import java.util.List;

/**
 * What one member answered while another one led too.
 *
 * @param answers how many true ones there were
 * @param nanos from the other one's first answer until the last of them, or 0 if there were none
 * @param nobodyNanos from the last true answer of the one before the first of the other until that, or 0 if they
 *     overlap
 */
record Overlap(long answers, long nanos, long nobodyNanos) {
    /**
     * {@return the overlap with a successor}
     *
     * <p>The one may lead again later, once the other has lost the leadership: that is none.
     *
     * @param runs of true answers of the predecessor
     * @param others of true answers of the successor, of which there are some
     */
    static Overlap of(List<Run> runs, List<Run> others) {
        long successorLed = others.stream().mapToLong(Run::firstAnswered).min().orElseThrow();
        long answers = 0;
        long last = successorLed;
        for (Run run : runs) {
            for (Run other : others) {
                long both = run.answersDuring(other);
                answers += both;
                last = both > 0 ? Math.max(last, Math.min(run.lastAsked(), other.lastAsked())) : last;
            }
        }
        if (answers > 0) {
            return new Overlap(answers, last - successorLed, 0);
        }
        long before = runs.stream()
                .mapToLong(Run::lastAsked)
                .filter(to -> to <= successorLed)
                .max()
                .orElse(successorLed);
        return new Overlap(0, 0, successorLed - before);
    }

    /**
     * True answers without a false one between, evenly spaced. Each was given between its question and the moment when
     * it was there, since whoever asks may be descheduled meanwhile.
     *
     * @param firstAsked when the first was asked for
     * @param firstAnswered when it was there: leading is certain from here on
     * @param lastAsked when the last was asked for: leading is certain up to here
     * @param lastAnswered when it was there
     * @param count how many there are
     */
    record Run(long firstAsked, long firstAnswered, long lastAsked, long lastAnswered, long count) {
        /** {@return how many were asked for and given while the other one led for certain} */
        private long answersDuring(Run other) {
            long begin = other.firstAnswered;
            long end = other.lastAsked;
            long answers = lastAsked >= begin && lastAnswered <= end ? 1 : 0;
            if (count > 1) {
                double spacing = (double) (lastAsked - firstAsked) / (count - 1);
                // Whatever is no later than the next question was there before it.
                double fromIncluded = Math.max(0, Math.ceil((begin - firstAsked) / spacing));
                double toExcluded = Math.min((double) (count - 1), Math.floor((end - firstAsked) / spacing));
                answers += (long) Math.max(0, toExcluded - fromIncluded);
            }
            return answers;
        }
    }
}
