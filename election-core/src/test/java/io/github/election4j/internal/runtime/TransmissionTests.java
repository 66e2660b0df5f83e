package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What elections ask for in one turn of the loop shares a transaction, and each hears what became of its own. */
class TransmissionTests {
    private static final long TIMEOUT = Bench.TIMEOUT.toNanos();

    private final Bench bench = new Bench();
    private final SessionLoop session = new SessionLoop(bench.environment(), Bench.SETTINGS, lease -> {});
    private final Transmission transmission = new Transmission(bench.environment(), session);
    private final Map<Integer, String> answers = new TreeMap<>();

    @Test
    void whatIsAskedForInOneTurnSharesATransaction() {
        put(1, 2, 3);
        bench.settle();
        put(4, 5);
        bench.settle();

        assertThat(nested()).containsExactly(3, 2);
        assertThat(answers).hasSize(5);
    }

    @Test
    void whatIsAskedForAloneGoesAlone() {
        put(1);
        bench.settle();

        assertThat(bench.store().commits()).containsExactly(txn(1));
        assertThat(answers).containsEntry(1, "true at 2");
    }

    /** An inner result does not tell them itself. */
    @Test
    void eachIsToldOfItsOwnBranchTheRevisionAndTheCluster() {
        bench.store().model().put("/t/2", "somebody was quicker");
        TxnResult[] told = new TxnResult[1];
        put(1, 2);
        transmission.commit(txn(3), TIMEOUT, Answer.of(result -> told[0] = result, cause -> {}));
        bench.settle();

        assertThat(answers).containsEntry(1, "true at 3").containsEntry(2, "false at 3");
        assertThat(told[0].cluster()).isNotZero();
    }

    @Test
    void sharedTransactionsAreBounded() {
        put(IntStream.range(0, 100).toArray());
        bench.settle();

        assertThat(nested()).containsExactly(40, 40, 20);
        assertThat(answers).hasSize(100);
    }

    @Test
    void soManyAreUnderWayAtMost() {
        put(IntStream.range(0, 2_000).toArray());
        bench.loop().run();
        assertThat(bench.store().commits()).hasSize(32);

        bench.settle();

        assertThat(bench.store().commits()).hasSize(50);
        assertThat(answers).hasSize(2_000).containsEntry(1_999, "true at 51");
    }

    @Test
    void oneThatIsRefusedKeepsNoOtherFromBeingCommitted() {
        for (Kind kind : List.of(Kind.DENIED, Kind.REFUSED, Kind.LEASE_NOT_FOUND, Kind.COMPACTED)) {
            answers.clear();
            bench.store().commits().clear();
            bench.store().fail(kind, request -> request.contains("/t/5,"));
            put(IntStream.range(0, 8).toArray());
            bench.settle();
            bench.store().heal();

            assertThat(answers).as(kind.name()).hasSize(8).containsEntry(5, kind.name());
            assertThat(answers.values()).filteredOn(kind.name()::equals).hasSize(1);
            assertThat(bench.store().commits())
                    .as("halves find it in few steps")
                    .hasSize(7);
        }
    }

    /** Nothing is gained by asking again at once, and the load would be worse. */
    @Test
    void anOutageFailsAllAndNothingIsSplit() {
        for (Kind kind : List.of(Kind.UNAVAILABLE, Kind.BUSY)) {
            answers.clear();
            bench.store().commits().clear();
            bench.store().fail(kind, request -> request.contains("/t/5,"));
            put(IntStream.range(0, 8).toArray());
            bench.settle();

            assertThat(answers).hasSize(8);
            assertThat(answers.values()).containsOnly(kind.name());
            assertThat(bench.store().commits()).hasSize(1);
        }
    }

    @Test
    void whatMustNotBeLateGoesFirstAndAlone() {
        put(1, 2);
        transmission.commitAtOnce(txn(3), TIMEOUT, answer(3));
        bench.settle();

        assertThat(bench.store().commits()).hasSize(2).first().isEqualTo(txn(3));
        assertThat(answers).containsOnlyKeys(1, 2, 3);
    }

    @Test
    void whoseAnswerFailsKeepsNoOtherFromHearing() {
        try (LogCapture log = new LogCapture(SessionLoop.class)) {
            for (int round = 0; round < 40; round++) {
                transmission.commit(
                        txn(0),
                        TIMEOUT,
                        Answer.of(
                                result -> {
                                    throw new IllegalStateException("as the test says");
                                },
                                cause -> {}));
                put(2 * round + 1, 2 * round + 2);
                bench.settle();
            }
            assertThat(log.lines()).hasSize(40);
        }
        assertThat(answers).as("and it counts as ended").hasSize(80);
    }

    /** P13. */
    @Test
    void anAnswerToAWriteThatGoesBackIsNoneAndTellsThatTheHistoryIsLost() {
        put(1, 2);
        bench.settle();
        put(3);
        bench.settle();
        bench.store().model().beginAnew();

        try (LogCapture log = new LogCapture(SessionLoop.class)) {
            put(4, 5);
            bench.settle();

            assertThat(log.lines()).anyMatch(line -> line.contains("another history"));
        }
        assertThat(answers).containsEntry(4, "UNAVAILABLE").containsEntry(5, "UNAVAILABLE");
        put(6);
        bench.settle();
        assertThat(answers).as("in the history that is known from then on").containsEntry(6, "true at 3");
    }

    /** P13. It may come from a member of etcd that lags behind. */
    @Test
    void anAnswerToAReadThatGoesBackIsNone() {
        transmission.watched(100);

        try (LogCapture log = new LogCapture(SessionLoop.class)) {
            Txn read = new Txn(List.of(), List.of(new Txn.Get("/t/1")), List.of());
            transmission.commit(read, TIMEOUT, answer(1));
            bench.settle();

            assertThat(log.lines()).noneMatch(line -> line.contains("another history"));
        }
        assertThat(answers).containsEntry(1, "UNAVAILABLE");
    }

    /** P13: what was known when the answer comes may be newer than the answer; it was sent before. */
    @Test
    void anAnswerThatIsOvertakenIsFine() {
        put(1);
        bench.loop().run();
        transmission.watched(100);
        bench.settle();

        assertThat(answers).containsEntry(1, "true at 2");
    }

    private void put(int... numbers) {
        for (int number : numbers) {
            transmission.commit(txn(number), TIMEOUT, answer(number));
        }
    }

    private Answer answer(int number) {
        return Answer.of(
                result -> answers.put(number, result.succeeded() + " at " + result.revision()),
                (StoreException cause) -> answers.put(number, cause.kind().name()));
    }

    /** Puts a key that is not there. */
    private static Txn txn(int number) {
        String key = "/t/" + number;
        return new Txn(List.of(Txn.Compare.created(key, 0)), List.of(new Txn.Put(key, "x", 0)), List.of());
    }

    private List<Integer> nested() {
        return bench.store().commits().stream()
                .map(each -> (int) each.then().stream()
                        .filter(Txn.Nested.class::isInstance)
                        .count())
                .toList();
    }
}
