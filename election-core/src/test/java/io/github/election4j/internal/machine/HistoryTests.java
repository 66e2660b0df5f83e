package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.History.Verdict;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P13. */
class HistoryTests {
    private static final Txn READ = new Txn(List.of(), List.of(new Txn.Get("k")), List.of());
    private static final Txn WRITE = new Txn(List.of(), List.of(new Txn.Put("k", "v", 0)), List.of());

    private final History history = new History();

    @Test
    void goesOnWhileRevisionsDoNotGoBack() {
        assertThat(answered(0, READ, 5, 1)).isEqualTo(Verdict.SAME);
        assertThat(answered(5, WRITE, 6, 1)).isEqualTo(Verdict.SAME);
        assertThat(answered(6, READ, 6, 1)).isEqualTo(Verdict.SAME);

        assertThat(history.known()).isEqualTo(6);
    }

    /** Its guard has failed, and nothing was written. */
    @Test
    void goesOnWhereAWriteHasFoundTheSameRevision() {
        history.watched(6);

        assertThat(answered(6, WRITE, 6, 1)).isEqualTo(Verdict.SAME);
    }

    /** Answers may overtake each other. */
    @Test
    void isJudgedByWhatWasKnownWhenTheRequestWasSent() {
        history.watched(9);

        assertThat(answered(5, WRITE, 7, 1)).isEqualTo(Verdict.SAME);
        assertThat(history.known()).isEqualTo(9);
    }

    @Test
    void isInDoubtWhereAReadHasGoneBack() {
        history.watched(9);

        assertThat(answered(9, READ, 8, 1)).isEqualTo(Verdict.DOUBTFUL);
        assertThat(history.known()).isEqualTo(9);
    }

    @Test
    void isLostWhereAWriteHasGoneBack() {
        history.watched(9);

        assertThat(answered(9, WRITE, 8, 1)).isEqualTo(Verdict.LOST);
        assertThat(history.known()).as("of the other one").isEqualTo(8);
    }

    @Test
    void isLostWhereTheClusterIsAnother() {
        answered(0, READ, 5, 1);

        assertThat(answered(5, READ, 6, 2)).isEqualTo(Verdict.LOST);
        assertThat(answered(6, READ, 6, 2)).as("with the other one").isEqualTo(Verdict.SAME);
    }

    @Test
    void goesOnWhereTheClusterIsNotTold() {
        answered(0, READ, 5, 1);

        assertThat(answered(5, READ, 6, 0)).isEqualTo(Verdict.SAME);
    }

    @Test
    void aWriteInAnyBranchCounts() {
        Txn nested =
                new Txn(List.of(), List.of(new Txn.Nested(new Txn(List.of(), List.of(), WRITE.then()))), List.of());

        assertThat(new History().answered(9, nested, result(8, 1))).isEqualTo(Verdict.LOST);
        assertThat(new History().answered(9, new Txn(List.of(), List.of(), WRITE.then()), result(8, 1)))
                .isEqualTo(Verdict.LOST);
        assertThat(new History()
                        .answered(9, new Txn(List.of(), List.of(new Txn.Nested(READ)), List.of()), result(8, 1)))
                .isEqualTo(Verdict.DOUBTFUL);
    }

    private Verdict answered(long knownWhenSent, Txn txn, long revision, long cluster) {
        return history.answered(knownWhenSent, txn, result(revision, cluster));
    }

    private static TxnResult result(long revision, long cluster) {
        return new TxnResult(true, revision, List.of(), cluster);
    }
}
