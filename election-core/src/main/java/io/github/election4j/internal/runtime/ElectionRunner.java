package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionListener;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.Effect;
import io.github.election4j.internal.machine.ElectionMachine;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.internal.machine.MachineSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds one election machine, and does what it decides, in order. Confined to the loop, unless a method says else. */
final class ElectionRunner {
    private static final Logger log = LoggerFactory.getLogger(ElectionRunner.class);

    private final ElectionConfig config;
    private final SessionLoop session;
    private final Environment environment;
    private final ElectionMachine machine;
    private final ListenerDispatcher dispatcher;
    private final StatusBoard board;
    private final ErrorLog errors;
    private final Alarm alarm;
    private final MovableWatch watch;
    private final Map<Long, CompletableFuture<OperationOutcome>> commands = new HashMap<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private long lastCommand;
    private volatile @Nullable Term term;

    ElectionRunner(ElectionConfig config, MachineSettings settings, SessionLoop session, Environment environment) {
        this.config = config;
        this.session = session;
        this.environment = environment;
        this.machine = new ElectionMachine(settings);
        this.dispatcher = new ListenerDispatcher(
                config.name(),
                environment.listeners(),
                environment.ticker(),
                environment.observer(),
                listenerOutcome());
        this.board = new StatusBoard(config, machine.snapshot(), wallClock());
        this.errors = new ErrorLog("Election '" + config.name() + "'");
        this.alarm = new Alarm(environment, () -> SessionLoop.guarded(() -> handle(new Input.Alarm())));
        this.watch = new MovableWatch(environment.store()::watch, session::post, this::handle);
    }

    /** The present term. Any thread. */
    @Nullable
    Term term() {
        return term;
    }

    /** Any thread. */
    StatusBoard board() {
        return board;
    }

    /** Completes when this election is closed. Any thread. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** First what others may ask this member, then what they are told: who hears of a change sees it in the status. */
    void handle(Input input) {
        long now = environment.ticker().nanos();
        Instant time = wallClock();
        List<Effect> effects = machine.step(input, now, environment.random().getAsDouble());
        effects.forEach(effect -> SessionLoop.guarded(() -> note(effect, time)));
        if (!effects.isEmpty() || !(input instanceof Input.Tick)) {
            SessionLoop.guarded(() -> board.publish(machine.snapshot(), time, errors.last()));
        }
        effects.forEach(effect -> SessionLoop.guarded(() -> perform(effect, time)));
        alarm.set(machine.nextAlarm());
    }

    void command(Input.Command.Type type, CompletableFuture<OperationOutcome> future) {
        long command = ++lastCommand;
        commands.put(command, future);
        handle(new Input.Command(type, command));
    }

    void close() {
        handle(new Input.Command(Input.Command.Type.CLOSE, 0));
    }

    /** The first thing a listener hears is who leads. */
    void addListener(ElectionListener listener) {
        Term own = term;
        Candidate leader = machine.snapshot().leader();
        if (leader == null) {
            dispatcher.add(listener, List.of());
        } else {
            dispatcher.add(
                    listener,
                    List.of(new ElectionEvent.LeaderChanged(
                            config.name(),
                            null,
                            leader,
                            own == null ? LeaderState.IS_NOT_LEADER : LeaderState.IS_LEADER,
                            leader.fencingToken(),
                            own == null ? ChangeReason.OBSERVED : ChangeReason.ELECTED,
                            wallClock())));
        }
    }

    void removeListener(ElectionListener listener) {
        dispatcher.remove(listener);
    }

    /** The connections were replaced: what is watched is watched over the new ones from now on. */
    void moveWatch() {
        watch.move();
    }

    /** The session failed, which it says in the log, and every election of it to its listeners. */
    void report(String operation, String message, int attempt) {
        errors.noted(operation, message);
        publishError(operation, message, attempt);
    }

    void recovered(String operation) {
        errors.recovered(operation);
        board.publish(machine.snapshot(), wallClock(), errors.last());
    }

    private ListenerDispatcher.Outcome listenerOutcome() {
        return new ListenerDispatcher.Outcome() {
            @Override
            public void failed(String message) {
                session.post(() -> listenerFailed(message));
            }

            @Override
            public void recovered() {
                session.post(() -> ElectionRunner.this.recovered("listener"));
            }
        };
    }

    private void listenerFailed(String message) {
        errors.failed("listener", message, 1);
        publishError("listener", message, 1);
    }

    private void publishError(String operation, String message, int attempt) {
        Instant time = wallClock();
        board.publish(machine.snapshot(), time, errors.last());
        tellError(operation, message, attempt, time);
    }

    private void note(Effect effect, Instant time) {
        if (effect instanceof Effect.BeginTerm begin) {
            term = new Term(config.name(), begin.leader(), begin.validUntilNanos(), environment.ticker());
        } else if (effect instanceof Effect.ExtendTerm extend) {
            extend(Objects.requireNonNull(term), extend.validUntilNanos());
        } else if (effect instanceof Effect.EndTerm end) {
            Objects.requireNonNull(term).end(end.reason(), environment.listeners());
            term = null;
        } else if (effect instanceof Effect.Announce announce) {
            board.record(change(announce, time));
        } else if (effect instanceof Effect.Report report) {
            errors.failed(report.operation(), report.message(), report.attempt());
        } else if (effect instanceof Effect.Recovered recovered) {
            errors.recovered(recovered.operation());
        }
    }

    private void perform(Effect effect, Instant time) {
        if (effect instanceof Effect.Commit commit) {
            session.commit(this, commit);
        } else if (effect instanceof Effect.OpenWatch open) {
            watch.open(open);
        } else if (effect instanceof Effect.CloseWatch) {
            watch.close();
        } else if (effect instanceof Effect.LeaseGone gone) {
            session.leaseGone(gone.leaseId());
        } else if (effect instanceof Effect.Ended) {
            session.ended(this);
        } else {
            tell(effect, time);
        }
    }

    /** P5: a term that somebody has found lapsed meanwhile is not revived. */
    private void extend(Term own, long validUntilNanos) {
        if (!own.extend(validUntilNanos)) {
            session.post(() -> handle(new Input.TermLapsed(own.fencingToken())));
        }
    }

    private void tell(Effect effect, Instant time) {
        if (effect instanceof Effect.Announce announce) {
            announce(announce, time);
        } else if (effect instanceof Effect.Report report) {
            tellError(report.operation(), report.message(), report.attempt(), time);
        } else if (effect instanceof Effect.Warn warn) {
            log.warn("Election '{}': {}", config.name(), warn.message());
        } else if (effect instanceof Effect.Complete complete) {
            answer(complete.command(), future -> future.complete(complete.outcome()));
        } else if (effect instanceof Effect.FailCommand failed) {
            String message = "Election '" + config.name() + "': " + failed.message();
            answer(
                    failed.command(),
                    future -> future.completeExceptionally(new ElectionException(failed.kind(), message, null)));
        } else if (effect instanceof Effect.Closed) {
            environment.listeners().execute(() -> closed.complete(null));
        }
    }

    private void tellError(String operation, String message, int attempt, Instant time) {
        if (ErrorLog.isWorthTelling(attempt)) {
            dispatcher.publish(new ElectionEvent.ElectionError(config.name(), operation, message, time), () -> {});
        }
    }

    private void answer(long command, Consumer<CompletableFuture<OperationOutcome>> how) {
        CompletableFuture<OperationOutcome> future = commands.remove(command);
        if (future != null) {
            environment.listeners().execute(() -> how.accept(future));
        }
    }

    private void announce(Effect.Announce announce, Instant time) {
        Runnable allReturned = () -> {};
        if (announce.state() == LeaderState.RETIRE_FROM_LEADER) {
            long token = Objects.requireNonNull(announce.token());
            allReturned = () -> session.post(() -> handle(new Input.ListenersReturned(token)));
        }
        dispatcher.publish(change(announce, time), allReturned);
    }

    private ElectionEvent.LeaderChanged change(Effect.Announce announce, Instant time) {
        return new ElectionEvent.LeaderChanged(
                config.name(),
                announce.previous(),
                announce.leader(),
                announce.state(),
                announce.token(),
                announce.reason(),
                time);
    }

    private Instant wallClock() {
        return environment.wallClock().instant();
    }
}
