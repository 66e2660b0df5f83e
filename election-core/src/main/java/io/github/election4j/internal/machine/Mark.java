package io.github.election4j.internal.machine;

import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn.Compare;

/**
 * P7: the mark as it was in one revision.
 *
 * @param text its value to the letter, which guards what is put in its place; empty if it is absent
 * @param value what of it can be true
 * @param modRevision the revision in which it was written, 0 if it is absent
 */
record Mark(String text, MarkValue value, long modRevision) {
    /** As which bytes are read that are no text. */
    private static final char NO_TEXT = '\uFFFD';

    static final Mark ABSENT = new Mark("", MarkValue.NOTHING, 0);

    static Mark of(KeyValue found) {
        return new Mark(found.value(), MarkValue.parse(found.value()).asOf(found.modRevision()), found.modRevision());
    }

    static Mark written(MarkValue value, long revision) {
        return new Mark(value.text(), value, revision);
    }

    /** It is there no more; its words stay true. */
    Mark gone() {
        return new Mark("", new MarkValue(0, value.released(), value.stopped()), 0);
    }

    boolean absent() {
        return modRevision == 0;
    }

    /**
     * By value, so that many who write the same are in nobody's way; the words that are joined are of this value. What
     * was no text cannot be told by what it was read as: nobody of ours has written it, so that many are not to be
     * expected.
     */
    Compare guard(String key) {
        if (absent()) {
            return Compare.created(key, 0);
        }
        return text.indexOf(NO_TEXT) < 0 ? Compare.holds(key, text) : Compare.modified(key, modRevision);
    }
}
