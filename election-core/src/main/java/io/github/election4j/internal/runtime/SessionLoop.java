package io.github.election4j.internal.runtime;

import io.github.election4j.SessionStatus;
import io.github.election4j.internal.machine.Effect;
import io.github.election4j.internal.machine.ElectionMemory;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.internal.machine.SessionEffect;
import io.github.election4j.internal.machine.SessionInput;
import io.github.election4j.internal.machine.SessionMachine;
import io.github.election4j.internal.machine.SessionSnapshot;
import io.github.election4j.internal.machine.Timing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
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
    private final SessionMachine machine;
    private final Transmission transmission;
    private final SessionRequests requests;
    private final Audits audits;
    private final ErrorLog errors = new ErrorLog("Session");
    private final Headrooms headrooms;
    private final Inbox<SessionInput> inbox = new Inbox<>(this::take);
    private final Alarm alarm;
    private final Reconnecting reconnecting;
    private final LongConsumer leases;
    /** By their ids, in the order of joining. */
    private final Map<String, ElectionRunner> runners = new LinkedHashMap<>();

    /** How many runners an election has: one that is closed may still be removing its key. */
    private final Map<String, Integer> runnersOf = new ConcurrentHashMap<>();

    private final Map<String, ElectionMemory> memories = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private boolean started;
    private Input.@Nullable SessionUp up;
    private boolean unreachable;
    private volatile SessionSnapshot published;

    SessionLoop(Environment environment, SessionSettings settings, LongConsumer leases) {
        this.environment = environment;
        this.leases = leases;
        this.machine = new SessionMachine(settings.timing());
        this.transmission = new Transmission(environment, this);
        this.requests = new SessionRequests(environment, settings, this, transmission);
        this.audits = new Audits(environment, settings, this, transmission);
        this.alarm = new Alarm(environment, () -> guarded(() -> handle(new SessionInput.Alarm())));
        this.reconnecting = new Reconnecting(environment, settings, this);
        this.headrooms = new Headrooms(environment);
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
        runners.put(runner.id(), runner);
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

    /** The same, for a runner that is being made: whoever joins calls this, on any thread. */
    ElectionMemory memoryOfRunner(String key) {
        return memories.compute(key, (same, present) -> {
            runnersOf.merge(key, 1, Integer::sum);
            return present == null ? new ElectionMemory() : present;
        });
    }

    /** What is remembered of an election, whoever takes part in it. */
    ElectionMemory memory(String key) {
        return memories.computeIfAbsent(key, fresh -> new ElectionMemory());
    }

    boolean isOpen(String key) {
        return runnersOf.containsKey(key);
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
        runners.values().forEach(ElectionRunner::end);
    }

    /** No watch is lost with the connections that were replaced. */
    void connectionsReplaced() {
        List.copyOf(runners.values()).forEach(runner -> guarded(runner::moveWatch));
        requests.moveWatches();
    }

    void report(String operation, String message, int attempt) {
        errors.failed(operation, message, attempt);
        runners.values().forEach(runner -> runner.report(operation, message, attempt));
    }

    void recovered(String operation) {
        errors.recovered(operation);
        runners.values().forEach(runner -> runner.recovered(operation));
    }

    /** What an election wants of the session. */
    void perform(ElectionRunner runner, Effect.OfSession effect) {
        if (effect instanceof Effect.Commit commit) {
            transmission.commit(
                    commit.txn(),
                    commit.timeoutNanos(),
                    Answer.of(
                            result -> runner.handle(new Input.Committed(commit.request(), result)),
                            cause -> runner.handle(new Input.Failed(commit.request(), cause))));
        } else if (effect instanceof Effect.Cover cover) {
            handle(new SessionInput.Cover(runner.id(), runner.group(), cover.key(), cover.createRevision()));
        } else if (effect instanceof Effect.Uncover uncover) {
            handle(new SessionInput.Uncover(runner.id(), runner.group(), uncover.createRevision()));
        } else if (effect instanceof Effect.BeatNow) {
            handle(new SessionInput.BeatNow(runner.group()));
        } else if (effect instanceof Effect.Follow follow) {
            handle(new SessionInput.Follow(runner.id(), follow.beat()));
        } else if (effect instanceof Effect.BeatSeen seen) {
            handle(new SessionInput.BeatSeen(seen.beat(), seen.revision()));
        } else if (effect instanceof Effect.GiveUpSession up) {
            handle(new SessionInput.GiveUp(up.leaseId(), up.reason()));
        } else if (effect instanceof Effect.LeaseGone gone) {
            handle(new SessionInput.LeaseGone(gone.leaseId()));
        } else if (effect instanceof Effect.Ended) {
            ended(runner);
        }
    }

    private void ended(ElectionRunner runner) {
        if (runners.remove(runner.id()) != null) {
            runnersOf.computeIfPresent(runner.key(), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** P13: a read has gone back. */
    void probeHistory() {
        handle(new SessionInput.Probe());
    }

    /** P13: a write has gone back. */
    void historyLost() {
        handle(new SessionInput.HistoryLost());
    }

    /** A watch has told of this revision. */
    void watched(long revision) {
        transmission.watched(revision);
    }

    void handle(SessionInput input) {
        inbox.take(input);
    }

    private void take(SessionInput input) {
        long now = environment.ticker().nanos();
        List<SessionEffect> effects = machine.step(
                input,
                now,
                environment.random().getAsDouble(),
                environment.entropy().getAsLong());
        published = machine.snapshot();
        effects.forEach(effect -> guarded(() -> perform(effect)));
        alarm.set(machine.nextAlarm());
    }

    private void perform(SessionEffect effect) {
        if (effect instanceof SessionEffect.OfStore request) {
            requests.perform(request);
        } else if (effect instanceof SessionEffect.Reconnect) {
            log.warn("etcd has been out of reach for long: replacing the connections");
            reconnecting.afterOutage();
        } else if (effect instanceof SessionEffect.Audit) {
            audit();
        } else if (effect instanceof SessionEffect.TellElections tell) {
            tellElections(tell.input());
        } else if (effect instanceof SessionEffect.TellElection tell) {
            ElectionRunner runner = runners.get(tell.election());
            if (runner != null) {
                runner.handle(tell.input());
            }
        } else if (effect instanceof SessionEffect.Closed) {
            environment.listeners().execute(() -> closed.complete(null));
        } else {
            tell(effect);
        }
    }

    private void tell(SessionEffect effect) {
        if (effect instanceof SessionEffect.Report report) {
            report(report.operation(), report.message(), report.attempt());
        } else if (effect instanceof SessionEffect.Recovered recovered) {
            recovered(recovered.operation());
        } else if (effect instanceof SessionEffect.Headroom headroom) {
            headrooms.take(headroom.least());
        } else if (effect instanceof SessionEffect.Warn warn) {
            log.warn("Session: {}", warn.message());
        }
    }

    private void audit() {
        Input.SessionUp present = up;
        if (present != null) {
            audits.tick(List.copyOf(runners.values()), present.leaseId());
        }
    }

    private void tellElections(Input input) {
        if (input instanceof Input.SessionUp nowUp) {
            up = nowUp;
            leases.accept(nowUp.leaseId());
            memories.keySet()
                    .forEach(each -> memories.computeIfPresent(
                            each, (key, memory) -> isOpen(key) || !memory.isBlank() ? memory : null));
            log.info("Session: lease {} for {} s", Long.toHexString(nowUp.leaseId()), seconds(nowUp.timing()));
        } else if (input instanceof Input.SessionDown down) {
            up = null;
            log.warn("Session: lost its lease ({}), asking for another", down.loss());
        } else if (input instanceof Input.SessionHealth health) {
            unreachable = !health.reachable();
        }
        for (ElectionRunner runner : List.copyOf(runners.values())) {
            guarded(() -> runner.handle(input));
        }
    }

    private static long seconds(Timing timing) {
        return Duration.ofNanos(timing.leaseNanos()).toSeconds();
    }
}
