package io.github.election4j.internal.runtime;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.SessionStatus;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.MachineSettings;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.EngineObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The public face of a session. The lock guards the registry of open elections, which user threads share. */
public final class DefaultElections implements Elections {
    private final Environment environment;
    private final SessionSettings settings;
    private final SessionLoop loop;
    private final DirectAccess direct;
    private final Predecessor predecessor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, DefaultElection> open = new LinkedHashMap<>();
    private final Groups groups = new Groups();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Runnable cancelForcedEnd = () -> {};
    private long joined;
    private boolean closing;
    private Duration closeLimit = Duration.ZERO;

    private DefaultElections(Environment outside, SessionSettings settings, @Nullable LockFile file) {
        this.environment = outside.withListeners(new PatientExecutor(outside.listeners(), outside.loop(), threads()));
        this.settings = settings;
        this.direct = new DirectAccess(environment, settings.requestTimeout());
        this.predecessor = new Predecessor(file, direct, environment, settings);
        this.loop = new SessionLoop(environment, settings, predecessor::succeededBy);
    }

    /**
     * Creates a session on a store; nothing is sent before the first election is joined.
     *
     * @param store the store, closed with the session
     * @param settings the settings, validated
     * @param observer hears what the engine does
     * @param file held until the session has ended, and closed then; null for none
     * @return the elections
     */
    public static DefaultElections create(
            ElectionStore store, SessionSettings settings, EngineObserver observer, @Nullable LockFile file) {
        return new DefaultElections(Environment.system(store, observer), settings, file);
    }

    /**
     * Creates a session in an environment of the caller's, for simulation.
     *
     * @param environment everything from outside
     * @param settings the settings, validated
     * @return the elections
     */
    public static DefaultElections create(Environment environment, SessionSettings settings) {
        return new DefaultElections(environment, settings, null);
    }

    @Override
    public Election join(ElectionConfig config) {
        lock.lock();
        try {
            requireNew(config);
            int group = groups.enter();
            String id = config.key() + "#" + ++joined;
            ElectionRunner runner = new ElectionRunner(id, config, machineSettings(config, group), loop, environment);
            // Whoever is told that it is closed may join it again: by then it must be forgotten.
            CompletableFuture<Void> forgotten = runner.closed().thenRun(() -> forget(config.name(), group));
            DefaultElection election = new DefaultElection(config, runner, loop, direct, closeLimit(config), forgotten);
            open.put(config.name(), election);
            loop.post(() -> {
                loop.join(runner);
                predecessor.clearFrom(config, runner);
            });
            return election;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Election> elections() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Election> find(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(open.get(name));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SessionStatus session() {
        return loop.status();
    }

    @Override
    public CompletableFuture<Void> reconnect() {
        CompletableFuture<Void> replaced = new CompletableFuture<>();
        if (!loop.post(() -> loop.reconnect(replaced))) {
            replaced.completeExceptionally(Reconnecting.closed());
        }
        return replaced;
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        List<DefaultElection> last = beginClose();
        if (last != null) {
            // Not even a store that answers nothing keeps the process from ending.
            loop.post(() -> cancelForcedEnd = environment.loop().schedule(this::end, closeLimit.toNanos()));
            List<CompletableFuture<Void>> elections = new ArrayList<>();
            last.forEach(election -> elections.add(election.closeAsync()));
            CompletableFuture.allOf(elections.toArray(CompletableFuture[]::new)).thenRun(() -> loop.post(loop::close));
            loop.closed().thenRun(this::end);
        }
        return closed.copy();
    }

    @Override
    public void close() {
        CompletableFuture<Void> done = closeAsync();
        BoundedWait.await(done, closeLimit, "Session");
    }

    private @Nullable List<DefaultElection> beginClose() {
        lock.lock();
        try {
            if (closing) {
                return null;
            }
            closing = true;
            closeLimit = open.values().stream()
                    .map(DefaultElection::closeLimit)
                    .reduce(settings.requestTimeout(), (a, b) -> a.compareTo(b) > 0 ? a : b);
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        if (!closed.isDone()) {
            cancelForcedEnd.run();
            loop.post(loop::end);
            environment.loop().shutdown();
            environment.listeners().execute(() -> {
                try {
                    environment.store().close();
                } finally {
                    predecessor.close();
                }
                closed.complete(null);
            });
        }
    }

    private PatientExecutor.Outcome threads() {
        return new PatientExecutor.Outcome() {
            @Override
            public boolean failed(String message, int attempt) {
                return loop.post(() -> loop.report("thread", message, attempt));
            }

            @Override
            public void recovered() {
                loop.post(() -> loop.recovered("thread"));
            }
        };
    }

    private void requireNew(ElectionConfig config) {
        if (closing) {
            throw new ElectionException(
                    ElectionException.Kind.CLOSED,
                    "Election '" + config.name() + "' cannot be joined: the session is closed",
                    null);
        }
        for (DefaultElection other : open.values()) {
            if (other.name().equals(config.name())) {
                throw new InvalidElectionConfigException(
                        "name", "an election named '" + config.name() + "' is open already", "Choose another name.");
            }
            if (other.key().equals(config.key())) {
                throw new InvalidElectionConfigException(
                        "key",
                        "elections '" + other.name() + "' and '" + config.name() + "' share the key '" + config.key()
                                + "'",
                        "A process takes part in an election once: give each its own key.");
            }
        }
    }

    private void forget(String name, int group) {
        lock.lock();
        try {
            open.remove(name);
            groups.leave(group);
        } finally {
            lock.unlock();
        }
    }

    private MachineSettings machineSettings(ElectionConfig config, int group) {
        return new MachineSettings(
                new ElectionKeys(config.key()),
                config.id(),
                config.address(),
                group,
                config.stepDownTimeout().toNanos(),
                settings.requestTimeout().toNanos(),
                settings.timing(),
                config.evicted(),
                config.handOverTo());
    }

    private Duration closeLimit(ElectionConfig config) {
        return config.stepDownTimeout().plus(settings.requestTimeout());
    }
}
