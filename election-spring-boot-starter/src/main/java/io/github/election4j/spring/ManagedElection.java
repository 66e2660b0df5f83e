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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
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
    private final Candidacy candidacy;
    private final boolean autoStartup;
    private final Set<ElectionListener> listeners = new CopyOnWriteArraySet<>();
    private volatile Instant since = Instant.now();
    private volatile ElectionState stateWhileOut = ElectionState.STARTING;
    private volatile @Nullable Election joined;
    private volatile @Nullable Boolean evicted;

    /**
     * Creates an election that has not been joined.
     *
     * @param name its name
     * @param session asked for at each joining
     * @param config this member's part; asked for at each joining, when the port of the web server is known
     * @param candidacy when to join
     * @param autoStartup whether to join by itself at all
     */
    public ManagedElection(
            String name,
            Supplier<Elections> session,
            Supplier<ElectionConfig> config,
            Candidacy candidacy,
            boolean autoStartup) {
        this.name = name;
        this.session = session;
        this.config = config;
        this.candidacy = candidacy;
        this.autoStartup = autoStartup;
    }

    /** Joins, unless it has joined already. Does not wait. */
    public synchronized void start() {
        if (joined == null) {
            ElectionConfig present = config.get();
            Election election = session.get().join(evicted == null ? present : present.withEvicted(evicted));
            listeners.forEach(election::addListener);
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

    /** {@return when it joins} */
    public Candidacy getCandidacy() {
        return candidacy;
    }

    /** {@return whether it joins by itself} */
    public boolean isAutoStartup() {
        return autoStartup;
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
            present.addListener(listener);
        }
    }

    @Override
    public synchronized void removeListener(ElectionListener listener) {
        listeners.remove(listener);
        Election present = joined;
        if (present != null) {
            present.removeListener(listener);
        }
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return stop();
    }

    @Override
    public void close() {
        Election present = joined;
        if (present != null) {
            present.close();
            left(present);
        }
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
        if (!autoStartup) {
            return "election.auto-startup is false, and nobody has started it.";
        }
        return candidacy == Candidacy.READY
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
