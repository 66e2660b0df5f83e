package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.SessionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The session that an application injects: opened at once, closed and opened again as {@link ElectionLifecycle} says.
 * While it is closed there is no connection to etcd and no thread, so that a checkpoint can be made of the process.
 *
 * <p>Callable from any thread. What is joined through it is left and joined again with it; while it is closed, joining
 * is refused.
 *
 * @since 0.1.0
 */
public class ManagedElections implements Elections {
    private static final SessionStatus OUT =
            new SessionStatus(SessionStatus.State.CLOSED, 0, Duration.ZERO, Duration.ZERO, null);

    private final Supplier<Elections> engine;
    private final Map<String, ManagedElection> joinedByCode = new LinkedHashMap<>();
    private volatile @Nullable Elections open;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        STOPPED,
        CLOSED
    }

    /**
     * Creates an open session.
     *
     * @param engine builds a session of the engine; asked whenever this one is opened
     */
    public ManagedElections(Supplier<Elections> engine) {
        this.engine = engine;
        this.open = engine.get();
    }

    /**
     * Opens it, unless it is open, and joins again what was joined by {@link #join}.
     *
     * @throws ElectionException of kind CLOSED if it was closed for good
     */
    public void start() {
        synchronized (this) {
            if (state == State.STOPPED) {
                state = State.OPEN;
                open = null; // What is left of it may still be closing, and takes nobody in.
            }
        }
        engine();
        electionsJoinedByCode().forEach(ManagedElection::rejoin);
    }

    /**
     * Begins to close every election and then the session; nothing can be joined until it is started again.
     *
     * @return completes like {@link #closeAsync()}
     */
    public CompletableFuture<Void> stopAsync() {
        Elections closing;
        synchronized (this) {
            state = state == State.CLOSED ? state : State.STOPPED;
            closing = open;
        }
        return closing == null ? CompletableFuture.completedFuture(null) : closing.closeAsync();
    }

    /** Does {@link #stopAsync()} and waits for it, as {@link #close()} does. */
    public void stop() {
        CompletableFuture<Void> unused = stopAsync();
        Elections closing = open;
        if (closing != null) {
            closing.close();
            electionsJoinedByCode().forEach(ManagedElection::awaitStop);
            forget(closing);
        }
    }

    private synchronized void forget(Elections closed) {
        if (closed.equals(open) && state == State.STOPPED) {
            open = null;
        }
    }

    /** The one beneath, where there is one: what is joined there is managed by whoever joins it. */
    static Elections engineOf(Elections elections) {
        return elections instanceof ManagedElections managed ? managed.engine() : elections;
    }

    /**
     * {@return the session of the engine, opened if it is not open}
     *
     * @throws ElectionException of kind CLOSED while the application context is stopped, or if it was closed for good
     */
    public synchronized Elections engine() {
        if (state != State.OPEN) {
            throw closed();
        }
        Elections present = open;
        if (present == null) {
            present = engine.get();
            open = present;
        }
        return present;
    }

    /** Under the lock: a session that is stopped meanwhile has to know of it. */
    @Override
    public synchronized Election join(ElectionConfig config) {
        ManagedElection election =
                new ManagedElection(config.name(), this::engine, () -> config, Participation.BY_CODE);
        election.start();
        joinedByCode.put(config.name(), election);
        return election;
    }

    @Override
    public List<Election> elections() {
        Elections present = open;
        if (present == null) {
            return List.of();
        }
        List<Election> found = new ArrayList<>();
        present.elections().forEach(each -> found.add(known(each)));
        return List.copyOf(found);
    }

    @Override
    public Optional<Election> find(String name) {
        Elections present = open;
        return present == null ? Optional.empty() : present.find(name).map(this::known);
    }

    @Override
    public SessionStatus session() {
        Elections present = open;
        return present == null ? OUT : present.session();
    }

    /** A session that is opened later has a new client anyway. */
    @Override
    public synchronized CompletableFuture<Void> reconnect() {
        if (state != State.OPEN) {
            return CompletableFuture.failedFuture(closed());
        }
        return open == null ? CompletableFuture.completedFuture(null) : open.reconnect();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        closeForGood();
        return stopAsync();
    }

    @Override
    public void close() {
        closeForGood();
        stop();
    }

    private static ElectionException closed() {
        return new ElectionException(
                ElectionException.Kind.CLOSED,
                "The session is closed: the application context has stopped, or was closed.",
                null);
    }

    private synchronized void closeForGood() {
        state = State.CLOSED;
    }

    /** What was joined by code is known to that code by its own face, which outlives the engine's. */
    private synchronized Election known(Election ofEngine) {
        ManagedElection election = joinedByCode.get(ofEngine.name());
        return election == null ? ofEngine : election;
    }

    /** One that its code has closed is not joined again. */
    private synchronized List<ManagedElection> electionsJoinedByCode() {
        joinedByCode.values().removeIf(each -> !each.isWanted());
        return List.copyOf(joinedByCode.values());
    }
}
