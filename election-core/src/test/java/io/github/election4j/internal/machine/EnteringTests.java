package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.TxnResult;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P2. */
class EnteringTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final String KEY = "/e/a1";

    private final ElectionKeys keys = new ElectionKeys("/e");
    private final MachineSettings settings =
            new MachineSettings(keys, "me", "", 0, 1, 1, Timing.of(Scenario.LEASE), false, HandOverTo.NEXT);
    private final ElectionMemory memory = new ElectionMemory();
    private final Membership self = new Membership(settings, memory);
    private final View view = new View(keys);
    private final Claims claims = new Claims();
    private final Following following = new Following(
            settings,
            self,
            view,
            claims,
            new OwnTerm(settings, self, new TermJournal(settings, self, view)),
            new Lowering(settings, claims, new FollowedBeat()));
    private final Entering entering = new Entering(settings, self, view, claims, following);
    private long now = NOW;

    @BeforeEach
    void hasASession() {
        self.session(new Input.SessionUp(0xa1, settings.timing()));
    }

    @Test
    void isUnderWayUntilItIsAnswered() {
        long entry = asks(Purpose.ENTER);
        assertThat(entering.inFlight()).isTrue();
        assertThat(entering.unresolved()).isTrue();
        assertThat(advance()).isEmpty();

        entered(entry, 9);

        assertThat(entering.inFlight()).isFalse();
        assertThat(entering.unresolved()).isFalse();
        assertThat(self.candidacy()).isNotNull();
    }

    @Test
    void startsCleanlyWhereNobodyStandsWhateverElseIsBesideTheQueue() {
        entered(asks(Purpose.ENTER), 9, place("/e/x/1", 4));

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void waitsForWhoStandsThoughThereIsNoMark() {
        entered(asks(Purpose.ENTER), 9, place("/e/1", 4));

        assertThat(claims.passed(NOW + Scenario.WAIT.toNanos() - 1)).isFalse();
    }

    /** The answer is late, and the watch has told more already. */
    @Test
    void doesNotWaitForWhoIsKnownToHaveStopped() {
        long entry = asks(Purpose.ENTER);
        view.replace(List.of(mark(9, 11)), 12);

        entered(entry, 9, place("/e/1", 4));

        assertThat(claims.passed(NOW)).isTrue();
    }

    @Test
    void whatIsThereAndIsNotWhatWasSentIsRemovedAndNeverAdopted() {
        found(asks(Purpose.ENTER), place(KEY, 4));

        asks(Purpose.REMOVE);

        assertThat(memory.lastHeld(KEY)).isEqualTo(4);
        assertThat(memory.owed().tells(4)).isTrue();
        assertThat(self.candidacy()).isNull();
    }

    @Test
    void removesWhateverIsThereAsOftenAsItIs() {
        found(asks(Purpose.ENTER), place(KEY, 4));
        removed(asks(Purpose.REMOVE));
        found(asks(Purpose.ENTER), place(KEY, 7));

        removed(asks(Purpose.REMOVE));

        assertThat(entering.unresolved()).isFalse();
        asks(Purpose.ENTER);
    }

    @Test
    void aRemovalThatFailedIsTriedAgainInTimeAndToldToHaveRecovered() {
        found(asks(Purpose.ENTER), place(KEY, 4));
        fails(asks(Purpose.REMOVE), Purpose.REMOVE);

        wakes();

        assertThat(removed(asks(Purpose.REMOVE))).hasOnlyElementsOfType(Effect.Recovered.class);
    }

    /** Who stays out has to know whether its entry took effect. */
    @Test
    void aQuestionThatFailedIsAskedAgainInTime() {
        fails(asks(Purpose.ENTER), Purpose.ENTER);
        self.evicted(true);
        fails(asks(Purpose.ASK), Purpose.ASK);
        wakes();
        fails(asks(Purpose.ASK), Purpose.ASK);
        assertThat(entering.unresolved()).isTrue();

        wakes();
        long question = asks(Purpose.ASK);
        decide(step -> entering.onAsked(new RequestId(Purpose.ASK, question), result(true, 9), step));

        assertThat(entering.unresolved()).isFalse();
    }

    @Test
    void aRemovalUnderAFormerSessionHindersNone() {
        found(asks(Purpose.ENTER), place(KEY, 4));
        long former = asks(Purpose.REMOVE);

        hasAnotherSession();
        found(asks(Purpose.ENTER), place("/e/a2", 7));

        long present = asks(Purpose.REMOVE);
        removed(former);
        assertThat(entering.unresolved()).as("by an answer to the former").isTrue();
        removed(present);
        assertThat(entering.unresolved()).isFalse();
    }

    @Test
    void aQuestionUnderAFormerSessionHindersNone() {
        fails(asks(Purpose.ENTER), Purpose.ENTER);
        self.evicted(true);
        asks(Purpose.ASK);

        hasAnotherSession();
        assertThat(entering.unresolved()).isFalse();
        self.evicted(false);

        asks(Purpose.ENTER);
    }

    private void hasAnotherSession() {
        decide(entering::reset);
        self.session(new Input.SessionUp(0xa2, settings.timing()));
    }

    /** Sends one request, which is of this purpose, and returns its number. */
    private long asks(Purpose purpose) {
        List<Effect> wanted = advance();
        assertThat(wanted).hasOnlyElementsOfType(Effect.Commit.class).hasSize(1);
        RequestId request = ((Effect.Commit) wanted.get(0)).request();
        assertThat(request.purpose()).isEqualTo(purpose);
        return request.number();
    }

    private List<Effect> advance() {
        return decide(step -> entering.advance(true, step));
    }

    /** Nothing is sent before the moment it asks for, and it asks for one. */
    private void wakes() {
        assertThat(advance()).isEmpty();
        Wakeup wakeup = new Wakeup(now);
        entering.wakeAt(wakeup);
        now = wakeup.earliest().orElseThrow();
    }

    private void entered(long number, long revision, KeyValue... before) {
        decide(step -> entering.onEntered(new RequestId(Purpose.ENTER, number), result(true, revision, before), step));
    }

    private void found(long number, KeyValue own) {
        decide(step ->
                entering.onEntered(new RequestId(Purpose.ENTER, number), result(false, own.modRevision(), own), step));
    }

    private List<Effect> removed(long number) {
        return decide(step -> entering.onRemoved(new RequestId(Purpose.REMOVE, number), step));
    }

    private void fails(long number, Purpose purpose) {
        StoreException cause = new StoreException(Kind.UNAVAILABLE, "no answer", null);
        decide(step -> entering.onFailed(new RequestId(purpose, number), cause, step));
    }

    private List<Effect> decide(Consumer<Decisions> what) {
        Decisions step = new Decisions(new Moment(now, 0, 0.5));
        what.accept(step);
        return step.effects();
    }

    private static TxnResult result(boolean succeeded, long revision, KeyValue... found) {
        return new TxnResult(succeeded, revision, List.of(new TxnResult.Found(List.of(found))), 7);
    }

    private KeyValue mark(long released, long revision) {
        return new KeyValue(keys.mark(), new MarkValue(8_000, released, List.of()).text(), 2, revision, 0);
    }

    private static KeyValue place(String key, long revision) {
        return new KeyValue(key, Scenario.value("other", 8_000), revision, revision, 0);
    }
}
