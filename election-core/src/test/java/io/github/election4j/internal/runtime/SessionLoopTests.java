package io.github.election4j.internal.runtime;

import static io.github.election4j.internal.runtime.Bench.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionException;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.ElectionMemory;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.internal.machine.MachineSettings;
import io.github.election4j.internal.machine.ModelStore;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a session does for its elections between them and its machine. */
class SessionLoopTests {
    /** A leader of this validity has stopped by then, on any clock. */
    private static final Duration WAIT = Duration.ofMillis(8_800);

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Bench bench = new Bench();
    private final ModelStore model = bench.store().model();

    @Test
    void tellsHowMuchTimeEachBeatHadToSpare() {
        bench.lead("a");
        bench.pass(Bench.PERIOD.multipliedBy(4));

        assertThat(bench.headrooms()).hasSizeGreaterThanOrEqualTo(3).allMatch(each -> each > 0.5 && each < 1);
    }

    @Test
    void saysForHowLongItsLeaseIs() {
        try (LogCapture log = new LogCapture(SessionLoop.class)) {
            bench.lead("a");
            assertThat(log.lines()).containsExactly("INFO Session: lease 1001 for 10 s");
        }
    }

    @Test
    void whoHasLeftIsProvenNoMore() {
        List<Election> elections = bench.lead("a", "b");
        var closed = elections.get(0).closeAsync();
        bench.settle();
        assertThat(closed).isCompleted();
        bench.store().commits().clear();

        bench.pass(Bench.PERIOD);

        assertThat(bench.beats())
                .isNotEmpty()
                .allSatisfy(beat -> assertThat(beat.compares())
                        .containsExactly(Txn.Compare.created(
                                ownKey("b"), tokens(elections).get(1))));
    }

    /** P13. The answers that this member had are older than what it was told. */
    @Test
    void aWriteThatGoesBackBehindWhatAWatchHasToldEndsTheTerms() {
        Election election = bench.lead("a").get(0);
        long answered = model.revision();
        for (int i = 0; i < 20; i++) {
            model.put("/bench/a/else", "told to whoever watches");
        }
        bench.settle();
        model.beginAnew();
        while (model.revision() <= answered) {
            model.put("/else", "not told");
        }

        bench.pass(Bench.PERIOD);

        assertThat(reasons(election)).contains(ChangeReason.HISTORY_LOST);
    }

    /** P13. A read tells nothing for certain, and the next beat is not waited for. */
    @Test
    void aReadThatGoesBackIsFollowedByAWriteAtOnce() {
        Election election = bench.lead("a").get(0);
        bench.pass(MOMENT);
        bench.store().commits().clear();
        model.beginAnew();
        bench.store().endWatches();

        bench.pass(Duration.ofSeconds(1));

        assertThat(bench.store().commits().get(0).compares()).as("a read").isEmpty();
        assertThat(bench.beats()).isNotEmpty();
        assertThat(reasons(election)).contains(ChangeReason.HISTORY_LOST);
    }

    /** H3: the mark was lost; who remembers that the election was in use waits. */
    @Test
    void whatIsKnownOfAnElectionThatWasNotClosedInOrderIsRememberedUnderTheNextLease() {
        Election before = bench.lead("a", "b").get(0);
        closeWithoutAnswers(before);
        model.deleteUntold("/bench/a.~held");
        renewLease();

        Election again = bench.elections().join(Bench.config("a"));
        bench.settle();
        assertThat(model.range("/bench/a/")).hasSize(1);
        bench.pass(WAIT.minus(MOMENT));
        assertThat(again.isLeader()).isFalse();
        bench.pass(MOMENT);

        assertThat(again.isLeader()).isTrue();
    }

    /** H5: one that is closed may still be removing its key while the next takes part already. */
    @Test
    void knowsThatAnElectionIsClosedOnceAllWhoTookPartInItHaveEnded() {
        Election slow = bench.lead("a", "b").get(0);
        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.contains("/bench/a"));
        var closed = slow.closeAsync();
        bench.pass(Duration.ofSeconds(5).plus(Bench.TIMEOUT));
        assertThat(closed).isCompleted();
        Election again = bench.elections().join(Bench.config("a"));
        bench.settle();
        bench.store().heal();
        bench.pass(WAIT.multipliedBy(2));
        var closedAgain = again.closeAsync();
        bench.settle();
        assertThat(closedAgain).isCompleted();
        assertThat(bench.store().openWatches()).as("of the other election").isEqualTo(1);

        model.put(ownKey("a"), new CandidateValue("m1", "", 8_000, 0, 0).text(), lease());
        bench.pass(Bench.LEASE.plusSeconds(2));

        assertThat(model.get(ownKey("a"))).isNull();
    }

    /** P4: a group that has room again is filled before another is begun. */
    @Test
    void whoJoinsTakesTheRoomOfWhoHasLeft() {
        List<Election> full = bench.lead(
                IntStream.range(0, Groups.LARGEST).mapToObj(i -> "e" + i).toArray(String[]::new));
        var closed = full.get(7).closeAsync();
        bench.settle();
        assertThat(closed).isCompleted();

        bench.lead("late", "later");

        assertThat(group("late")).isZero();
        assertThat(group("later")).isEqualTo(1);
    }

    /** S4: the lease goes after the last listener of a term has returned. */
    @Test
    void keepsItsLeaseUntilItsElectionsAreClosedHoweverOftenItIsClosed() {
        Election election = bench.lead("a").get(0);
        election.addListener(event -> {});
        bench.settle();

        var first = bench.elections().closeAsync();
        var second = bench.elections().closeAsync();
        bench.settleButListeners();
        assertThat(bench.store().leases()).hasSize(1);
        bench.settle();

        assertThat(bench.store().leases()).isEmpty();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    /** L3. */
    @Test
    void commandsThatAreUnderWayFailWhenTheLoopEnds() {
        SessionLoop session = new SessionLoop(bench.environment(), Bench.SETTINGS, lease -> {});
        ElectionRunner runner = runner(session);
        session.join(runner);
        bench.settle();
        bench.store().leaveUnanswered(MemoryStore::everything);
        CompletableFuture<OperationOutcome> evicted = new CompletableFuture<>();
        runner.command(Input.Command.Type.EVICT, "", evicted);
        bench.settle();
        assertThat(evicted).isNotDone();

        session.end();
        bench.settle();

        assertThat(evicted).isCompletedExceptionally();
        assertThat(evicted.handle((done, failure) -> failure).join())
                .isInstanceOfSatisfying(
                        ElectionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ElectionException.Kind.CLOSED));
    }

    /** Whoever joins is remembered before the loop hears of it, or it would share its memory with nobody after it. */
    @Test
    void remembersAnElectionThatIsJustBeingJoined() {
        SessionLoop session = new SessionLoop(bench.environment(), Bench.SETTINGS, lease -> {});
        session.join(runner(session));
        ElectionMemory joining = session.memoryOfRunner("/bench/b");

        bench.settle();

        assertThat(session.status().leaseId()).isNotZero();
        assertThat(session.memory("/bench/b")).isSameAs(joining);
    }

    @Test
    void getsLeaseAfterLeaseWhileOtherThreadsJoin() throws InterruptedException {
        SessionLoop session = new SessionLoop(bench.environment(), Bench.SETTINGS, lease -> {});
        session.join(runner(session));
        bench.settle();
        Thread joining =
                new Thread(() -> IntStream.range(0, 200_000).forEach(i -> session.memoryOfRunner("/bench/" + i)));
        try (LogCapture log = new LogCapture(SessionLoop.class)) {
            joining.start();
            while (joining.isAlive()) {
                bench.store().expire(session.status().leaseId());
                bench.pass(Duration.ofSeconds(1));
            }
            joining.join();

            assertThat(log.lines()).noneMatch(line -> line.contains("defect"));
        }
    }

    private ElectionRunner runner(SessionLoop session) {
        MachineSettings settings = new MachineSettings(
                new ElectionKeys("/bench/a"),
                "m1",
                "",
                0,
                Duration.ofSeconds(5).toNanos(),
                Bench.TIMEOUT.toNanos(),
                Bench.SETTINGS.timing(),
                false,
                HandOverTo.NEXT);
        return new ElectionRunner("/bench/a#1", Bench.config("a"), settings, session, bench.environment());
    }

    /** Its place is left behind, until the lease is gone. */
    private void closeWithoutAnswers(Election election) {
        bench.store().leaveUnanswered(request -> request.contains(election.key()));
        var closed = election.closeAsync();
        bench.pass(Duration.ofSeconds(5).plus(Bench.TIMEOUT));
        assertThat(closed).isCompleted();
        bench.store().heal();
    }

    private void renewLease() {
        long lease = lease();
        bench.store().expire(lease);
        bench.settle();
        assertThat(lease()).isNotZero().isNotEqualTo(lease);
    }

    private int group(String name) {
        KeyValue place = Objects.requireNonNull(model.get(ownKey(name)));
        return CandidateValue.parse(place.value()).group();
    }

    private String ownKey(String name) {
        return "/bench/" + name + "/" + Long.toHexString(lease());
    }

    private long lease() {
        return bench.elections().session().leaseId();
    }

    private static List<ChangeReason> reasons(Election election) {
        return election.status().history().stream().map(LeaderChanged::reason).toList();
    }
}
