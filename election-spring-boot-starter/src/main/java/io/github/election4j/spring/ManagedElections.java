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
 * <p>Callable from any thread. Joining opens it. What is joined through it is left and joined again with it.
 *
 * @since 0.1.0
 */
public class ManagedElections implements Elections {
    private static final SessionStatus OUT =
            new SessionStatus(SessionStatus.State.CLOSED, 0, Duration.ZERO, Duration.ZERO, null);

    private final Supplier<Elections> engine;
    private final Map<String, ManagedElection> joinedByCode = new LinkedHashMap<>();
    private volatile @Nullable Elections open;
    private boolean closed;

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
        engine();
        electionsJoinedByCode().forEach(ManagedElection::start);
    }

    /** Closes every election in order, then the session; it can be started again. Waits, as {@link #close()} does. */
    public void stop() {
        List<CompletableFuture<Void>> handOvers =
                electionsJoinedByCode().stream().map(ManagedElection::stop).toList();
        handOvers.forEach(CompletableFuture::join);
        Elections closing;
        synchronized (this) {
            closing = open;
            open = null;
        }
        if (closing != null) {
            closing.close();
        }
    }

    /**
     * {@return the session of the engine, opened if it is not open}
     *
     * @throws ElectionException of kind CLOSED if this was closed for good
     */
    public synchronized Elections engine() {
        if (closed) {
            throw new ElectionException(
                    ElectionException.Kind.CLOSED, "The session is closed, since the application context is.", null);
        }
        Elections present = open;
        if (present == null) {
            present = engine.get();
            open = present;
        }
        return present;
    }

    @Override
    public Election join(ElectionConfig config) {
        ManagedElection election =
                new ManagedElection(config.name(), this::engine, () -> config, Participation.BY_CODE);
        election.start();
        synchronized (this) {
            joinedByCode.put(config.name(), election);
        }
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

    @Override
    public CompletableFuture<Void> closeAsync() {
        Elections closing;
        synchronized (this) {
            closed = true;
            closing = open;
        }
        return closing == null ? CompletableFuture.completedFuture(null) : closing.closeAsync();
    }

    @Override
    public void close() {
        Elections closing;
        synchronized (this) {
            closed = true;
            closing = open;
        }
        if (closing != null) {
            closing.close();
        }
    }

    /** What was joined by code is known to that code by its own face, which outlives the engine's. */
    private synchronized Election known(Election ofEngine) {
        ManagedElection election = joinedByCode.get(ofEngine.name());
        return election == null ? ofEngine : election;
    }

    /** One that its code has closed is not joined again. */
    private synchronized List<ManagedElection> electionsJoinedByCode() {
        joinedByCode.values().removeIf(ManagedElection::isClosed);
        return List.copyOf(joinedByCode.values());
    }
}
