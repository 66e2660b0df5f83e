package io.github.election4j.spring;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionListener;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.Elections;
import io.github.election4j.Leadership;
import io.github.election4j.OperationOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * An election that follows the life cycle of the application context: it starts last, when the web server is up and
 * every listener is there, and stops first, handing over before anything else stops. Stopping does not block the
 * others: it is asynchronous.
 *
 * <p>Callable from any thread, like every election. Before the start and after the stop it leads nothing, and its
 * operations fail with an {@link ElectionException} of kind CLOSED. It can be started again.
 */
public final class ManagedElection implements Election, SmartLifecycle {
    /** The last phase to start and the first to stop. */
    public static final int PHASE = Integer.MAX_VALUE;

    private final Supplier<Elections> elections;
    private final Supplier<ElectionConfig> config;
    private final String name;
    private final boolean autoStartup;
    private final List<ElectionListener> listeners = new CopyOnWriteArrayList<>();
    private final Instant createdAt = Instant.now();
    private volatile @Nullable Election delegate;
    private @Nullable ElectionConfig resolved;

    /**
     * Creates an election that has not started.
     *
     * @param name its name
     * @param elections the session, asked for at the start
     * @param config this member's part; asked for at the start, when the port of the web server is known
     * @param autoStartup whether to start with the context
     */
    public ManagedElection(
            String name, Supplier<Elections> elections, Supplier<ElectionConfig> config, boolean autoStartup) {
        this.name = name;
        this.elections = elections;
        this.config = config;
        this.autoStartup = autoStartup;
    }

    @Override
    public synchronized void start() {
        if (delegate == null) {
            Election joined = elections.get().join(resolvedConfig());
            listeners.forEach(joined::addListener);
            delegate = joined;
        }
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public void stop(Runnable callback) {
        closeAsync().whenComplete((done, failure) -> callback.run());
    }

    @Override
    public boolean isRunning() {
        return delegate != null;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String key() {
        return resolvedConfig().key();
    }

    @Override
    public String id() {
        return resolvedConfig().id();
    }

    @Override
    public String address() {
        return resolvedConfig().address();
    }

    @Override
    public boolean isLeader() {
        Election present = delegate;
        return present != null && present.isLeader();
    }

    @Override
    public Optional<Leadership> leadership() {
        Election present = delegate;
        return present == null ? Optional.empty() : present.leadership();
    }

    @Override
    public Optional<Candidate> leader() {
        Election present = delegate;
        return present == null ? Optional.empty() : present.leader();
    }

    @Override
    public List<Candidate> candidates() {
        Election present = delegate;
        return present == null ? List.of() : present.candidates();
    }

    @Override
    public ElectionStatus status() {
        Election present = delegate;
        return present == null ? notRunning() : present.status();
    }

    @Override
    public CompletableFuture<Optional<Candidate>> fetchLeader() {
        return ask(Election::fetchLeader);
    }

    @Override
    public CompletableFuture<OperationOutcome> resign() {
        return ask(Election::resign);
    }

    @Override
    public CompletableFuture<OperationOutcome> evict() {
        return ask(Election::evict);
    }

    @Override
    public CompletableFuture<OperationOutcome> cancelEvict() {
        return ask(Election::cancelEvict);
    }

    @Override
    public CompletableFuture<OperationOutcome> clear(String candidateId) {
        return ask(election -> election.clear(candidateId));
    }

    @Override
    public synchronized void addListener(ElectionListener listener) {
        listeners.add(listener);
        Election present = delegate;
        if (present != null) {
            present.addListener(listener);
        }
    }

    @Override
    public synchronized void removeListener(ElectionListener listener) {
        listeners.remove(listener);
        Election present = delegate;
        if (present != null) {
            present.removeListener(listener);
        }
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        Election present = delegate;
        if (present == null) {
            return CompletableFuture.completedFuture(null);
        }
        return present.closeAsync().thenRun(this::stopped);
    }

    @Override
    public void close() {
        Election present = delegate;
        if (present != null) {
            present.close();
            stopped();
        }
    }

    private synchronized void stopped() {
        delegate = null;
    }

    private <T> CompletableFuture<T> ask(Function<Election, CompletableFuture<T>> operation) {
        Election present = delegate;
        if (present == null) {
            return CompletableFuture.failedFuture(new ElectionException(
                    ElectionException.Kind.CLOSED,
                    "Election '" + name + "' is not running: start it, or set election.auto-startup",
                    null));
        }
        return operation.apply(present);
    }

    private synchronized ElectionConfig resolvedConfig() {
        ElectionConfig present = resolved;
        if (present == null) {
            present = config.get();
            resolved = present;
        }
        return present;
    }

    private ElectionStatus notRunning() {
        ElectionState state = resolved == null ? ElectionState.STARTING : ElectionState.CLOSED;
        return new ElectionStatus(name, "", "", "", state, null, false, List.of(), null, createdAt, null, List.of());
    }
}
