package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.internal.wire.TermValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** P10, on the store: the other transactions are tested by what the machines do with them. */
class TransactionsTests {
    private static final ElectionKeys KEYS = new ElectionKeys("/e");
    private static final String PLACE = "/e/7";

    private final ModelStore store = new ModelStore(() -> {});

    @Test
    void clearSaysTheWordAndDeletesInOneRevision() {
        store.put("/elsewhere", "so that there is a past");
        store.put("/elsewhere", "of which words can be");
        store.put(KEYS.mark(), new MarkValue(8_000, 1, List.of(2L)).text());
        KeyValue dead = put();
        long before = store.revision();

        assertThat(store.commit(clear(dead)).succeeded()).isTrue();

        assertThat(store.revision()).isEqualTo(before + 1);
        assertThat(store.get(PLACE)).isNull();
        assertThat(mark()).isEqualTo(new MarkValue(8_000, 1, List.of(2L, dead.createRevision())));
    }

    @Test
    void clearJustDeletesWhereThereIsNoMark() {
        KeyValue dead = put();

        assertThat(store.commit(clear(dead)).succeeded()).isTrue();

        assertThat(store.range("/e")).isEmpty();
    }

    @Test
    void clearFailsIfTheMarkHasMovedSinceItWasRead() {
        KeyValue dead = put();
        Txn early = clear(dead);
        store.put(KEYS.mark(), new MarkValue(8_000, 1, List.of()).text());
        Txn late = clear(dead);
        store.put(KEYS.mark(), new MarkValue(9_000, 1, List.of()).text());

        assertThat(store.commit(early).succeeded()).isFalse();
        assertThat(store.commit(late).succeeded()).isFalse();
        assertThat(store.get(PLACE)).isEqualTo(dead);
    }

    @Test
    void clearTouchesNothingThatCameAfterIt() {
        store.put(KEYS.mark(), new MarkValue(8_000, 0, List.of()).text());
        Txn clear = clear(put());
        store.delete(PLACE);
        KeyValue next = put();

        assertThat(store.commit(clear).succeeded()).isFalse();

        assertThat(store.get(PLACE)).isEqualTo(next);
        assertThat(mark().stopped()).isEmpty();
    }

    /** Whoever has just come would else wait for those who were valid before the queue was read. */
    @Test
    void clearingOneThatHasLedTellsThatNobodyBeforeItIsValid() {
        store.put(KEYS.mark(), new MarkValue(8_000, 0, List.of()).text());
        KeyValue dead = put();
        putTerm(dead.createRevision(), "dead", dead.createRevision());

        assertThat(store.commit(clear(dead)).succeeded()).isTrue();

        assertThat(mark().released()).isEqualTo(dead.createRevision());
        assertThat(mark().stopped()).isEmpty();
    }

    /** As of a history that was lost, whose revisions have come again. */
    @Test
    void anEntryOfAnotherPlaceTellsNothingOfThisOne() {
        store.put(KEYS.mark(), new MarkValue(8_000, 0, List.of()).text());
        long next = store.revision() + 2;
        putTerm(next, "dead", next);
        KeyValue dead = put();
        assertThat(dead.createRevision()).isEqualTo(next);

        assertThat(store.commit(clear(dead)).succeeded()).isTrue();

        assertThat(mark().stopped()).containsExactly(next);
    }

    @Test
    void anEntryThatSaysElseTellsNothing() {
        store.put(KEYS.mark(), new MarkValue(8_000, 0, List.of()).text());
        KeyValue dead = put();
        putTerm(dead.createRevision(), "other", dead.createRevision());
        putTerm(dead.createRevision() + 1, "dead", dead.createRevision());
        assertThat(store.commit(clear(dead)).succeeded()).isTrue();
        assertThat(mark().released()).isZero();

        KeyValue next = put();
        putTerm(next.createRevision(), "dead", dead.createRevision());
        assertThat(store.commit(clear(next)).succeeded()).isTrue();
        assertThat(mark().released()).isZero();
    }

    @Test
    void removeDeletesExactlyThisPlace() {
        KeyValue place = put();

        assertThat(store.commit(Transactions.remove(PLACE, place.createRevision() + 1))
                        .succeeded())
                .isFalse();
        assertThat(store.commit(Transactions.remove(PLACE, place.createRevision()))
                        .succeeded())
                .isTrue();
        assertThat(store.get(PLACE)).isNull();
    }

    private Txn clear(KeyValue dead) {
        return Transactions.clear(KEYS, dead, store.range(KEYS.range()));
    }

    private void putTerm(long key, String id, long token) {
        store.put(KEYS.term(key), new TermValue(id, "", token, 1, 0, null, "").text());
    }

    private MarkValue mark() {
        return MarkValue.parse(Objects.requireNonNull(store.get(KEYS.mark())).value());
    }

    private KeyValue put() {
        store.put(PLACE, Scenario.value("dead", 8_000));
        return Objects.requireNonNull(store.get(PLACE));
    }
}
