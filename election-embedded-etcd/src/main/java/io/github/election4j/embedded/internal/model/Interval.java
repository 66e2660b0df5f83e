package io.github.election4j.embedded.internal.model;

import com.google.protobuf.ByteString;
import java.util.Comparator;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a request means: one, those up to an end, or all from one on.
 *
 * @param from the first
 * @param end the first that is not meant; null for none
 * @param single whether only {@code from} is meant
 */
record Interval(ByteString from, @Nullable ByteString end, boolean single) {
    /** Of bytes, as etcd orders keys. */
    static final Comparator<ByteString> ORDER = ByteString.unsignedLexicographicalComparator();

    /** By etcd's convention: no end for one key, a zero byte for all that follow. */
    static Interval of(ByteString key, ByteString rangeEnd) {
        if (rangeEnd.isEmpty()) {
            return new Interval(key, null, true);
        }
        boolean open = rangeEnd.size() == 1 && rangeEnd.byteAt(0) == 0;
        return new Interval(key, open ? null : rangeEnd, false);
    }

    boolean contains(ByteString key) {
        if (single) {
            return from.equals(key);
        }
        return ORDER.compare(from, key) <= 0 && (end == null || ORDER.compare(key, end) < 0);
    }

    boolean isEmpty() {
        return end != null && ORDER.compare(from, end) >= 0;
    }

    /** What of a map lies within; a view. */
    <V> NavigableMap<ByteString, V> in(NavigableMap<ByteString, V> map) {
        if (single) {
            return map.subMap(from, true, from, true);
        }
        if (isEmpty()) {
            return map.subMap(from, false, from, false);
        }
        return end == null ? map.tailMap(from, true) : map.subMap(from, true, end, false);
    }
}
