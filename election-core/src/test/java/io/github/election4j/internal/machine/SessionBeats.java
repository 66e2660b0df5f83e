package io.github.election4j.internal.machine;

import io.github.election4j.spi.ElectionStore.Lease;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;

/** Drives a session, whose clock overflows on the way, to its beats. */
abstract class SessionBeats {
    static final Duration TTL = Duration.ofSeconds(10);
    private static final Timing TIMING = Timing.of(TTL);

    SessionMachine machine = new SessionMachine(TIMING);
    long now = Long.MAX_VALUE - Duration.ofSeconds(4).toNanos();
    double random = 0.5;
    private long entropy = 100;

    void active(SessionMachine fresh) {
        machine = fresh;
        step(new SessionInput.Start());
        step(new SessionInput.Granted(1, new Lease(7, TTL)));
    }

    void covering(SessionMachine fresh) {
        active(fresh);
        step(new SessionInput.Cover("e", 0, "/e/7", 5));
    }

    SessionEffect.Beat beat() {
        return alarmUntil(SessionEffect.Beat.class).stream()
                .filter(SessionEffect.Beat.class::isInstance)
                .map(SessionEffect.Beat.class::cast)
                .findFirst()
                .orElseThrow();
    }

    List<SessionEffect> alarmUntil(Class<? extends SessionEffect> type) {
        List<SessionEffect> effects = alarm();
        while (effects.stream().noneMatch(type::isInstance)) {
            effects = alarm();
        }
        return effects;
    }

    List<SessionEffect> commit(SessionEffect.Beat beat) {
        return step(new SessionInput.BeatCommitted(
                beat.group(), beat.number(), new TxnResult(true, 9, List.of(nothing()), 1)));
    }

    List<SessionEffect> step(SessionInput input) {
        return machine.step(input, now, random, ++entropy);
    }

    List<SessionEffect> alarm() {
        now = machine.nextAlarm().orElseThrow();
        return step(new SessionInput.Alarm());
    }

    static TxnResult.Found nothing() {
        return new TxnResult.Found(List.of());
    }

    static TxnResult.Found found(String key, long createRevision) {
        return new TxnResult.Found(List.of(new KeyValue(key, "x", createRevision, createRevision, 7)));
    }

    static TxnResult.Found found(String key, String value) {
        return new TxnResult.Found(List.of(new KeyValue(key, value, 3, 8, 7)));
    }

    static StoreException failure(Kind kind) {
        return new StoreException(kind, "why", null);
    }
}
