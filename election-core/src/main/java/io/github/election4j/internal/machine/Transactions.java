package io.github.election4j.internal.machine;

import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.EvictionValue;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.internal.wire.OrderValue;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.Txn.Compare;
import io.github.election4j.spi.Txn.Delete;
import io.github.election4j.spi.Txn.Get;
import io.github.election4j.spi.Txn.Op;
import io.github.election4j.spi.Txn.Put;
import io.github.election4j.spi.Txn.Range;
import io.github.election4j.spi.Txn.Swap;
import io.github.election4j.spi.TxnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every write and read of the protocol, with its guards; and what its reply says, beside it. */
public final class Transactions {
    private Transactions() {}

    /**
     * {@return a linearizable read of the queue, the mark, and what else is beside it (P3)}
     *
     * @param keys where the election keeps what
     */
    public static Txn read(ElectionKeys keys) {
        return new Txn(List.of(), List.of(new Range(keys.range())), List.of());
    }

    /**
     * {@return a read of the queue alone}
     *
     * @param keys where the election keeps what
     */
    public static Txn readQueue(ElectionKeys keys) {
        return new Txn(List.of(), List.of(new Range(KeyRange.prefix(keys.prefix()))), List.of());
    }

    /**
     * T2 (P2): puts the candidate's key and joins the mark, guarded by the value that is joined. Who is evicted does
     * not enter, whatever its view has told so far.
     */
    static Txn enter(ElectionKeys keys, String key, CandidateValue value, long lease, Mark mark, MarkValue joined) {
        Op range = new Range(keys.range());
        return new Txn(
                List.of(
                        Compare.created(key, 0),
                        mark.guard(keys.mark()),
                        Compare.created(keys.eviction(value.id()), 0)),
                List.of(range, new Put(keys.mark(), joined.text(), 0), new Put(key, value.text(), lease)),
                List.of(range));
    }

    /** P2: reads a key whose entry has an unknown outcome. */
    static Txn ask(String key) {
        return new Txn(List.of(), List.of(new Get(key)), List.of());
    }

    /**
     * {@return the deletion of a key in exactly this create revision, without a word (P2, H5)}
     *
     * @param key the key
     * @param createRevision its create revision
     */
    public static Txn remove(String key, long createRevision) {
        return new Txn(List.of(Compare.created(key, createRevision)), List.of(new Delete(key)), List.of(new Get(key)));
    }

    /** T1 (P4): proves that every covered place stands; whoever wrote the beat before is told. */
    static Txn beat(String beat, String nonce, long lease, Map<String, Long> covered) {
        List<Compare> compares = new ArrayList<>();
        List<Op> orElse = new ArrayList<>();
        covered.forEach((key, createRevision) -> {
            compares.add(Compare.created(key, createRevision));
            orElse.add(new Get(key));
        });
        return new Txn(compares, List.of(new Swap(beat, nonce, lease)), orElse);
    }

    /** P7: reads a beat as it was in a revision. */
    static Txn past(String beat, long revision) {
        return new Txn(List.of(), List.of(new Get(beat, revision)), List.of());
    }

    /** T3 (P8): the word and the deletion in one revision. */
    static Txn retire(ElectionKeys keys, Candidacy own, Mark mark, MarkValue joined, List<Op> journal) {
        List<Op> then = new ArrayList<>(List.of(new Put(keys.mark(), joined.text(), 0), new Delete(own.key())));
        then.addAll(journal);
        return new Txn(
                List.of(Compare.created(own.key(), own.createRevision()), mark.guard(keys.mark())),
                then,
                List.of(new Get(own.key()), new Get(keys.mark())));
    }

    /**
     * T3 that hands over to a chosen one (P8): deletes those ahead of it too. They have waited behind this place, so
     * none of them ever led, and the word for the last of them is true of all.
     */
    static Txn transfer(
            ElectionKeys keys, Candidacy own, Successors.Choice choice, Mark mark, MarkValue joined, List<Op> journal) {
        List<Compare> compares = new ArrayList<>();
        compares.add(Compare.created(own.key(), own.createRevision()));
        compares.add(mark.guard(keys.mark()));
        compares.add(Compare.created(choice.chosen().key(), choice.chosen().createRevision()));
        List<Op> then = new ArrayList<>();
        then.add(new Put(keys.mark(), joined.text(), 0));
        choice.ahead().forEach(each -> {
            compares.add(Compare.created(each.key(), each.createRevision()));
            then.add(new Delete(each.key()));
        });
        then.add(new Delete(own.key()));
        then.addAll(journal);
        return new Txn(compares, then, List.of(new Get(own.key()), new Get(keys.mark())));
    }

    /** A term in the journal, and the end of those that are too old for it. */
    static Txn journal(List<Compare> guards, Put entry, List<String> old) {
        List<Op> then = new ArrayList<>(List.of(entry));
        old.forEach(each -> then.add(new Delete(each)));
        return new Txn(guards, then, List.of());
    }

    /** T3 without a word: of a place that was never first nobody needs one. */
    static Txn withdraw(ElectionKeys keys, Candidacy own) {
        return new Txn(
                List.of(Compare.created(own.key(), own.createRevision())),
                List.of(new Delete(own.key())),
                List.of(new Get(own.key()), new Get(keys.mark())));
    }

    /** T4: the last one takes the mark along; whoever entered since it was seen has written it. */
    static Txn last(ElectionKeys keys, Candidacy own, Mark mark, List<Op> journal) {
        List<Op> then = new ArrayList<>(List.of(new Delete(own.key()), new Delete(keys.mark())));
        then.addAll(journal);
        return new Txn(
                List.of(
                        Compare.created(own.key(), own.createRevision()),
                        Compare.modified(keys.mark(), mark.modRevision())),
                then,
                List.of(new Get(own.key()), new Get(keys.mark())));
    }

    /** T3 (P12): deletes the key of a silent leader with its word, if its beat has not moved. */
    static Txn takeOver(ElectionKeys keys, Place silent, String beat, long beatRevision, Mark mark, MarkValue joined) {
        return new Txn(
                List.of(
                        Compare.created(silent.key(), silent.createRevision()),
                        mark.guard(keys.mark()),
                        Compare.modified(beat, beatRevision)),
                List.of(new Put(keys.mark(), joined.text(), 0), new Delete(silent.key())),
                List.of(new Get(silent.key()), new Get(keys.mark()), new Get(beat)));
    }

    /**
     * T3 (P10): deletes exactly this candidacy, with the word that it has stopped; without one where no mark is. Of one
     * that has led, as the journal tells, the word is that of a release: it began when nobody before it was valid.
     *
     * @param keys where the election keeps what
     * @param dead the candidacy
     * @param range the range as it was read
     * @return the transaction
     */
    public static Txn clear(ElectionKeys keys, KeyValue dead, List<KeyValue> range) {
        Mark mark = range.stream()
                .filter(each -> each.key().equals(keys.mark()))
                .findFirst()
                .map(Mark::of)
                .orElse(Mark.ABSENT);
        Compare sameCandidacy = Compare.created(dead.key(), dead.createRevision());
        if (mark.absent()) {
            return new Txn(List.of(sameCandidacy, mark.guard(keys.mark())), List.of(new Delete(dead.key())), List.of());
        }
        boolean led = range.stream().anyMatch(each -> TermJournal.tells(each, dead, keys));
        MarkValue joined = led
                ? mark.value().withReleased(dead.createRevision())
                : mark.value().withStopped(List.of(dead.createRevision()));
        return new Txn(
                List.of(sameCandidacy, mark.guard(keys.mark())),
                List.of(new Put(keys.mark(), joined.text(), 0), new Delete(dead.key())),
                List.of());
    }

    /**
     * {@return an eviction that lasts, and a read of what was there before}
     *
     * @param keys where the election keeps what
     * @param id whom to evict
     * @param value what it says
     * @param lease what ends it, 0 for nothing
     */
    public static Txn evict(ElectionKeys keys, String id, EvictionValue value, long lease) {
        return new Txn(
                List.of(),
                List.of(new Range(keys.range()), new Put(keys.eviction(id), value.text(), lease)),
                List.of());
    }

    /**
     * {@return the end of an eviction that lasts, and what it was; it succeeds if there is none}
     *
     * @param keys where the election keeps what
     * @param id who was evicted
     */
    public static Txn cancelEviction(ElectionKeys keys, String id) {
        String eviction = keys.eviction(id);
        return new Txn(
                List.of(Compare.created(eviction, 0)), List.of(), List.of(new Get(eviction), new Delete(eviction)));
    }

    /**
     * {@return an order for the holder of a place, unless it is gone or another order has come before}
     *
     * @param key the key of the order
     * @param before the revision of what was read there, 0 for nothing
     * @param place the key of the place
     * @param asked what is asked
     * @param lease what ends it if nobody does
     */
    public static Txn order(String key, long before, String place, OrderValue.Asked asked, long lease) {
        return new Txn(
                List.of(Compare.modified(key, before), Compare.created(place, asked.place())),
                List.of(new Put(key, asked.text(), lease)),
                List.of());
    }

    /** The answer to an order, if that stands still; it goes when the order would have gone. */
    static Txn answer(Order order, OrderValue.Answered answer) {
        return new Txn(
                List.of(Compare.modified(order.key(), order.revision())),
                List.of(new Put(order.key(), answer.text(), order.lease())),
                List.of());
    }

    /**
     * {@return the end of an order, or of its answer; if that is not what stands there, a read of what does}
     *
     * @param key the key of the order
     * @param revision the revision in which it was put
     */
    public static Txn withdraw(String key, long revision) {
        return new Txn(List.of(Compare.modified(key, revision)), List.of(new Delete(key)), List.of(new Get(key)));
    }

    /** T5 and its like (P7): writes the mark while a place of one's own stands, unless it has changed since. */
    static Txn mark(ElectionKeys keys, Candidacy own, Mark mark, MarkValue joined) {
        Compare unchanged =
                mark.absent() ? Compare.created(keys.mark(), 0) : Compare.modified(keys.mark(), mark.modRevision());
        return new Txn(
                List.of(unchanged, Compare.created(own.key(), own.createRevision())),
                List.of(new Put(keys.mark(), joined.text(), 0)),
                List.of(new Get(keys.mark())));
    }

    /**
     * {@return what an operation found}
     *
     * @param result the result of the transaction
     * @param index which operation
     */
    public static List<KeyValue> found(TxnResult result, int index) {
        return ((TxnResult.Found) result.ops().get(index)).keyValues();
    }

    /** What a read of one key found. */
    static Optional<KeyValue> one(TxnResult result, int index) {
        return found(result, index).stream().findFirst();
    }

    /** The create revision of what a read of one key found, 0 for nothing. */
    static long created(TxnResult result, int index) {
        return one(result, index).map(KeyValue::createRevision).orElse(0L);
    }
}
