package io.github.election4j.internal.machine;

import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.Txn.Compare;
import io.github.election4j.spi.Txn.Delete;
import io.github.election4j.spi.Txn.Get;
import io.github.election4j.spi.Txn.Op;
import io.github.election4j.spi.Txn.Put;
import io.github.election4j.spi.Txn.Range;
import io.github.election4j.spi.TxnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Every write and read of the protocol, with its guards. */
public final class Transactions {
    /** Anything else under the prefix belongs to another election whose key starts with ours. */
    private static final Pattern LEASE = Pattern.compile("[0-9a-f]+");

    private Transactions() {}

    /**
     * Tells a candidate's key, {@code prefix + lease in hex}, from others under the prefix.
     *
     * @param prefix the prefix of the election
     * @param key any key
     * @return whether it is a candidate's
     */
    public static boolean isCandidate(String prefix, String key) {
        return key.startsWith(prefix)
                && LEASE.matcher(key.substring(prefix.length())).matches();
    }

    /**
     * {@return a linearizable read of the queue}
     *
     * @param prefix the prefix of the election
     */
    public static Txn readQueue(String prefix) {
        return new Txn(List.of(), List.of(new Range(prefix)), List.of());
    }

    /** P3, P7: the queue and, unless refused, the mark. */
    static Txn readQueue(String prefix, Mark mark) {
        List<Op> reads = mark.denied() ? List.of(new Range(prefix)) : List.of(new Range(prefix), new Get(mark.key()));
        return new Txn(List.of(), reads, List.of());
    }

    /**
     * P2: idempotent under one lease. The mark is guarded by its revision, so that it never shrinks, and written even
     * if it stays the same, so that nobody removes it who has not seen this member enter.
     */
    static Txn enter(String prefix, String key, CandidateValue value, long leaseId, Mark mark) {
        List<Compare> compares = new ArrayList<>(List.of(Compare.created(key, 0)));
        List<Op> then = new ArrayList<>();
        List<Op> orElse = new ArrayList<>(List.of(new Get(key)));
        if (!mark.denied()) {
            compares.add(Compare.modified(mark.key(), mark.revision()));
            then.add(new Range(prefix));
            then.add(new Put(mark.key(), Long.toString(mark.validityWith(value.validityMillis())), 0));
            orElse.add(new Get(mark.key()));
        }
        then.add(new Put(key, value.text(), leaseId));
        return new Txn(compares, then, orElse);
    }

    /** Whether an enter of unknown outcome took effect. */
    static Txn ask(String key) {
        return new Txn(List.of(), List.of(new Get(key)), List.of());
    }

    /** P4: proves that the key still exists; the mod revision keeps a late one from undoing a release. */
    static Txn heartbeat(Place place, CandidateValue value) {
        return new Txn(
                List.of(
                        Compare.created(place.key(), place.createRevision()),
                        Compare.modified(place.key(), place.modRevision())),
                List.of(new Put(place.key(), value.text(), place.leaseId())),
                List.of(new Get(place.key())));
    }

    /** P8: the word of the holder that it has stopped. */
    static Txn release(Place place, CandidateValue value) {
        return new Txn(
                List.of(Compare.created(place.key(), place.createRevision())),
                List.of(new Put(
                        place.key(), value.withState(CandidateState.RELEASED).text(), place.leaseId())),
                List.of());
    }

    /** P8: leaves the queue. */
    static Txn delete(Place place) {
        return new Txn(
                List.of(Compare.created(place.key(), place.createRevision())),
                List.of(new Delete(place.key())),
                List.of());
    }

    /** P7: removes the mark, unless somebody has entered since it was read. */
    static Txn removeMark(Mark mark) {
        return new Txn(
                List.of(Compare.modified(mark.key(), mark.revision())), List.of(new Delete(mark.key())), List.of());
    }

    /**
     * P10: clears exactly the candidacy that was read, and nothing that came after it.
     *
     * <p>{@code released} tells the others that every leader before this one has stopped. Only the member itself can
     * know that, so it is written in its name only where its value says {@code leading}; otherwise the key is just
     * deleted.
     *
     * @param found the candidacy
     * @return the transactions to commit one after the other
     */
    public static List<Txn> clear(KeyValue found) {
        CandidateValue value = CandidateValue.parse(found.value());
        Compare sameCandidacy = Compare.created(found.key(), found.createRevision());
        List<Txn> steps = new ArrayList<>();
        if (value.state() == CandidateState.LEADING) {
            String released = value.withState(CandidateState.RELEASED).text();
            steps.add(
                    new Txn(List.of(sameCandidacy), List.of(new Put(found.key(), released, found.lease())), List.of()));
        }
        steps.add(new Txn(List.of(sameCandidacy), List.of(new Delete(found.key())), List.of()));
        return steps;
    }

    /**
     * Reads what an operation found.
     *
     * @param result the result of the transaction
     * @param index which operation
     * @return what it found
     */
    public static List<KeyValue> found(TxnResult result, int index) {
        return ((TxnResult.Found) result.ops().get(index)).keyValues();
    }
}
