package io.github.election4j.internal.machine;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.TxnResult.Found;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the rules of one member share, as its machine wires them, for tests of a single rule. */
final class Parts {
    /** The clock overflows soon afterwards. */
    static final long NOW = Long.MAX_VALUE - 1_000;

    static final String KEY = World.PREFIX + "a1";
    static final long PLACE = 5;

    final MachineSettings settings = settings(HandOverTo.NEXT);
    final ElectionMemory memory = new ElectionMemory();
    final Membership self = new Membership(settings, memory);
    final View view = new View(settings.keys());
    final Claims claims = new Claims();
    final TermJournal journal = new TermJournal(settings, self, view);
    final Candidacy own = new Candidacy(KEY, 0xa1, PLACE, Scenario.VALIDITY.toNanos(), null);

    /** This member stands, and sees itself and others. */
    void stands(long revision, KeyValue... others) {
        self.enters(own);
        view.replace(
                Stream.concat(Stream.of(place("a1", PLACE)), Arrays.stream(others))
                        .toList(),
                revision);
    }

    static MachineSettings settings(HandOverTo handOverTo) {
        return new MachineSettings(
                new ElectionKeys(World.KEY),
                "a",
                "",
                0,
                Scenario.STEP_DOWN.toNanos(),
                Scenario.REQUEST.toNanos(),
                Timing.of(Scenario.LEASE),
                false,
                handOverTo);
    }

    static KeyValue place(String lease, long createRevision) {
        return new KeyValue(
                World.PREFIX + lease, Scenario.value("x" + lease, 8_000), createRevision, createRevision, 0);
    }

    static KeyValue mark(long revision, MarkValue value) {
        return new KeyValue(World.MARK, value.text(), 1, revision, 0);
    }

    static Decisions step() {
        return new Decisions(new Moment(NOW, 0, 0.5));
    }

    /** What a step wants to be committed, which is one transaction. */
    static Effect.Commit sent(Decisions step) {
        return sentIn(step).findFirst().orElseThrow();
    }

    static boolean sentNothing(Decisions step) {
        return sentIn(step).findAny().isEmpty();
    }

    /** What a write would put in the place of the mark. */
    static MarkValue written(Effect.Commit sent) {
        return sent.txn().then().stream()
                .filter(each -> each instanceof Txn.Put put && put.key().equals(World.MARK))
                .map(each -> MarkValue.parse(((Txn.Put) each).value()))
                .findFirst()
                .orElseThrow();
    }

    static TxnResult succeeded(long revision) {
        return new TxnResult(true, revision, List.of(), 1);
    }

    /** A guard has failed; what the reads of the other branch have found, in their order. */
    static TxnResult failed(long revision, List<List<KeyValue>> found) {
        return new TxnResult(
                false,
                revision,
                found.stream().<TxnResult.OpResult>map(Found::new).toList(),
                1);
    }

    static StoreException failure(StoreException.Kind kind) {
        return new StoreException(kind, "no answer", null);
    }

    private static Stream<Effect.Commit> sentIn(Decisions step) {
        return step.effects().stream().filter(Effect.Commit.class::isInstance).map(Effect.Commit.class::cast);
    }
}
