package io.github.election4j.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process answered, in a file that is mapped into memory, so that it survives the process. Times are of the
 * monotonic clock that all processes of a host share.
 */
final class Recording {
    private static final int MOST_INTERVALS = 10_000;
    private static final int SAMPLES = 0;
    private static final int OPEN_SINCE = 8;
    private static final int LAST_TRUE = 16;
    private static final int CLOSED = 24;
    private static final int INTERVALS = 32;

    private final String member;
    private final ByteBuffer memory;
    private boolean open;

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

    /** Records an answer that was asked for at one time and was there at another. */
    void record(boolean answer, long asked, long answered) {
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

    boolean isOpen() {
        return memory.getLong(OPEN_SINCE) != 0;
    }

    long samples() {
        return memory.getLong(SAMPLES);
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
