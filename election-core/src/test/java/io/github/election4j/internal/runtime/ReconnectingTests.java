package io.github.election4j.internal.runtime;

import static io.github.election4j.internal.runtime.Bench.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionException;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Connections that are replaced at somebody's wish: what goes on, what is told, what is tried again. */
class ReconnectingTests {
    private static final Duration MINUTE = Reconnecting.LONGEST_PAUSE;

    private final Bench bench = new Bench();
    private final DefaultElections elections = bench.elections();

    @Test
    void termsGoOnAndNothingIsToldButToWhoAsked() {
        List<Election> joined = bench.lead("a", "b");
        List<Long> tokens = tokens(joined);
        List<ElectionEvent> heard = listenTo(joined);

        CompletableFuture<Void> replaced = elections.reconnect();
        bench.settle();

        assertThat(replaced).isCompleted();
        assertThat(bench.store().reconnects()).isEqualTo(1);
        assertThat(tokens(joined)).isEqualTo(tokens);
        assertThat(heard).isEmpty();
        bench.pass(MINUTE.multipliedBy(2));
        assertThat(bench.store().reconnects()).isEqualTo(1);
        assertThat(bench.store().leases()).hasSize(1);
    }

    /** The watches of the old connections end with them, and nobody is to notice. */
    @Test
    void watchesGoOnOverTheNewConnectionsWithoutARead() {
        List<Election> joined = bench.lead("a", "b");
        bench.store().commits().clear();

        var unused = elections.reconnect();
        bench.settle();

        assertThat(bench.store().openWatches()).isEqualTo(2);
        assertThat(bench.store().watchesOpened()).isEqualTo(4);
        // Nobody leads on without a beat that was sent since: the new watch may have lost something.
        assertThat(bench.store().commits()).hasSize(1).isEqualTo(bench.beats());
        bench.store().model().put("/bench/a/2222", "{\"id\":\"other\"}");
        bench.settle();
        assertThat(joined.get(0).candidates()).hasSize(2);
        assertThat(joined.get(1).candidates()).hasSize(1);
    }

    @Test
    void failureIsToldByEveryElectionAndToWhoAskedAndThenForgotten() {
        List<Election> joined = bench.lead("a", "b");
        List<ElectionEvent> heard = listenTo(joined);
        failReconnects();

        CompletableFuture<Void> replaced = elections.reconnect();
        bench.settle();

        assertThatThrownBy(replaced::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasMessageContaining("as the test says")
                .isInstanceOfSatisfying(
                        ElectionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ElectionException.Kind.STORE));
        assertThat(heard)
                .hasSize(2)
                .allSatisfy(
                        event -> assertThat(((ElectionError) event).operation()).isEqualTo("reconnect"))
                .extracting(ElectionEvent::election)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(joined)
                .allMatch(Election::isLeader)
                .allSatisfy(each -> assertThat(each.status().lastError())
                        .isEqualTo("reconnect: the connections in use are kept: as the test says"));

        bench.store().heal();
        assertThat(elections.reconnect()).isNotDone();
        bench.settle();

        assertThat(joined).allMatch(each -> each.status().lastError() == null);
        assertThat(heard).hasSize(2);
    }

    /** L2: etcd may just have been away. */
    @Test
    void failureIsTriedAgainMoreAndMoreSeldomUntilItSucceeds() {
        List<Election> joined = bench.lead("a");
        failReconnects();
        var unused = elections.reconnect();
        bench.settle();
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.store().reconnects()).isEqualTo(2);
        bench.pass(MINUTE.multipliedBy(2));
        int soon = bench.store().reconnects();
        assertThat(soon).isBetween(6, 10);
        bench.pass(MINUTE.multipliedBy(10));
        assertThat(bench.store().reconnects() - soon).isBetween(10, 20);

        bench.store().heal();
        bench.pass(MINUTE);
        int healed = bench.store().reconnects();
        assertThat(joined.get(0).status().lastError()).isNull();
        bench.pass(MINUTE.multipliedBy(3));

        assertThat(bench.store().reconnects()).isEqualTo(healed);
        assertThat(joined).allMatch(Election::isLeader);
    }

    @Test
    void isNotTriedAgainOnceAnotherWishHasSucceeded() {
        bench.lead("a");
        failReconnects();
        var failed = elections.reconnect();
        bench.settle();
        assertThat(failed).isCompletedExceptionally();
        bench.store().heal();

        var replaced = elections.reconnect();
        bench.settle();
        assertThat(replaced).isCompleted();
        bench.pass(MINUTE);

        assertThat(bench.store().reconnects()).isEqualTo(2);
    }

    /** As where no thread can be started. */
    @Test
    void failureAtOnceIsTriedAgainToo() {
        List<Election> joined = bench.lead("a");
        bench.store().atReconnect(() -> {
            throw new OutOfMemoryError("as the test says");
        });

        CompletableFuture<Void> replaced = elections.reconnect();
        bench.settle();

        assertThat(replaced).isCompletedExceptionally();
        assertThat(joined.get(0).status().lastError()).contains("reconnect", "as the test says");
        bench.store().heal();
        bench.pass(MINUTE);
        assertThat(joined.get(0).status().lastError()).isNull();
    }

    /** What is under way may have been built before the wish. */
    @Test
    void thoseWhoAskMeanwhileShareTheNextReplacement() {
        bench.lead("a");
        CompletableFuture<Void> first = elections.reconnect();
        bench.loop().run();
        CompletableFuture<Void> second = elections.reconnect();
        CompletableFuture<Void> third = elections.reconnect();
        bench.settle();

        assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isDone);
        assertThat(bench.store().reconnects()).isEqualTo(2);
    }

    @Test
    void watchThatHadEndedIsNotOpenedByAReplacement() {
        bench.lead("a");
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.contains("/bench/"));
        bench.store().endWatches();
        bench.settle();
        int before = bench.store().watchesOpened();

        var unused = elections.reconnect();
        bench.settle();

        assertThat(bench.store().watchesOpened()).isEqualTo(before);
    }

    @Test
    void refusesWhenClosed() {
        bench.lead("a");
        var closing = elections.closeAsync();
        bench.settle();
        assertThat(closing).isCompleted();
        assertClosed(elections.reconnect());
        assertThat(bench.store().reconnects()).isZero();
    }

    /** L3. */
    @Test
    void whoeverWaitsIsToldThatItCloses() {
        bench.lead("a");
        bench.store().leaveUnanswered(request -> request.equals("reconnect"));
        CompletableFuture<Void> underWay = elections.reconnect();
        bench.settle();
        CompletableFuture<Void> waiting = elections.reconnect();
        bench.settle();
        assertThat(underWay).isNotDone();

        var unused = elections.closeAsync();
        bench.settle();

        assertClosed(underWay);
        assertClosed(waiting);
        assertThat(bench.store().reconnectsUnderWay()).isEmpty();
    }

    @Test
    void nothingIsTriedAgainOnceItIsClosed() {
        bench.lead("a");
        failReconnects();
        var unused = elections.reconnect();
        bench.settle();

        var closing = elections.closeAsync();
        bench.settle();

        assertThat(closing).isCompleted();
        assertThat(bench.loop().alarms()).isZero();
    }

    /** Nobody would end an alarm that is set then, and the thread of the loop would live on for it. */
    @Test
    void failureThatIsToldAfterTheEndIsNoFailure() {
        SessionLoop session = new SessionLoop(bench.environment(), Bench.SETTINGS, lease -> {});
        failReconnects();
        session.reconnect(new CompletableFuture<>());
        bench.settle();
        bench.store().heal();
        bench.store().leaveUnanswered(request -> request.equals("reconnect"));
        bench.pass(Duration.ofSeconds(1));
        List<CompletableFuture<Void>> again = bench.store().reconnectsUnderWay();
        assertThat(again).hasSize(1);

        session.end();
        again.forEach(each -> each.completeExceptionally(new IllegalStateException("as the test says")));
        bench.settle();

        assertThat(bench.loop().alarms()).isZero();
    }

    private void failReconnects() {
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.equals("reconnect"));
    }

    private List<ElectionEvent> listenTo(List<Election> joined) {
        List<ElectionEvent> heard = new ArrayList<>();
        joined.forEach(each -> each.addListener(heard::add));
        bench.settle();
        heard.clear();
        return heard;
    }

    private static void assertClosed(CompletableFuture<Void> future) {
        assertThat(future).isCompletedExceptionally();
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOfSatisfying(
                        ElectionException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ElectionException.Kind.CLOSED));
    }
}
