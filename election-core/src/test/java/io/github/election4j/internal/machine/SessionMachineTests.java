package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.SessionStatus;
import io.github.election4j.SessionStatus.State;
import io.github.election4j.spi.ElectionStore.Lease;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P1. The clock overflows on the way. */
class SessionMachineTests {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Timing TIMING = Timing.of(TTL);

    private final SessionMachine machine = new SessionMachine(TIMING);
    private long now = Long.MAX_VALUE - Duration.ofSeconds(4).toNanos();
    private double random = 0.5;
    private long entropy;

    @Test
    void asksForALease() {
        assertThat(step(new SessionInput.Start())).containsExactly(new SessionEffect.Grant(1));
        assertThat(state()).isEqualTo(State.CONNECTING);
    }

    @Test
    void tellsTheElectionsOfTheLeaseThatWasGranted() {
        step(new SessionInput.Start());

        List<SessionEffect> effects = step(granted(1, 7, Duration.ofSeconds(20)));

        assertThat(effects)
                .containsExactly(
                        new SessionEffect.TellElections(new Input.SessionUp(7, Timing.of(Duration.ofSeconds(20)))));
        assertThat(state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void renewsAndAuditsWithinAThirdOfTheLease() {
        active();
        long asked = now;

        List<SessionEffect> effects = alarm();

        assertThat(now - asked).isLessThanOrEqualTo(TIMING.periodNanos());
        assertThat(effects)
                .containsExactly(new SessionEffect.Audit(), new SessionEffect.Renew(2, 7, TIMING.attemptNanos()));
    }

    @Test
    void retriesAFailedRenewalAtOnce() {
        active();
        alarm();

        step(failed(2, Kind.UNAVAILABLE));
        List<SessionEffect> effects = alarm();

        assertThat(effects).containsExactly(new SessionEffect.Renew(3, 7, TIMING.attemptNanos()));
        assertThat(state()).as("one failure is one endpoint's").isEqualTo(State.ACTIVE);
    }

    @Test
    void twoFailuresInARowAreAnOutage() {
        active();
        alarm();
        step(failed(2, Kind.UNAVAILABLE));
        alarm();

        List<SessionEffect> effects = step(failed(3, Kind.UNAVAILABLE));

        assertThat(effects)
                .containsExactly(
                        new SessionEffect.Report("session", "why", 2),
                        new SessionEffect.TellElections(new Input.SessionHealth(false)));
        assertThat(state()).isEqualTo(State.DISCONNECTED);
        assertThat(machine.snapshot().lastError()).isEqualTo("why");
    }

    @Test
    void recovers() {
        active();
        alarm();
        step(failed(2, Kind.UNAVAILABLE));
        alarm();
        step(failed(3, Kind.UNAVAILABLE));
        alarm();

        List<SessionEffect> effects = step(new SessionInput.Renewed(4));

        assertThat(effects)
                .containsExactly(
                        new SessionEffect.Recovered("session"),
                        new SessionEffect.TellElections(new Input.SessionHealth(true)));
        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(machine.snapshot().lastError()).isNull();
    }

    @Test
    void asksForAnotherLeaseOnlyWhenTheStoreSaysThatItIsGone() {
        active();
        alarm();

        List<SessionEffect> effects = step(failed(2, Kind.LEASE_NOT_FOUND));

        assertThat(effects).contains(new SessionEffect.TellElections(new Input.SessionDown(Input.Loss.LEASE_GONE)));
        assertThat(grantWithin(effects)).isTrue();
    }

    @Test
    void aTransactionThatFindsTheLeaseGoneCountsToo() {
        active();

        assertThat(step(new SessionInput.LeaseGone(6))).as("another lease").isEmpty();
        assertThat(step(new SessionInput.LeaseGone(7)))
                .startsWith(new SessionEffect.TellElections(new Input.SessionDown(Input.Loss.LEASE_GONE)));
        assertThat(step(new SessionInput.LeaseGone(7))).as("told again").isEmpty();
    }

    @Test
    void leasesThatAreLostBeforeTheirFirstRenewalAreNotAskedForInAHotLoop() {
        random = 0.999;
        step(new SessionInput.Start());
        long began = now;
        for (int i = 1; i <= 10; i++) {
            step(granted(2L * i - 1, i, TTL));
            step(new SessionInput.LeaseGone(i));
            alarmUntilGrant();
            step(failed(2L * i, Kind.UNAVAILABLE));
            alarmUntilGrant();
        }

        assertThat(now - began).isGreaterThan(TIMING.leaseNanos());
    }

    @Test
    void replacesTheConnectionsAfterALongOutage() {
        active();
        long began = now;
        List<SessionEffect> effects = alarm();
        while (!effects.contains(new SessionEffect.Reconnect())) {
            effects.forEach(effect -> {
                if (effect instanceof SessionEffect.Renew renew) {
                    step(failed(renew.generation(), Kind.UNAVAILABLE));
                }
            });
            effects = alarm();
            assertThat(Duration.ofNanos(now - began)).isLessThan(TTL.multipliedBy(3));
        }

        assertThat(Duration.ofNanos(now - began)).isEqualTo(TTL.multipliedBy(2));
    }

    @Test
    void replacesThemAgainOnlyAfterAnotherLongOutage() {
        active();
        alarmUntilReconnect();
        long first = now;

        alarmUntilReconnect();

        assertThat(Duration.ofNanos(now - first)).isEqualTo(TTL.multipliedBy(2));
    }

    @Test
    void revokesAGrantThatComesTooLate() {
        step(new SessionInput.Start());
        step(failed(1, Kind.UNAVAILABLE));

        assertThat(step(granted(1, 7, TTL))).contains(new SessionEffect.Revoke(7));
    }

    /** H6. */
    @Test
    void givesUpALeaseThatIsOfNoUse() {
        active();

        assertThat(step(new SessionInput.GiveUp(6, "another lease"))).isEmpty();
        List<SessionEffect> effects = step(new SessionInput.GiveUp(7, "why"));

        assertThat(effects).contains(new SessionEffect.Revoke(7));
        assertThat(effects).contains(new SessionEffect.TellElections(new Input.SessionDown(Input.Loss.LEASE_GONE)));
        assertThat(effects)
                .filteredOn(SessionEffect.Warn.class::isInstance)
                .singleElement()
                .matches(warning -> ((SessionEffect.Warn) warning).message().contains("why"));
        assertThat(grantWithin(effects)).isTrue();
    }

    /** P13. */
    @Test
    void asksForAnotherLeaseInAnotherHistory() {
        active();

        List<SessionEffect> effects = step(new SessionInput.HistoryLost());

        assertThat(effects).contains(new SessionEffect.TellElections(new Input.SessionDown(Input.Loss.HISTORY_LOST)));
        assertThat(grantWithin(effects)).isTrue();
    }

    @Test
    void revokesTheLeaseWhenItCloses() {
        active();

        assertThat(step(new SessionInput.Close())).containsExactly(new SessionEffect.Revoke(7));
        assertThat(step(new SessionInput.Revoked())).containsExactly(new SessionEffect.Closed());
        assertThat(step(new SessionInput.Revoked())).isEmpty();
        assertThat(state()).isEqualTo(State.CLOSED);
        assertThat(machine.nextAlarm()).isEmpty();
    }

    @Test
    void closesAtOnceWithoutALeaseAndRevokesOneThatComesLate() {
        step(new SessionInput.Start());

        assertThat(step(new SessionInput.Close())).containsExactly(new SessionEffect.Closed());
        assertThat(step(granted(1, 7, TTL))).containsExactly(new SessionEffect.Revoke(7));
    }

    @Test
    void tellsWhatIsLeftOfTheLease() {
        active();

        now += Duration.ofSeconds(4).toNanos();

        assertThat(machine.snapshot().at(now).validFor()).isEqualTo(Duration.ofSeconds(6));
        assertThat(machine.snapshot().at(now + TTL.toNanos()).validFor()).isZero();
    }

    @Test
    void hasNothingLeftOfALeaseThatItHasNot() {
        step(new SessionInput.Start());
        step(failed(1, Kind.UNAVAILABLE));

        assertThat(machine.snapshot().at(now))
                .isEqualTo(new SessionStatus(State.DISCONNECTED, 0, Duration.ZERO, Duration.ZERO, "why"));
    }

    private void active() {
        step(new SessionInput.Start());
        step(granted(1, 7, TTL));
    }

    private List<SessionEffect> step(SessionInput input) {
        return machine.step(input, now, random, ++entropy);
    }

    private List<SessionEffect> alarm() {
        now = machine.nextAlarm().orElseThrow();
        return step(new SessionInput.Alarm());
    }

    private void alarmUntilGrant() {
        while (alarm().stream().noneMatch(SessionEffect.Grant.class::isInstance)) {
            assertThat(state()).isNotEqualTo(State.CLOSED);
        }
    }

    private void alarmUntilReconnect() {
        while (!alarm().contains(new SessionEffect.Reconnect())) {
            assertThat(state()).isNotEqualTo(State.CLOSED);
        }
    }

    private boolean grantWithin(List<SessionEffect> effects) {
        return effects.stream().anyMatch(SessionEffect.Grant.class::isInstance)
                || alarm().stream().anyMatch(SessionEffect.Grant.class::isInstance);
    }

    private State state() {
        return machine.snapshot().state();
    }

    private static SessionInput granted(long generation, long lease, Duration ttl) {
        return new SessionInput.Granted(generation, new Lease(lease, ttl));
    }

    private static SessionInput failed(long generation, Kind kind) {
        return new SessionInput.Failed(generation, new StoreException(kind, "why", null));
    }
}
