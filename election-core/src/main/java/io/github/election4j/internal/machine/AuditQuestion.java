package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn.Get;
import io.github.election4j.spi.Txn.Op;
import io.github.election4j.spi.Txn.Range;
import io.github.election4j.spi.TxnResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * P6: does what this member sees stand in the store? A watch that has fallen silent, or has lost a deletion, does not
 * tell that itself. The questions of many elections share a read.
 *
 * @param keys where the election keeps what
 * @param head who is seen to be first, null for nobody
 * @param own this member's own place, null for none
 * @param mark the revision of the mark as it is seen, 0 for absent: whoever enters writes it
 * @param eviction this member's eviction, and whether it is seen: one whose end is missed would keep it out for ever
 */
public record AuditQuestion(
        ElectionKeys keys, @Nullable Seen head, @Nullable Seen own, long mark, Presence eviction) {
    /**
     * A place that is seen.
     *
     * @param key its key
     * @param createRevision its create revision
     */
    public record Seen(String key, long createRevision) {
        boolean stands(TxnResult result, int index) {
            return Transactions.created(result, index) == createRevision;
        }
    }

    /**
     * Whether a key is seen.
     *
     * @param key the key
     * @param seen whether it is
     */
    public record Presence(String key, boolean seen) {
        boolean agrees(TxnResult result, int index) {
            return Transactions.one(result, index).isPresent() == seen;
        }
    }

    /** {@return the reads that answer it} */
    public List<Op> reads() {
        List<Op> reads = new ArrayList<>();
        reads.add(head == null ? new Range(keys.range()) : new Get(head.key()));
        reads.add(new Get(keys.mark()));
        reads.add(new Get(eviction.key()));
        if (own != null) {
            reads.add(new Get(own.key()));
        }
        return reads;
    }

    /**
     * {@return whether the store has what is seen; a mark too, where a place of our own stands}
     *
     * @param result the result of a read
     * @param from where the answers to this question begin
     */
    public boolean agrees(TxnResult result, int from) {
        boolean sameHead = head == null
                ? Transactions.found(result, from).stream().noneMatch(each -> keys.isPlace(each.key()))
                : head.stands(result, from);
        long markFound =
                Transactions.one(result, from + 1).map(KeyValue::modRevision).orElse(0L);
        boolean ownStands = own == null || (own.stands(result, from + 3) && markFound != 0);
        return sameHead && markFound == mark && ownStands && eviction.agrees(result, from + 2);
    }
}
