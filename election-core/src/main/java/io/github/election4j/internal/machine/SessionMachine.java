package io.github.election4j.internal.machine;

import io.github.election4j.SessionStatus;
import io.github.election4j.internal.machine.SessionInput.OfBeats;
import io.github.election4j.internal.machine.SessionInput.OfLease;
import io.github.election4j.internal.machine.SessionInput.OfOthers;
import io.github.election4j.spi.StoreException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * P1: one session per process, one lease for all its elections, renewed each L/3 for as long as the process wants. It
 * ends by the store's word that the lease does not exist, or because it is of no use any more; then there is a new one.
 * Beats (P4) go out in the same tick, or more often. P11: after a long outage the connections are replaced.
 */
public final class SessionMachine {
    private final Timing asked;
    private final Retry request;
    private final Beats beats;
    private final FollowedBeats followed;
    private @Nullable HeldLease lease;
    private long requestedAt;
    private long renewedAt;
    private long tickAt;
    private long beatAt;
    private boolean renewalDue;
    private boolean proven;
    private long reconnectAt;
    private boolean reachable = true;
    private boolean closing;
    private boolean closed;
    private @Nullable String lastError;
    private long steppedAt;

    /**
     * Creates a machine that has done nothing yet.
     *
     * @param asked the timing of the lease to ask for
     */
    public SessionMachine(Timing asked) {
        this.asked = asked;
        this.request = new Retry(asked.periodNanos());
        this.beats = new Beats(asked);
        this.followed = new FollowedBeats(asked);
    }

    /**
     * Takes one input.
     *
     * @param input the input
     * @param now the time in nanoseconds
     * @param random uniform in [0, 1)
     * @param entropy bits that no other process has, not even one that this one was copied to
     * @return what is to be done, in order
     */
    public List<SessionEffect> step(SessionInput input, long now, double random, long entropy) {
        SessionStep step = new SessionStep(now, random, entropy);
        steppedAt = now;
        if (input instanceof SessionInput.Start) {
            reconnectAt = now + asked.outageNanos();
        }
        if (closing) {
            close(input, step);
        } else {
            take(input, step);
            advance(input, step);
        }
        return step.effects();
    }

    /** {@return the moment at which the machine wants an {@link SessionInput.Alarm}, empty for never} */
    public OptionalLong nextAlarm() {
        Wakeup wakeup = new Wakeup(steppedAt);
        if (!closing) {
            request.wakeAt(wakeup);
            wakeup.at(reconnectAt);
            followed.wakeAt(wakeup);
            if (lease != null) {
                wakeup.at(tickAt);
                wakeup.at(beatAt);
                beats.wakeAt(wakeup);
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

    private void take(SessionInput input, SessionStep step) {
        if (input instanceof OfLease news) {
            ofLease(news, step);
        } else if (input instanceof OfBeats news) {
            ofBeats(news, step);
        } else if (input instanceof OfOthers news) {
            ofOthers(news, step);
        } else if (input instanceof SessionInput.Close) {
            beginClose(step);
        }
    }

    private void ofLease(OfLease news, SessionStep step) {
        if (news instanceof SessionInput.Granted granted) {
            granted(granted, step);
        } else if (news instanceof SessionInput.Renewed renewed && request.accepts(renewed.generation())) {
            request.succeeded();
            renewalDue = false;
            proven = true;
            confirmed(step);
        } else if (news instanceof SessionInput.Failed failed && request.accepts(failed.generation())) {
            failed(failed.cause(), step);
        } else if (news instanceof SessionInput.LeaseGone gone && holds(gone.leaseId())) {
            lost(Input.Loss.LEASE_GONE, step);
        } else if (news instanceof SessionInput.GiveUp up && holds(up.leaseId())) {
            step.warn("Giving up lease " + Long.toHexString(up.leaseId()) + ": " + up.reason());
            step.add(new SessionEffect.Revoke(up.leaseId()));
            lost(Input.Loss.LEASE_GONE, step);
        } else if (news instanceof SessionInput.HistoryLost) {
            step.warn("etcd has another history than before: it was restored from a backup, or emptied. What rests on"
                    + " the former one is dropped; no term begins before every earlier leader has stopped for certain");
            followed.reset(step);
            lost(Input.Loss.HISTORY_LOST, step);
        }
    }

    private void ofBeats(OfBeats news, SessionStep step) {
        if (news instanceof SessionInput.Cover cover) {
            beats.cover(cover);
        } else if (news instanceof SessionInput.Uncover uncover) {
            beats.uncover(uncover);
        } else if (news instanceof SessionInput.BeatNow now) {
            beats.now(now);
        } else if (news instanceof SessionInput.Probe) {
            beats.probe();
        } else if (news instanceof SessionInput.BeatCommitted done) {
            if (beats.group(done.group()).onCommitted(done.number(), done.result(), step) == BeatGroup.Answer.CLONED) {
                step.warn("Another process uses the lease of this one: it was cloned while it ran. Both give it up");
                lost(Input.Loss.CLONED, step);
            }
        } else if (news instanceof SessionInput.BeatFailed failed
                && beats.group(failed.group()).onFailed(failed.number(), failed.cause(), step)) {
            lost(Input.Loss.LEASE_GONE, step);
        }
    }

    private void ofOthers(OfOthers news, SessionStep step) {
        if (news instanceof SessionInput.Follow follow) {
            followed.follow(follow.election(), follow.beat(), step);
        } else if (news instanceof SessionInput.BeatSeen seen) {
            followed.seen(seen.beat(), seen.revision(), step);
        } else if (news instanceof SessionInput.BeatRead read) {
            followed.onRead(read.beat(), read.number(), read.result(), step);
        } else if (news instanceof SessionInput.BeatReadFailed failed) {
            followed.onReadFailed(failed.beat(), failed.number(), step);
        } else if (news instanceof SessionInput.BeatWatched watched) {
            watched.events().forEach(each -> followed.onEvent(watched.beat(), each, step));
        } else if (news instanceof SessionInput.BeatWatchEnded ended) {
            followed.onEnded(ended.beat(), step);
        }
    }

    private boolean holds(long leaseId) {
        return lease != null && lease.id() == leaseId;
    }

    private void advance(SessionInput input, SessionStep step) {
        if (closing) {
            return;
        }
        if (Timing.reached(reconnectAt, step.now())) {
            reconnectAt = step.now() + asked.outageNanos();
            step.add(new SessionEffect.Reconnect());
        }
        followed.advance(step);
        HeldLease held = lease;
        if (held == null) {
            if (request.ready(step.now())) {
                requestedAt = step.now();
                step.add(new SessionEffect.Grant(request.begin()));
            }
        } else {
            tick(held, step);
            if (input instanceof SessionInput.Alarm) {
                beats.advance(step, held);
            }
        }
    }

    /** P4: beats go out in the same tick as the renewal, and whether or not renewals succeed. */
    private void tick(HeldLease held, SessionStep step) {
        if (Timing.reached(tickAt, step.now())) {
            tickAt = step.now() + held.timing().periodNanos(step.random());
            renewalDue = true;
            beats.tick();
            step.add(new SessionEffect.Audit());
        }
        if (Timing.reached(beatAt, step.now())) {
            beatAt = held.timing().beatsApart() ? step.now() + held.timing().beatNanos(step.random()) : tickAt;
            beats.tick();
        }
        if (renewalDue && request.ready(step.now())) {
            requestedAt = step.now();
            step.add(new SessionEffect.Renew(
                    request.begin(), held.id(), held.timing().attemptNanos()));
        }
    }

    private void granted(SessionInput.Granted granted, SessionStep step) {
        if (!request.accepts(granted.generation())) {
            step.add(new SessionEffect.Revoke(granted.lease().id()));
            return;
        }
        request.answered(); // Not yet a success: a lease that is lost before its first renewal counts as a failure.
        confirmed(step);
        Timing timing = asked.withLease(granted.lease().ttl());
        lease = new HeldLease(granted.lease().id(), timing);
        proven = false;
        renewalDue = false;
        tickAt = requestedAt + timing.periodNanos(step.random());
        beatAt = timing.beatsApart() ? step.now() + timing.beatNanos(step.random()) : tickAt;
        step.tellAll(new Input.SessionUp(granted.lease().id(), timing));
    }

    private void confirmed(SessionStep step) {
        renewedAt = requestedAt;
        reconnectAt = step.now() + asked.outageNanos();
        if (lastError != null) {
            lastError = null;
            step.add(new SessionEffect.Recovered("session"));
        }
        reachable(true, step);
    }

    /** One failed renewal is one endpoint's; two in a row are an outage. Without a lease there is nothing yet. */
    private void failed(StoreException cause, SessionStep step) {
        if (lease != null && cause.kind() == StoreException.Kind.LEASE_NOT_FOUND) {
            lost(Input.Loss.LEASE_GONE, step);
            return;
        }
        step.failed("session", request, cause.reason());
        lastError = cause.reason();
        if (lease == null || request.failures() > 1) {
            reachable(false, step);
        }
    }

    private void lost(Input.Loss loss, SessionStep step) {
        lease = null;
        beats.reset(step);
        if (proven) {
            request.reset();
        } else {
            request.failed(step.now(), step.random());
        }
        step.tellAll(new Input.SessionDown(loss));
    }

    private void reachable(boolean now, SessionStep step) {
        if (reachable != now) {
            reachable = now;
            step.tellAll(new Input.SessionHealth(now));
        }
    }

    private void beginClose(SessionStep step) {
        closing = true;
        followed.reset(step);
        if (lease == null) {
            end(step);
        } else {
            step.add(new SessionEffect.Revoke(lease.id()));
        }
    }

    private void close(SessionInput input, SessionStep step) {
        if (input instanceof SessionInput.Revoked && !closed) {
            end(step);
        } else if (input instanceof SessionInput.Granted granted) {
            step.add(new SessionEffect.Revoke(granted.lease().id()));
        }
    }

    private void end(SessionStep step) {
        closed = true;
        lease = null;
        step.add(new SessionEffect.Closed());
    }
}
