package io.github.election4j.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process answered, in a file that is mapped into memory, so that it survives the process. Times are of the
 * monotonic clock that all processes of a host share. The process writes, the rig reads while it does; only pauses are
 * told by the rig.
 */
final class Recording {
    private static final int MOST_INTERVALS = 10_000;
    private static final int SAMPLES = 0;
    private static final int OPEN_SINCE = 8;
    private static final int LAST_TRUE = 16;
    private static final int CLOSED = 24;
    private static final int LAST_ANSWER = 32;
    private static final int LARGEST_GAP = 40;
    private static final int LARGEST_GAP_END = 48;
    private static final int PAUSED = 56;
    private static final int WALL_CLOCK = 64;
    private static final int INTERVALS = 72;

    private final String member;
    private final ByteBuffer memory;
    private boolean open;
    private long pausedBefore;
    private long endedAt;

    Recording(String member, Path file) {
        this.member = member;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            this.memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, INTERVALS + 16 * MOST_INTERVALS)
                    .order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the first true answer of a row to the last. */
    record Interval(String member, long from, long to) {}

    /** A time without an answer, but for pauses. */
    record Gap(String member, Duration length, long end) {
        @Override
        public String toString() {
            return length.toMillis() + " ms (" + member + " until " + end + ")";
        }
    }

    /** Records an answer that was asked for at one time and was there at another. */
    void record(boolean answer, long asked, long answered) {
        measureGap(answered);
        memory.putLong(SAMPLES, memory.getLong(SAMPLES) + 1);
        if (answer && open) {
            memory.putLong(LAST_TRUE, asked);
        } else if (answer) {
            open = true;
            // The answer was true somewhere between the two; only what is certain is called an interval.
            memory.putLong(LAST_TRUE, answered);
            memory.putLong(OPEN_SINCE, answered);
        } else if (open) {
            open = false;
            int index = (int) memory.getLong(CLOSED);
            memory.putLong(INTERVALS + 16 * index, memory.getLong(OPEN_SINCE));
            memory.putLong(INTERVALS + 16 * index + 8, memory.getLong(LAST_TRUE));
            memory.putLong(CLOSED, index + 1);
            memory.putLong(OPEN_SINCE, 0);
        }
    }

    private void measureGap(long answered) {
        long paused = memory.getLong(PAUSED);
        long gap = answered - memory.getLong(LAST_ANSWER) - (paused - pausedBefore);
        if (samples() > 0 && gap > memory.getLong(LARGEST_GAP)) {
            memory.putLong(LARGEST_GAP, gap);
            memory.putLong(LARGEST_GAP_END, answered);
        }
        pausedBefore = paused;
        memory.putLong(LAST_ANSWER, answered);
    }

    /** Of the wall clock against the monotonic one, as this process sees them. */
    void recordWallClock() {
        memory.putLong(WALL_CLOCK, wallClockMillis());
    }

    /** How much that process sees another wall clock than this one. */
    Duration wallClockError() {
        return Duration.ofMillis(memory.getLong(WALL_CLOCK) - wallClockMillis());
    }

    private static long wallClockMillis() {
        return System.currentTimeMillis() - System.nanoTime() / 1_000_000;
    }

    boolean isOpen() {
        return memory.getLong(OPEN_SINCE) != 0;
    }

    /** Whether its last answer was true, and is not older than this. */
    boolean isTrueSince(long time) {
        return isOpen() && memory.getLong(LAST_TRUE) - time > 0;
    }

    long samples() {
        return memory.getLong(SAMPLES);
    }

    /** For so long nothing could be answered. Told before it can be answered again. */
    void addPause(long nanos) {
        memory.putLong(PAUSED, memory.getLong(PAUSED) + nanos);
    }

    /** What is not answered from now on is no gap: the process will be killed. */
    void end() {
        endedAt = System.nanoTime();
    }

    /** The longest one from the first answer until now, or until the end. */
    Gap largestGap() {
        long until = endedAt == 0 ? System.nanoTime() : endedAt;
        long unfinished = samples() == 0 ? 0 : until - memory.getLong(LAST_ANSWER);
        return unfinished > memory.getLong(LARGEST_GAP)
                ? new Gap(member, Duration.ofNanos(unfinished), until)
                : new Gap(member, Duration.ofNanos(memory.getLong(LARGEST_GAP)), memory.getLong(LARGEST_GAP_END));
    }

    List<Interval> intervals() {
        List<Interval> found = new ArrayList<>();
        for (int i = 0; i < memory.getLong(CLOSED); i++) {
            found.add(new Interval(member, memory.getLong(INTERVALS + 16 * i), memory.getLong(INTERVALS + 16 * i + 8)));
        }
        if (isOpen()) {
            found.add(new Interval(member, memory.getLong(OPEN_SINCE), memory.getLong(LAST_TRUE)));
        }
        return found;
    }
}
