package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.AuditQuestion.Presence;
import io.github.election4j.internal.machine.AuditQuestion.Seen;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn.Get;
import io.github.election4j.spi.Txn.Range;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P6. */
class AuditQuestionTests {
    private static final ElectionKeys KEYS = new ElectionKeys(World.KEY);
    private static final Seen OWN = new Seen(Parts.KEY, Parts.PLACE);
    private static final Seen HEAD = new Seen("/e/7", 3);
    private static final Presence NOT_EVICTED = new Presence(KEYS.eviction("a"), false);
    private static final Get EVICTION = new Get(KEYS.eviction("a"));
    private static final KeyValue MARK = Parts.mark(6, MarkValue.NOTHING);

    @Test
    void readsTheRangeWhereNobodyIsSeen() {
        assertThat(new AuditQuestion(KEYS, null, null, 0, NOT_EVICTED).reads())
                .containsExactly(new Range(KEYS.range()), new Get(World.MARK), EVICTION);
    }

    @Test
    void readsTheFirstAndTheMarkAndTheOwnPlace() {
        assertThat(new AuditQuestion(KEYS, HEAD, OWN, 6, NOT_EVICTED).reads())
                .containsExactly(new Get("/e/7"), new Get(World.MARK), EVICTION, new Get(Parts.KEY));
    }

    /** The mark and what is kept beside the queue are no places. */
    @Test
    void anEmptyQueueAgreesWithARangeThatHoldsNoPlace() {
        AuditQuestion question = new AuditQuestion(KEYS, null, null, 6, NOT_EVICTED);
        KeyValue beside = new KeyValue("/e/a/1", "x", 4, 4, 0);

        assertThat(question.agrees(found(List.of(List.of(MARK, beside), List.of(MARK), List.of())), 0))
                .isTrue();
        assertThat(question.agrees(found(List.of(List.of(MARK, Parts.place("7", 3)), List.of(MARK), List.of())), 0))
                .isFalse();
    }

    @Test
    void theFirstIsItsKeyInItsCreateRevision() {
        AuditQuestion question = new AuditQuestion(KEYS, HEAD, null, 6, NOT_EVICTED);

        assertThat(question.agrees(found(List.of(List.of(Parts.place("7", 3)), List.of(MARK), List.of())), 0))
                .isTrue();
        assertThat(question.agrees(found(List.of(List.of(Parts.place("7", 4)), List.of(MARK), List.of())), 0))
                .isFalse();
        assertThat(question.agrees(found(List.of(List.of(), List.of(MARK), List.of())), 0))
                .isFalse();
    }

    @Test
    void theMarkIsTheRevisionInWhichItWasWritten() {
        KeyValue place = Parts.place("7", 3);

        assertThat(new AuditQuestion(KEYS, HEAD, null, 5, NOT_EVICTED)
                        .agrees(found(List.of(List.of(place), List.of(MARK), List.of())), 0))
                .isFalse();
        assertThat(new AuditQuestion(KEYS, HEAD, null, 6, NOT_EVICTED)
                        .agrees(found(List.of(List.of(place), List.of(), List.of())), 0))
                .isFalse();
        assertThat(new AuditQuestion(KEYS, HEAD, null, 0, NOT_EVICTED)
                        .agrees(found(List.of(List.of(place), List.of(), List.of())), 0))
                .isTrue();
    }

    @Test
    void theOwnPlaceStandsWithAMarkOnly() {
        List<KeyValue> own = List.of(Parts.place("a1", Parts.PLACE));

        assertThat(new AuditQuestion(KEYS, OWN, OWN, 6, NOT_EVICTED)
                        .agrees(found(List.of(own, List.of(MARK), List.of(), own)), 0))
                .isTrue();
        assertThat(new AuditQuestion(KEYS, OWN, OWN, 6, NOT_EVICTED)
                        .agrees(found(List.of(own, List.of(MARK), List.of(), List.of())), 0))
                .isFalse();
        assertThat(new AuditQuestion(KEYS, OWN, OWN, 0, NOT_EVICTED)
                        .agrees(found(List.of(own, List.of(), List.of(), own)), 0))
                .as("whoever stands has to write it again")
                .isFalse();
    }

    @Test
    void anEvictionIsSeenWhereItIsThereAndNowhereElse() {
        List<KeyValue> there = List.of(new KeyValue(EVICTION.key(), "", 4, 4, 0));
        AuditQuestion evicted = new AuditQuestion(KEYS, null, null, 6, new Presence(EVICTION.key(), true));
        AuditQuestion free = new AuditQuestion(KEYS, null, null, 6, NOT_EVICTED);

        assertThat(evicted.agrees(found(List.of(List.of(), List.of(MARK), there)), 0))
                .isTrue();
        assertThat(evicted.agrees(found(List.of(List.of(), List.of(MARK), List.of())), 0))
                .isFalse();
        assertThat(free.agrees(found(List.of(List.of(), List.of(MARK), there)), 0))
                .isFalse();
    }

    @Test
    void theAnswersBeginWhereItsReadsDo() {
        AuditQuestion question = new AuditQuestion(KEYS, HEAD, OWN, 6, NOT_EVICTED);
        List<KeyValue> own = List.of(Parts.place("a1", Parts.PLACE));

        assertThat(question.agrees(
                        found(List.of(List.of(), List.of(Parts.place("7", 3)), List.of(MARK), List.of(), own)), 1))
                .isTrue();
    }

    private static TxnResult found(List<List<KeyValue>> reads) {
        return new TxnResult(
                true,
                9,
                reads.stream().<TxnResult.OpResult>map(TxnResult.Found::new).toList(),
                1);
    }
}
