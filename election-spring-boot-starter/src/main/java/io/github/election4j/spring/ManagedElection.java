package io.github.election4j.spring;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionListener;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.Elections;
import io.github.election4j.EvictOptions;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import io.github.election4j.Leadership;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.runtime.AwaitedTerm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private final StandAside standAside = new StandAside();
    private final EvictionMemory eviction = new EvictionMemory();
    private final Attachments attachments = new Attachments();
    private volatile Instant since = Instant.now();
    private volatile ElectionState stateWhileOut = ElectionState.STARTING;
    private volatile @Nullable Election joined;
    private volatile boolean wanted;
    volatile DeliveryAdvice advice = ElectionListener::onEvent;

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
        this.wanted = participation.autoStartup();
    }

    /** Joins, unless it has joined already, and from now on whenever the application takes part. Does not wait. */
    public synchronized void start() {
        wanted = true;
        rejoin();
    }

    /** Joins if it is {@linkplain #isWanted() wanted}, unless it has joined already. Does not wait. */
    public synchronized void rejoin() {
        Election former = joined;
        if (former != null && former.status().state() == ElectionState.CLOSED) {
            left(former); // Its session was closed under it.
        }
        if (wanted && joined == null) {
            ElectionConfig present = eviction.applyTo(config.get());
            Election election = ManagedElections.engineOf(session.get()).join(present);
            attachments.joined(this, election);
            joined = election;
        }
    }

    /** {@return when it has handed over and left, as {@link #closeAsync()} does; it can be started again} */
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

    /** {@return whether it takes part when the application does: by itself, or since it was started, until closed} */
    public boolean isWanted() {
        return wanted;
    }

    /** {@return how it takes part} */
    public Participation getParticipation() {
        return participation;
    }

    /** {@return this member's part, as it would be if it joined now} */
    public ElectionConfig config() {
        return config.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String key() {
        return now(Election::key, () -> config.get().key());
    }

    @Override
    public String id() {
        return now(Election::id, () -> config.get().id());
    }

    @Override
    public String address() {
        return now(Election::address, () -> config.get().address());
    }

    @Override
    public boolean isLeader() {
        Election present = joined;
        return present != null && present.isLeader();
    }

    @Override
    public Optional<Leadership> leadership() {
        return now(Election::leadership, Optional::empty);
    }

    @Override
    public Optional<Candidate> leader() {
        return now(Election::leader, Optional::empty);
    }

    @Override
    public List<Candidate> candidates() {
        return now(Election::candidates, List::of);
    }

    @Override
    public ElectionStatus status() {
        return now(Election::status, () -> StatusWhileOut.of(name, config(), stateWhileOut, eviction, since));
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
    public synchronized CompletableFuture<OperationOutcome> evict() {
        return ask(election -> eviction.remember(true, election.evict()));
    }

    @Override
    public synchronized CompletableFuture<OperationOutcome> cancelEvict() {
        return ask(election -> eviction.remember(false, election.cancelEvict()));
    }

    @Override
    public CompletableFuture<OperationOutcome> resign(String candidateId) {
        return ask(election -> election.resign(candidateId));
    }

    @Override
    public CompletableFuture<OperationOutcome> transferTo(String candidateId) {
        return ask(election -> election.transferTo(candidateId));
    }

    @Override
    public CompletableFuture<OperationOutcome> evict(EvictOptions options) {
        return ask(election -> election.evict(options));
    }

    @Override
    public CompletableFuture<OperationOutcome> cancelEvict(String candidateId) {
        return ask(election -> election.cancelEvict(candidateId));
    }

    @Override
    public CompletableFuture<OperationOutcome> clear(String candidateId) {
        return ask(election -> election.clear(candidateId));
    }

    @Override
    public synchronized void addListener(ElectionListener listener) {
        attachments.add(this, listener, joined);
    }

    @Override
    public synchronized void removeListener(ElectionListener listener) {
        attachments.remove(this, listener, joined);
    }

    /** Goes on when the election is joined again. */
    @Override
    public synchronized LeaderWork whileLeading(LeaderTask task) {
        return attachments.work(task, joined);
    }

    /** Waits for as long as it takes: what is closed may be joined again. */
    @Override
    public CompletableFuture<Leadership> awaitLeadership() {
        return AwaitedTerm.of(this, new CompletableFuture<>());
    }

    @Override
    public synchronized CompletableFuture<Void> closeAsync() {
        wanted = false;
        return stop();
    }

    @Override
    public void close() {
        var unused = closeAsync();
        awaitStop();
    }

    /** Does {@link #stop()} and waits for it as {@link Election#close()} does: for a time, and not in a listener. */
    public void awaitStop() {
        Election present = joined;
        if (present != null) {
            present.close();
            left(present);
        }
    }

    /** Sets what is done around each call of its listeners, which is nothing unless it is set. */
    void setDeliveryAdvice(DeliveryAdvice newAdvice) {
        advice = newAdvice;
    }

    /** The work of a term has not started. Where the term has ended, its work has failed for that. */
    void startFailed(long token, boolean essential) {
        Election present = joined;
        if ((essential || participation.resignOnFailedStart())
                && present != null
                && present.leadership().stream().anyMatch(term -> term.fencingToken() == token)) {
            standAside.failed(present, token, this::goOn);
        }
    }

    void termEnded(long token) {
        standAside.termEnded(token);
    }

    /** What an operator has asked for meanwhile stands. */
    private synchronized void goOn(Election stoodAside) {
        if (!eviction.isEvicted()) {
            stoodAside.cancelEvict();
        }
    }

    private <T> T now(Function<Election, T> whileJoined, Supplier<T> whileOut) {
        Election present = joined;
        return present == null ? whileOut.get() : whileJoined.apply(present);
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
        return participation.whyOut(wanted);
    }
}
