package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.SessionEffect;
import io.github.election4j.internal.machine.SessionInput;
import java.time.Duration;

/** Asks the store what the session machine wants, and gives it the answers. Confined to the loop. */
final class SessionRequests {
    private final Environment environment;
    private final SessionSettings settings;
    private final SessionLoop session;
    private final Transmission transmission;
    private final BeatWatches beatWatches;

    SessionRequests(Environment environment, SessionSettings settings, SessionLoop session, Transmission transmission) {
        this.environment = environment;
        this.settings = settings;
        this.session = session;
        this.transmission = transmission;
        this.beatWatches = new BeatWatches(environment.store()::watch, session::post, session::handle);
    }

    void perform(SessionEffect.OfStore request) {
        if (request instanceof SessionEffect.Grant grant) {
            grant(grant);
        } else if (request instanceof SessionEffect.Renew renew) {
            renew(renew);
        } else if (request instanceof SessionEffect.Revoke revoke) {
            revoke(revoke);
        } else if (request instanceof SessionEffect.Beat beat) {
            beat(beat);
        } else if (request instanceof SessionEffect.ReadBeat read) {
            read(read);
        } else if (request instanceof SessionEffect.WatchBeat watch) {
            beatWatches.open(watch);
        } else if (request instanceof SessionEffect.CloseBeatWatch close) {
            beatWatches.close(close.beat());
        }
    }

    /** The connections were replaced. */
    void moveWatches() {
        beatWatches.move();
    }

    private void grant(SessionEffect.Grant grant) {
        environment
                .store()
                .grant(settings.leaseDuration(), settings.requestTimeout())
                .whenComplete((lease, failure) -> tell(
                        failure == null
                                ? new SessionInput.Granted(grant.generation(), lease)
                                : new SessionInput.Failed(grant.generation(), Failures.of(failure))));
    }

    private void renew(SessionEffect.Renew renew) {
        long sentAt = environment.ticker().nanos();
        environment
                .store()
                .keepAlive(renew.leaseId(), Duration.ofNanos(renew.timeoutNanos()))
                .whenComplete((done, failure) -> {
                    tell(
                            failure == null
                                    ? new SessionInput.Renewed(renew.generation())
                                    : new SessionInput.Failed(renew.generation(), Failures.of(failure)));
                    Duration took = Duration.ofNanos(environment.ticker().nanos() - sentAt);
                    environment.observer().onRenewal(took, failure == null);
                });
    }

    private void revoke(SessionEffect.Revoke revoke) {
        environment
                .store()
                .revoke(revoke.leaseId(), settings.requestTimeout())
                .whenComplete((done, failure) -> tell(new SessionInput.Revoked()));
    }

    /** Not with others, and not after them: it proves many places, and each attempt has a short limit. */
    private void beat(SessionEffect.Beat beat) {
        transmission.commitAtOnce(
                beat.txn(),
                beat.timeoutNanos(),
                Answer.of(
                        result -> session.handle(new SessionInput.BeatCommitted(beat.group(), beat.number(), result)),
                        cause -> session.handle(new SessionInput.BeatFailed(beat.group(), beat.number(), cause))));
    }

    private void read(SessionEffect.ReadBeat read) {
        transmission.commit(
                read.txn(),
                settings.requestTimeout().toNanos(),
                Answer.of(
                        result -> session.handle(new SessionInput.BeatRead(read.beat(), read.number(), result)),
                        cause -> session.handle(new SessionInput.BeatReadFailed(read.beat(), read.number(), cause))));
    }

    private void tell(SessionInput input) {
        session.post(() -> session.handle(input));
    }
}
