package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionListener;
import io.github.election4j.LeaderState;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.AuditQuestion;
import io.github.election4j.internal.machine.Effect;
import io.github.election4j.internal.machine.GuardedMachine;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.internal.machine.MachineSettings;
import io.github.election4j.internal.machine.MachineSnapshot;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds one election machine, and does what it decides, in order. Confined to the loop, unless a method says else. */
final class ElectionRunner {
    private static final Logger log = LoggerFactory.getLogger(ElectionRunner.class);

    private final ElectionConfig config;
    private final String id;
    private final int group;
    private final SessionLoop session;
    private final Environment environment;
    private final GuardedMachine machine;
    private final Announcements announcements;
    private final StatusBoard board;
    private final ErrorLog errors;
    private final Alarm alarm;
    private final Inbox<Input> inbox = new Inbox<>(this::take);
    private final MovableWatch watch;
    private final CommandFutures commands;
    private final Conditions conditions;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private long watchGeneration;
    private volatile @Nullable Term term;
    /** Of the last term: completes when all have returned. */
    private CompletableFuture<Void> hooks = CompletableFuture.completedFuture(null);

    ElectionRunner(
            String id, ElectionConfig config, MachineSettings settings, SessionLoop session, Environment environment) {
        this.config = config;
        this.id = id;
        this.group = settings.group();
        this.session = session;
        this.environment = environment;
        this.machine = new GuardedMachine(settings, session.memoryOfRunner(config.key()));
        this.announcements = new Announcements(config, environment, listenerOutcome());
        this.commands = new CommandFutures(config.name(), environment.listeners());
        this.conditions = new Conditions(environment);
        this.board = new StatusBoard(config, machine.snapshot(), wallClock());
        this.errors = new ErrorLog("Election '" + config.name() + "'");
        this.alarm = new Alarm(environment, () -> SessionLoop.guarded(() -> handle(new Input.Alarm())));
        this.watch = new MovableWatch(environment.store()::watch, session::post, watchListener());
    }

    /** Names this runner, and no other that takes part in the same election before or after it. */
    String id() {
        return id;
    }

    /** P4: which beat proves its places. */
    int group() {
        return group;
    }

    /** The key of the election. Any thread. */
    String key() {
        return config.key();
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
        inbox.take(input);
    }

    private void take(Input input) {
        Instant time = wallClock();
        List<Effect> effects = machine.step(input, environment.moment(time));
        effects.forEach(effect -> SessionLoop.guarded(() -> note(effect, time)));
        if (!effects.isEmpty() || !(input instanceof Input.OfBeats)) {
            SessionLoop.guarded(() -> board.publish(machine.snapshot(), time, errors.last()));
        }
        effects.forEach(effect -> SessionLoop.guarded(() -> perform(effect, time)));
        SessionLoop.guarded(() -> conditions.look(machine.snapshot()));
        alarm.set(machine.nextAlarm());
    }

    void command(Input.Command.Type type, String target, CompletableFuture<OperationOutcome> future) {
        handle(new Input.Command(type, commands.add(future), target));
    }

    /** Answers true once the condition holds, false if that takes longer than the limit or the election is closed. */
    void await(Predicate<MachineSnapshot> condition, Duration limit, CompletableFuture<Boolean> answer) {
        conditions.await(condition, machine.snapshot(), limit, answer);
    }

    /** L3: the loop ends, and with it whatever could still answer. */
    void end() {
        commands.end();
        conditions.end();
    }

    void close() {
        handle(new Input.Command(Input.Command.Type.CLOSE, 0));
    }

    void addListener(ElectionListener listener) {
        announcements.add(listener, machine.snapshot().leader(), term != null);
    }

    void removeListener(ElectionListener listener) {
        announcements.remove(listener);
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

    /** P6. */
    @Nullable
    AuditQuestion auditQuestion() {
        return machine.auditQuestion();
    }

    private MovableWatch.Listener watchListener() {
        return new MovableWatch.Listener() {
            @Override
            public void moved() {
                handle(new Input.WatchMoved(watchGeneration));
            }

            @Override
            public void created() {
                handle(new Input.WatchCreated(watchGeneration));
            }

            @Override
            public void delivered(List<WatchEvent> events) {
                session.watched(events.get(events.size() - 1).revision());
                handle(new Input.WatchDelivered(watchGeneration, events));
            }

            @Override
            public void ended(StoreException cause) {
                handle(new Input.WatchEnded(watchGeneration, cause));
            }
        };
    }

    private ListenerDispatcher.Outcome listenerOutcome() {
        return new ListenerDispatcher.Outcome() {
            @Override
            public void failed(String message) {
                session.post(() -> ElectionRunner.this.failed("listener", message, 1));
            }

            @Override
            public void recovered() {
                session.post(() -> ElectionRunner.this.recovered("listener"));
            }
        };
    }

    /** The task of the leader. Any thread. */
    WhileLeading.Outcome taskOutcome() {
        return new WhileLeading.Outcome() {
            @Override
            public void failed(String message, int attempt) {
                session.post(() -> ElectionRunner.this.failed("task", message, attempt));
            }

            @Override
            public void recovered() {
                session.post(() -> ElectionRunner.this.recovered("task"));
            }
        };
    }

    private void failed(String operation, String message, int attempt) {
        errors.failed(operation, message, attempt);
        publishError(operation, message, attempt);
    }

    private void publishError(String operation, String message, int attempt) {
        Instant time = wallClock();
        board.publish(machine.snapshot(), time, errors.last());
        announcements.error(operation, message, attempt, time);
    }

    private void note(Effect effect, Instant time) {
        if (effect instanceof Effect.BeginTerm begin) {
            term = new Term(config.name(), begin.leader(), begin.validUntilNanos(), environment.ticker());
        } else if (effect instanceof Effect.ExtendTerm extend) {
            extend(Objects.requireNonNull(term), extend.validUntilNanos());
        } else if (effect instanceof Effect.EndTerm end) {
            hooks = Objects.requireNonNull(term).end(end.reason(), environment.listeners());
            term = null;
        } else if (effect instanceof Effect.Announce announce) {
            board.record(announcements.change(announce, time));
        } else if (effect instanceof Effect.Report report) {
            errors.failed(report.operation(), report.message(), report.attempt());
        } else if (effect instanceof Effect.Recovered recovered) {
            errors.recovered(recovered.operation());
        }
    }

    private void perform(Effect effect, Instant time) {
        if (effect instanceof Effect.OfSession asked) {
            session.perform(this, asked);
        } else if (effect instanceof Effect.OpenWatch open) {
            watchGeneration = open.generation();
            watch.open(open.keys(), open.fromRevision());
        } else if (effect instanceof Effect.CloseWatch) {
            watch.close();
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
            announcements.error(report.operation(), report.message(), report.attempt(), time);
        } else if (effect instanceof Effect.Warn warn) {
            log.warn("Election '{}': {}", config.name(), warn.message());
        } else if (effect instanceof Effect.Defect defect) {
            log.error("Election '{}': a defect in Election4J; please report it", config.name(), defect.cause());
        } else if (effect instanceof Effect.Complete complete) {
            commands.complete(complete.command(), complete.outcome());
        } else if (effect instanceof Effect.FailCommand failed) {
            commands.fail(failed.command(), failed.kind(), failed.message());
        } else if (effect instanceof Effect.Closed) {
            conditions.end();
            environment.listeners().execute(() -> closed.complete(null));
        }
    }

    private void announce(Effect.Announce announce, Instant time) {
        Runnable allReturned = () -> {};
        if (announce.state() == LeaderState.RETIRE_FROM_LEADER) {
            long token = Objects.requireNonNull(announce.token());
            CompletableFuture<Void> ofTerm = hooks;
            allReturned = () -> ofTerm.thenRun(() -> session.post(() -> handle(new Input.ListenersReturned(token))));
        }
        announcements.publish(announcements.change(announce, time), allReturned);
    }

    private Instant wallClock() {
        return environment.wallClock().instant();
    }
}
