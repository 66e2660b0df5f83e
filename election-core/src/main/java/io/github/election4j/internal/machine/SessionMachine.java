package io.github.election4j.internal.machine;

import io.github.election4j.SessionStatus;
import io.github.election4j.spi.ElectionStore.Lease;
import io.github.election4j.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * P1: one session per process, one lease for all its elections, renewed each L/3 for as long as the process wants. Only
 * the store's word that the lease does not exist ends it; then there is a new one. P11: after a long outage the
 * connections are replaced.
 */
public final class SessionMachine {
    private final Retry request;
    private final long outageNanos;
    private @Nullable Lease lease;
    private long requestedAt;
    private long renewedAt;
    private long tickAt;
    private boolean renewalDue;
    private boolean proven;
    private long reconnectAt;
    private boolean reachable = true;
    private boolean closing;
    private boolean closed;
    private @Nullable String lastError;
    private long steppedAt;
    private List<SessionEffect> effects = new ArrayList<>();

    /**
     * Creates a machine that has done nothing yet.
     *
     * @param asked the timing of the lease to ask for
     */
    public SessionMachine(Timing asked) {
        this.request = new Retry(asked.periodNanos());
        this.outageNanos = asked.outageNanos();
    }

    /**
     * Takes one input.
     *
     * @param input the input
     * @param now the time in nanoseconds
     * @param random uniform in [0, 1)
     * @return what is to be done, in order
     */
    public List<SessionEffect> step(SessionInput input, long now, double random) {
        effects = new ArrayList<>();
        steppedAt = now;
        if (input instanceof SessionInput.Start) {
            reconnectAt = now + outageNanos;
        }
        if (closing) {
            close(input);
        } else {
            take(input, now, random);
            advance(now, random);
        }
        return effects;
    }

    /** {@return the moment at which the machine wants an {@link SessionInput.Alarm}, empty for never} */
    public OptionalLong nextAlarm() {
        Wakeup wakeup = new Wakeup(steppedAt);
        if (!closing) {
            request.wakeAt(wakeup);
            wakeup.at(reconnectAt);
            if (lease != null) {
                wakeup.at(tickAt);
            }
        }
        return wakeup.earliest();
    }

    /** {@return what the machine shows of itself} */
    public SessionSnapshot snapshot() {
        return new SessionSnapshot(state(), lease, renewedAt, lastError);
    }

    private SessionStatus.State state() {
        if (closed) {
            return SessionStatus.State.CLOSED;
        } else if (!reachable) {
            return SessionStatus.State.DISCONNECTED;
        }
        return lease == null ? SessionStatus.State.CONNECTING : SessionStatus.State.ACTIVE;
    }

    private void take(SessionInput input, long now, double random) {
        if (input instanceof SessionInput.Granted granted) {
            granted(granted, now, random);
        } else if (input instanceof SessionInput.Renewed renewed && request.accepts(renewed.generation())) {
            request.succeeded();
            renewalDue = false;
            proven = true;
            confirmed(now);
        } else if (input instanceof SessionInput.Failed failed && request.accepts(failed.generation())) {
            failed(failed.cause(), now, random);
        } else if (input instanceof SessionInput.LeaseGone gone && lease != null && lease.id() == gone.leaseId()) {
            lost(now, random);
        } else if (input instanceof SessionInput.Close) {
            beginClose();
        }
    }

    private void advance(long now, double random) {
        if (closing) {
            return;
        }
        if (Timing.reached(reconnectAt, now)) {
            reconnectAt = now + outageNanos;
            effects.add(new SessionEffect.Reconnect());
        }
        Lease held = lease;
        if (held == null) {
            if (request.ready(now)) {
                requestedAt = now;
                effects.add(new SessionEffect.Grant(request.begin()));
            }
        } else {
            renew(held, Timing.of(held.ttl()), now, random);
        }
    }

    /** P4: heartbeats go out in the same tick as the renewal, and whether or not renewals succeed. */
    private void renew(Lease held, Timing timing, long now, double random) {
        if (Timing.reached(tickAt, now)) {
            tickAt = now + timing.periodNanos(random);
            renewalDue = true;
            effects.add(new SessionEffect.TellElections(new Input.Tick()));
        }
        if (renewalDue && request.ready(now)) {
            requestedAt = now;
            effects.add(new SessionEffect.Renew(request.begin(), held.id(), timing.attemptNanos()));
        }
    }

    private void granted(SessionInput.Granted granted, long now, double random) {
        if (!request.accepts(granted.generation())) {
            effects.add(new SessionEffect.Revoke(granted.lease().id()));
            return;
        }
        request.answered(); // Not yet a success: a lease that is lost before its first renewal counts as a failure.
        confirmed(now);
        lease = granted.lease();
        proven = false;
        renewalDue = false;
        Timing timing = Timing.of(granted.lease().ttl());
        tickAt = requestedAt + timing.periodNanos(random);
        effects.add(new SessionEffect.TellElections(
                new Input.SessionUp(granted.lease().id(), timing)));
    }

    private void confirmed(long now) {
        renewedAt = requestedAt;
        reconnectAt = now + outageNanos;
        if (lastError != null) {
            lastError = null;
            effects.add(new SessionEffect.Recovered());
        }
        reachable(true);
    }

    /** One failed renewal is one endpoint's; two in a row are an outage. Without a lease there is nothing yet. */
    private void failed(StoreException cause, long now, double random) {
        if (lease != null && cause.kind() == StoreException.Kind.LEASE_NOT_FOUND) {
            lost(now, random);
            return;
        }
        request.failed(now, random);
        lastError = cause.reason();
        effects.add(new SessionEffect.Report(cause.reason(), request.failures()));
        if (lease == null || request.failures() > 1) {
            reachable(false);
        }
    }

    private void lost(long now, double random) {
        lease = null;
        if (proven) {
            request.reset();
        } else {
            request.failed(now, random);
        }
        effects.add(new SessionEffect.TellElections(new Input.SessionDown()));
    }

    private void reachable(boolean now) {
        if (reachable != now) {
            reachable = now;
            effects.add(new SessionEffect.TellElections(new Input.SessionHealth(now)));
        }
    }

    private void beginClose() {
        closing = true;
        if (lease == null) {
            end();
        } else {
            effects.add(new SessionEffect.Revoke(lease.id()));
        }
    }

    private void close(SessionInput input) {
        if (input instanceof SessionInput.Revoked && !closed) {
            end();
        } else if (input instanceof SessionInput.Granted granted) {
            effects.add(new SessionEffect.Revoke(granted.lease().id()));
        }
    }

    private void end() {
        closed = true;
        lease = null;
        effects.add(new SessionEffect.Closed());
    }
}
