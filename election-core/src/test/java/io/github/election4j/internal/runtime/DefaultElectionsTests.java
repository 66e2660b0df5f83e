package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionException;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.SessionStatus;
import io.github.election4j.internal.wire.TermValue;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A session: joined, out of reach, back again, closed. */
class DefaultElectionsTests {
    private static final Duration MOMENT = Duration.ofMillis(1);
    /** The step-down timeout of an election, and a request. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5).plus(Bench.TIMEOUT);

    private final Bench bench = new Bench();
    private final DefaultElections elections = bench.elections();

    @Test
    void sendsNothingBeforeTheFirstElection() {
        bench.pass(Bench.LEASE);
        assertThat(bench.store().leases()).isEmpty();
        assertThat(elections.session().state()).isEqualTo(SessionStatus.State.CONNECTING);
    }

    @Test
    void findsWhatIsOpen() {
        List<Election> joined = bench.lead("a", "b");
        assertThat(elections.elections()).isEqualTo(joined);
        assertThat(elections.find("b")).contains(joined.get(1));
        assertThat(elections.find("c")).isEmpty();
    }

    @Test
    void refusesASecondElectionOfAName() {
        bench.lead("a");
        assertThatThrownBy(() -> elections.join(Bench.config("other").withName("a")))
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContaining("an election named 'a' is open already");
    }

    @Test
    void refusesASecondElectionOfAKey() {
        bench.lead("a");
        assertThatThrownBy(() -> elections.join(Bench.config("a").withName("b")))
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContaining("elections 'a' and 'b' share the key '/bench/a'");
        assertThat(elections.elections()).hasSize(1);
    }

    @Test
    void electionThatIsClosedCanBeJoinedAgainByWhoIsToldSo() {
        Election first = bench.lead("a").get(0);
        CompletableFuture<Election> again = first.closeAsync().thenApply(closed -> elections.join(Bench.config("a")));
        bench.settle();
        assertThat(again).isCompleted();
        assertThat(again.join().isLeader()).isTrue();
    }

    @Test
    void renewsItsLeaseAndTellsTheObserver() {
        bench.lead("a");
        bench.pass(Bench.PERIOD);
        assertThat(bench.observed()).containsExactly("renewal true after PT0S");
        assertThat(elections.session().validFor()).isGreaterThan(Bench.LEASE.minus(Bench.PERIOD));
        assertThat(elections.session().grantedTtl()).isEqualTo(Bench.LEASE);

        bench.store().fail(StoreException.Kind.UNAVAILABLE, MemoryStore::everything);
        bench.pass(Bench.PERIOD);

        assertThat(bench.observed()).startsWith("renewal true after PT0S", "renewal false after PT0S");
    }

    @Test
    void everyElectionTellsThatTheSessionFailsAndThatItIsWellAgain() {
        List<Election> joined = bench.lead("a", "b");
        List<ElectionEvent> heard = new ArrayList<>();
        joined.forEach(each -> each.addListener(heard::add));
        bench.settle();
        heard.clear();
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.equals("keepAlive"));

        bench.pass(Bench.LEASE);

        assertThat(elections.session().state()).isEqualTo(SessionStatus.State.DISCONNECTED);
        assertThat(elections.session().lastError()).isEqualTo("as the test says");
        assertThat(joined)
                .allMatch(
                        each -> "session: as the test says".equals(each.status().lastError()));
        assertThat(heard).hasOnlyElementsOfType(ElectionError.class);
        assertThat(heard).extracting(ElectionEvent::election).contains("a", "b");

        bench.store().heal();
        bench.pass(Bench.LEASE);

        assertThat(elections.session().state()).isEqualTo(SessionStatus.State.ACTIVE);
        assertThat(joined).allMatch(each -> each.status().lastError() == null);
    }

    @Test
    void leaseThatIsNotGrantedIsAskedForAgain() {
        bench.store().fail(StoreException.Kind.REFUSED, request -> request.equals("grant"));
        Election election = elections.join(Bench.config("a"));
        bench.pass(Bench.LEASE);
        assertThat(election.status().lastError()).isEqualTo("session: as the test says");

        bench.store().heal();
        bench.pass(Bench.LEASE);

        assertThat(election.isLeader()).isTrue();
    }

    /** P11. */
    @Test
    void replacesItsConnectionsAfterALongOutage() {
        bench.lead("a");
        bench.store().leaveUnanswered(MemoryStore::everything);
        bench.pass(Bench.LEASE.multipliedBy(2).minus(MOMENT));
        assertThat(bench.store().reconnects()).isZero();
        bench.pass(MOMENT);
        assertThat(bench.store().reconnects()).isEqualTo(1);
    }

    @Test
    void closesItsElectionsThenItsLeaseThenTheStore() {
        List<Election> joined = bench.lead("a", "b");

        CompletableFuture<Void> closed = elections.closeAsync();
        bench.settleButListeners();
        assertThat(joined).noneMatch(Election::isLeader);
        bench.settle();

        assertThat(closed).isCompleted();
        assertThat(bench.store().leases()).isEmpty();
        assertThat(bench.store().model().range("/bench/"))
                .as("only what is told of terms that are over")
                .hasSize(2)
                .allMatch(each -> TermValue.parse(each.value()).isOver());
        assertThat(bench.store().isClosed()).isTrue();
        assertThat(bench.loop().hasEnded()).isTrue();
        assertThat(bench.loop().alarms()).isZero();
        assertThat(elections.elections()).isEmpty();
        assertThat(elections.session().state()).isEqualTo(SessionStatus.State.CLOSED);
    }

    @Test
    void closesWithoutAnyElection() {
        CompletableFuture<Void> closed = elections.closeAsync();
        bench.settle();
        assertThat(closed).isCompleted();
        assertThat(bench.store().isClosed()).isTrue();
    }

    /** L3: not even a store that answers nothing keeps the process from ending. */
    @Test
    void closesInTimeThoughNothingAnswers() {
        bench.lead("a");
        bench.store().leaveUnanswered(MemoryStore::everything);

        CompletableFuture<Void> closed = elections.closeAsync();
        bench.pass(CLOSE_LIMIT.minus(MOMENT));
        assertThat(bench.store().isClosed()).isFalse();
        assertThat(closed).isNotDone();
        bench.pass(MOMENT);

        assertThat(bench.store().isClosed()).isTrue();
        assertThat(closed).isCompleted();
    }

    @Test
    void closesOnceHoweverOftenItIsAsked() {
        bench.lead("a");
        CompletableFuture<Void> first = elections.closeAsync();
        CompletableFuture<Void> second = elections.closeAsync();
        bench.settle();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        elections.close();
    }

    @Test
    void closeWaits() {
        Thread.currentThread().interrupt();
        try (LogCapture log = new LogCapture(BoundedWait.class)) {
            elections.close();
            assertThat(log.lines()).singleElement().asString().contains("Session: interrupted while closing");
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void keepsNoOtherThreadOutAfterACall() {
        Election election = bench.lead("a", "b").get(0);
        assertThat(elections.elections()).hasSize(2);
        assertThat(elections.find("a")).isPresent();
        var closed = election.closeAsync();
        bench.settle();
        var allClosed = elections.closeAsync();

        assertThat(CompletableFuture.supplyAsync(() -> elections.find("a")))
                .succeedsWithin(Duration.ofSeconds(30))
                .isEqualTo(Optional.empty());
        assertThat(closed).isCompleted();
        assertThat(allClosed).isNotDone();
    }

    /** Each asker has a future of his own. */
    @Test
    void isNotClosedBecauseSomebodySaysSo() {
        elections.closeAsync().complete(null);
        assertThat(elections.closeAsync()).isNotDone();
    }

    @Test
    void nothingIsJoinedOnceItCloses() {
        var unused = elections.closeAsync();
        assertThatThrownBy(() -> elections.join(Bench.config("late")))
                .hasMessageContaining("'late'")
                .isInstanceOfSatisfying(
                        ElectionException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ElectionException.Kind.CLOSED));
    }
}
