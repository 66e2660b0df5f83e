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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The election that an application injects: there from the beginning, joined and left as {@link ElectionLifecycle}
 * says, any number of times. Its listeners and an eviction outlive each of these.
 *
 * <p>Callable from any thread, like every election. While it is not joined it leads nothing, and its operations fail
 * with an {@link ElectionException} of kind CLOSED. Not final and without a final method, so that it can be proxied.
 *
 * @since 0.1.0
 */
public class ManagedElection implements Election {
    private final String name;
    private final Supplier<Elections> session;
    private final Supplier<ElectionConfig> config;
    private final Participation participation;
    private final FailedStarts failedStarts = new FailedStarts();
    private final Set<ElectionListener> listeners = new CopyOnWriteArraySet<>();
    private volatile Instant since = Instant.now();
    private volatile ElectionState stateWhileOut = ElectionState.STARTING;
    private volatile @Nullable Election joined;
    private volatile @Nullable Boolean evicted;
    private volatile boolean closed;

    /**
     * Creates an election that has not been joined.
     *
     * @param name its name
     * @param session asked for at each joining
     * @param config this member's part; asked for at each joining, when the port of the web server is known
     * @param participation how to take part
     */
    public ManagedElection(
            String name, Supplier<Elections> session, Supplier<ElectionConfig> config, Participation participation) {
        this.name = name;
        this.session = session;
        this.config = config;
        this.participation = participation;
    }

    /** Joins, unless it has joined already. Does not wait. */
    public synchronized void start() {
        closed = false;
        if (joined == null) {
            ElectionConfig present = config.get();
            Elections elections = session.get();
            Elections engine = elections instanceof ManagedElections managed ? managed.engine() : elections;
            Election election = engine.join(evicted == null ? present : present.withEvicted(evicted));
            listeners.forEach(each -> election.addListener(new StartGuard(each, this)));
            joined = election;
        }
    }

    /**
     * Hands over and leaves; it can be started again.
     *
     * @return completes like {@link #closeAsync()}
     */
    public CompletableFuture<Void> stop() {
        Election present = joined;
        return present == null
                ? CompletableFuture.completedFuture(null)
                : present.closeAsync().thenRun(() -> left(present));
    }

    /** {@return whether it has joined and not left} */
    public boolean isRunning() {
        return joined != null;
    }

    /** {@return whether its code has closed it; then it is not joined again unless {@link #start()} is called} */
    public boolean isClosed() {
        return closed;
    }

    /** {@return how it takes part} */
    public Participation getParticipation() {
        return participation;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String key() {
        Election present = joined;
        return present == null ? config.get().key() : present.key();
    }

    @Override
    public String id() {
        Election present = joined;
        return present == null ? config.get().id() : present.id();
    }

    @Override
    public String address() {
        Election present = joined;
        return present == null ? config.get().address() : present.address();
    }

    @Override
    public boolean isLeader() {
        Election present = joined;
        return present != null && present.isLeader();
    }

    @Override
    public Optional<Leadership> leadership() {
        Election present = joined;
        return present == null ? Optional.empty() : present.leadership();
    }

    @Override
    public Optional<Candidate> leader() {
        Election present = joined;
        return present == null ? Optional.empty() : present.leader();
    }

    @Override
    public List<Candidate> candidates() {
        Election present = joined;
        return present == null ? List.of() : present.candidates();
    }

    @Override
    public ElectionStatus status() {
        Election present = joined;
        return present == null ? statusWhileOut() : present.status();
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
        return ask(election -> {
            evicted = true; // Holds at the next joining too; what is refused is not remembered.
            return election.evict();
        });
    }

    @Override
    public CompletableFuture<OperationOutcome> cancelEvict() {
        return ask(election -> {
            evicted = false;
            return election.cancelEvict();
        });
    }

    @Override
    public CompletableFuture<OperationOutcome> clear(String candidateId) {
        return ask(election -> election.clear(candidateId));
    }

    @Override
    public synchronized void addListener(ElectionListener listener) {
        listeners.add(listener);
        Election present = joined;
        if (present != null) {
            present.addListener(new StartGuard(listener, this));
        }
    }

    @Override
    public synchronized void removeListener(ElectionListener listener) {
        listeners.remove(listener);
        Election present = joined;
        if (present != null) {
            present.removeListener(new StartGuard(listener, this));
        }
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        closed = true;
        return stop();
    }

    @Override
    public void close() {
        closed = true;
        Election present = joined;
        if (present != null) {
            present.close();
            left(present);
        }
    }

    /** The work of a term has not started: stands aside, as if evicted, and is a candidate again after a while. */
    void startFailed(long token) {
        Election present = joined;
        if (participation.resignOnFailedStart() && present != null) {
            failedStarts
                    .failed(token, ThreadLocalRandom.current().nextDouble())
                    .ifPresent(pause -> standAside(present, pause));
        }
    }

    void termEnded(long token) {
        failedStarts.ended(token);
    }

    private void standAside(Election from, Duration pause) {
        from.evict();
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    // What an operator has asked for meanwhile stands.
                    if (!Boolean.TRUE.equals(evicted)) {
                        from.cancelEvict();
                    }
                });
    }

    private synchronized void left(Election election) {
        if (election.equals(joined)) {
            joined = null;
            stateWhileOut = ElectionState.CLOSED;
            since = Instant.now();
        }
    }

    private <T> CompletableFuture<T> ask(Function<Election, CompletableFuture<T>> operation) {
        Election present = joined;
        if (present == null) {
            return CompletableFuture.failedFuture(new ElectionException(
                    ElectionException.Kind.CLOSED, "Election '" + name + "' has not been joined: " + whyOut(), null));
        }
        return operation.apply(present);
    }

    /** {@return why this member does not take part, as a sentence; only of use while it does not} */
    public String whyOut() {
        if (closed) {
            return "it was closed.";
        }
        if (!participation.autoStartup()) {
            return "election.auto-startup is false, and nobody has started it.";
        }
        return participation.candidacy() == Candidacy.READY
                ? "election.candidacy is 'ready', and the application does not accept traffic."
                : "the application context has not started, or is stopping.";
    }

    private ElectionStatus statusWhileOut() {
        ElectionConfig present = config.get();
        boolean staysOut = evicted == null ? present.evicted() : evicted;
        return new ElectionStatus(
                name,
                present.key(),
                present.id(),
                present.address(),
                stateWhileOut,
                null,
                staysOut,
                List.of(),
                null,
                since,
                null,
                List.of());
    }
}
