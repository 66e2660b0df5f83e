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
        long successorLed = others.stream().mapToLong(Run::certainlyFrom).min().orElseThrow();
        long answers = 0;
        long last = successorLed;
        for (Run run : runs) {
            for (Run other : others) {
                long both = run.answersDuring(other);
                answers += both;
                last = both > 0 ? Math.max(last, Math.min(run.to(), other.to())) : last;
            }
        }
        if (answers > 0) {
            return new Overlap(answers, last - successorLed, 0);
        }
        long before = runs.stream()
                .mapToLong(Run::to)
                .filter(to -> to <= successorLed)
                .max()
                .orElse(successorLed);
        return new Overlap(0, 0, successorLed - before);
    }

    /**
     * True answers without a false one between, evenly spaced. Each was given between its question and the next, since
     * whoever asks may be descheduled meanwhile: leading is certain from the second question to the last.
     *
     * @param from when the first was asked for
     * @param to when the last was asked for
     * @param count how many there are
     */
    record Run(long from, long to, long count) {
        long certainlyFrom() {
            return count < 2 ? to : from + (to - from) / (count - 1);
        }

        /** {@return how many were given while the other one led, too} */
        private long answersDuring(Run other) {
            long begin = Math.max(certainlyFrom(), other.certainlyFrom());
            long end = Math.min(to, other.to());
            if (count < 2 || other.count() < 2 || end <= begin) {
                return 0;
            }
            return (long) Math.ceil((double) (count - 1) * (end - begin) / (to - from));
        }
    }
}
