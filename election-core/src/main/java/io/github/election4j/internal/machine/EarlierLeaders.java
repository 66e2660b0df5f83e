package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyValue;
import java.util.List;

/** P7: who may have led, and still be valid, before the queue was read. */
final class EarlierLeaders {
    private final ElectionKeys keys;
    private final ElectionMemory memory;
    private final View view;

    EarlierLeaders(ElectionKeys keys, ElectionMemory memory, View view) {
        this.keys = keys;
        this.memory = memory;
        this.view = view;
    }

    /**
     * A claim for them, as long as the mark, whoever stands and what is known of this election ask for (H3). The word
     * ends it that nobody is valid before one that stood then or came later.
     */
    Claims.Entry claim(List<KeyValue> range, long revision, long now) {
        long longest = Math.max(
                memory.longestValidityMillis(), view.markIn(range).value().validityMillis());
        long first = revision + 1;
        for (KeyValue each : range) {
            if (keys.isPlace(each.key())) {
                longest = Math.max(longest, Place.of(each).value().validityMillis());
                first = Math.min(first, each.createRevision());
            }
        }
        memory.knows(longest);
        return new Claims.Entry(first, now + Timing.waitNanos(longest));
    }
}
