package io.github.election4j.internal.runtime;

import io.github.election4j.SessionStatus;
import io.github.election4j.internal.machine.Effect;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.internal.machine.SessionEffect;
import io.github.election4j.internal.machine.SessionInput;
import io.github.election4j.internal.machine.SessionMachine;
import io.github.election4j.internal.machine.SessionSnapshot;
import io.github.election4j.internal.machine.Tag;
import io.github.election4j.internal.machine.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of a session and all its elections. Everything that touches their state runs here, one thing at a time:
 * replies, watch events, alarms and commands only enqueue.
 */
final class SessionLoop {
    private static final Logger log = LoggerFactory.getLogger(SessionLoop.class);

    private final Environment environment;
    private final SessionSettings settings;
    private final SessionMachine machine;
    private final HeartbeatBatch heartbeats;
    private final ErrorLog errors = new ErrorLog("Session");
    private final Alarm alarm;
    private final Reconnecting reconnecting;
    private final List<ElectionRunner> runners = new ArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private boolean started;
    private Input.@Nullable SessionUp up;
    private boolean unreachable;
    private volatile SessionSnapshot published;

    SessionLoop(Environment environment, SessionSettings settings) {
        this.environment = environment;
        this.settings = settings;
        this.machine = new SessionMachine(Timing.of(settings.leaseDuration()));
        this.heartbeats = new HeartbeatBatch(environment, this::post);
        this.alarm = new Alarm(environment, () -> guarded(() -> handle(new SessionInput.Alarm())));
        this.reconnecting = new Reconnecting(environment, settings, this);
        this.published = machine.snapshot();
    }

    /** Any thread: as of the last step of the loop, but for the time that is left. */
    SessionStatus status() {
        return published.at(environment.ticker().nanos());
    }

    /** Completes when the session has ended. Any thread. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Runs a task on the loop, unless the loop has ended; returns whether it will. Any thread. */
    boolean post(Runnable task) {
        try {
            environment.loop().execute(() -> guarded(task));
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    /** What fails must not take with it what comes after it. */
    static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            log.error("A defect in Election4J; please report it", broken);
        }
    }

    void join(ElectionRunner runner) {
        runners.add(runner);
        if (unreachable) {
            runner.handle(new Input.SessionHealth(false));
        }
        Input.SessionUp present = up;
        runner.handle(present == null ? new Input.Alarm() : present);
        if (!started) {
            started = true;
            handle(new SessionInput.Start());
        }
    }

    void ended(ElectionRunner runner) {
        runners.remove(runner);
    }

    void leaseGone(long leaseId) {
        post(() -> handle(new SessionInput.LeaseGone(leaseId)));
    }

    void close() {
        handle(new SessionInput.Close());
    }

    void reconnect(CompletableFuture<Void> asked) {
        reconnecting.ask(asked);
    }

    /** The loop takes nothing more. */
    void end() {
        reconnecting.end();
    }

    /** No watch is lost with the connections that were replaced. */
    void connectionsReplaced() {
        List.copyOf(runners).forEach(runner -> guarded(runner::moveWatch));
    }

    void report(String operation, String message, int attempt) {
        errors.failed(operation, message, attempt);
        runners.forEach(runner -> runner.report(operation, message, attempt));
    }

    void recovered(String operation) {
        errors.recovered(operation);
        runners.forEach(runner -> runner.recovered(operation));
    }

    void commit(ElectionRunner runner, Effect.Commit commit) {
        if (commit.tag().purpose() == Tag.Purpose.HEARTBEAT) {
            heartbeats.add(runner, commit);
        } else {
            HeartbeatBatch.commit(environment, commit, reply -> post(() -> runner.handle(reply)));
        }
    }

    private void handle(SessionInput input) {
        long now = environment.ticker().nanos();
        List<SessionEffect> effects =
                machine.step(input, now, environment.random().getAsDouble());
        published = machine.snapshot();
        effects.forEach(effect -> guarded(() -> perform(effect)));
        alarm.set(machine.nextAlarm());
    }

    private void perform(SessionEffect effect) {
        if (effect instanceof SessionEffect.Grant grant) {
            grant(grant);
        } else if (effect instanceof SessionEffect.Renew renew) {
            renew(renew);
        } else if (effect instanceof SessionEffect.Revoke revoke) {
            environment
                    .store()
                    .revoke(revoke.leaseId(), settings.requestTimeout())
                    .whenComplete((done, failure) -> post(() -> handle(new SessionInput.Revoked())));
        } else if (effect instanceof SessionEffect.Reconnect) {
            log.warn("etcd has been out of reach for long: replacing the connections");
            reconnecting.afterOutage();
        } else if (effect instanceof SessionEffect.TellElections tell) {
            tellElections(tell.input());
        } else if (effect instanceof SessionEffect.Report report) {
            report("session", report.message(), report.attempt());
        } else if (effect instanceof SessionEffect.Recovered) {
            recovered("session");
        } else if (effect instanceof SessionEffect.Closed) {
            environment.listeners().execute(() -> closed.complete(null));
        }
    }

    private void grant(SessionEffect.Grant grant) {
        environment
                .store()
                .grant(settings.leaseDuration(), settings.requestTimeout())
                .whenComplete((lease, failure) -> post(() -> handle(
                        failure == null
                                ? new SessionInput.Granted(grant.generation(), lease)
                                : new SessionInput.Failed(grant.generation(), Failures.of(failure)))));
    }

    private void renew(SessionEffect.Renew renew) {
        long sentAt = environment.ticker().nanos();
        environment
                .store()
                .keepAlive(renew.leaseId(), Duration.ofNanos(renew.timeoutNanos()))
                .whenComplete((done, failure) -> {
                    post(() -> handle(
                            failure == null
                                    ? new SessionInput.Renewed(renew.generation())
                                    : new SessionInput.Failed(renew.generation(), Failures.of(failure))));
                    Duration took = Duration.ofNanos(environment.ticker().nanos() - sentAt);
                    environment.observer().onRenewal(took, failure == null);
                });
    }

    private void tellElections(Input input) {
        if (input instanceof Input.SessionUp nowUp) {
            up = nowUp;
            log.info("Session: lease {} for {} s", Long.toHexString(nowUp.leaseId()), seconds(nowUp.timing()));
        } else if (input instanceof Input.SessionDown) {
            up = null;
            log.warn("Session: the lease is gone, asking for another");
        } else if (input instanceof Input.SessionHealth health) {
            unreachable = !health.reachable();
        }
        for (ElectionRunner runner : List.copyOf(runners)) {
            guarded(() -> runner.handle(input));
        }
    }

    private static long seconds(Timing timing) {
        return Duration.ofNanos(timing.leaseNanos()).toSeconds();
    }
}
