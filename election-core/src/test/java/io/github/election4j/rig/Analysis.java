package io.github.election4j.rig;

import io.github.election4j.rig.Recording.Gap;
import io.github.election4j.rig.Recording.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the answers of all processes come to.
 *
 * @param samples how many answers
 * @param largestGap the longest time in which a process that was running answered nothing: an overlap of that length
 *     could hide there
 * @param terms rows of true answers
 * @param overlaps when two members both answered true
 * @param leaderless the time in which nobody did
 * @param whole the time that was measured
 */
record Analysis(long samples, Gap largestGap, int terms, List<Overlap> overlaps, Duration leaderless, Duration whole) {

    /** Two members at once. */
    record Overlap(Interval first, Interval second) {
        Duration length() {
            return Duration.ofNanos(Math.min(first.to(), second.to()) - Math.max(first.from(), second.from()));
        }

        @Override
        public String toString() {
            return first.member() + " and " + second.member() + " for " + length().toNanos() + " ns from "
                    + Math.max(first.from(), second.from());
        }
    }

    static Analysis of(List<Recording> recordings, long from, long to) {
        List<Interval> all = new ArrayList<>();
        recordings.forEach(each -> all.addAll(each.intervals()));
        all.sort(Comparator.comparingLong(Interval::from));
        long leaderless = 0;
        long ledUntil = from;
        for (Interval each : all) {
            leaderless += Math.max(0, each.from() - ledUntil);
            ledUntil = Math.max(ledUntil, each.to());
        }
        leaderless += Math.max(0, to - ledUntil);
        long samples = recordings.stream().mapToLong(Recording::samples).sum();
        Gap largestGap = recordings.stream()
                .map(Recording::largestGap)
                .max(Comparator.comparing(Gap::length))
                .orElseThrow();
        return new Analysis(
                samples,
                largestGap,
                all.size(),
                overlaps(all),
                Duration.ofNanos(leaderless),
                Duration.ofNanos(to - from));
    }

    Duration overlap() {
        return overlaps.stream().map(Overlap::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** Those of two processes of one member count too. */
    private static List<Overlap> overlaps(List<Interval> sorted) {
        List<Overlap> found = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                Overlap overlap = new Overlap(sorted.get(i), sorted.get(j));
                if (overlap.length().toNanos() > 0) {
                    found.add(overlap);
                }
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return samples + " answers, at most " + largestGap + " apart, " + terms + " terms, overlap "
                + overlap().toNanos() + " ns in "
                + overlaps.size() + " places, nobody led for " + leaderless.toMillis() + " of " + whole.toMillis()
                + " ms";
    }
}
