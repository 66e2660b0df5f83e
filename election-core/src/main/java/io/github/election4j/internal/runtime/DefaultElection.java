package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionListener;
import io.github.election4j.ElectionStatus;
import io.github.election4j.EvictOptions;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import io.github.election4j.Leadership;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.internal.machine.MachineSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The public face of an election: commands in, snapshots out. Any thread. */
final class DefaultElection implements Election {
    private final ElectionConfig config;
    private final ElectionRunner runner;
    private final SessionLoop loop;
    private final DirectAccess direct;
    private final LastingEvictions evictions;
    private final OrderSender orders;
    private final Duration closeLimit;
    private final CompletableFuture<Void> closed;

    DefaultElection(
            ElectionConfig config,
            ElectionRunner runner,
            SessionLoop loop,
            DirectAccess direct,
            Duration closeLimit,
            CompletableFuture<Void> closed) {
        this.config = config;
        this.runner = runner;
        this.loop = loop;
        this.direct = direct;
        this.evictions = direct.evictions(config, closeLimit, this::shows);
        this.orders = direct.orders(config, closeLimit, this::shows);
        this.closeLimit = closeLimit;
        this.closed = closed;
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public String key() {
        return config.key();
    }

    @Override
    public String id() {
        return config.id();
    }

    @Override
    public String address() {
        return config.address();
    }

    @Override
    public boolean isLeader() {
        return Term.lasts(runner.term());
    }

    @Override
    public Optional<Leadership> leadership() {
        Term term = runner.term();
        return Term.lasts(term) ? Optional.ofNullable(term) : Optional.empty();
    }

    @Override
    public Optional<Candidate> leader() {
        return Optional.ofNullable(status().leader());
    }

    @Override
    public List<Candidate> candidates() {
        return runner.board().last().candidates();
    }

    @Override
    public ElectionStatus status() {
        return runner.board().now(this::isLeader);
    }

    @Override
    public CompletableFuture<Optional<Candidate>> fetchLeader() {
        return direct.fetchLeader(config);
    }

    @Override
    public CompletableFuture<OperationOutcome> resign() {
        return endingTerm(() -> command(Input.Command.Type.RESIGN, ""));
    }

    @Override
    public CompletableFuture<OperationOutcome> resign(String candidateId) {
        String id = valid(candidateId);
        return id.equals(config.id()) && isLeader() ? resign() : byId(id, orders::resign, "have '" + id + "' resign");
    }

    @Override
    public CompletableFuture<OperationOutcome> transferTo(String candidateId) {
        String id = valid(candidateId);
        return isLeader()
                ? endingTerm(() -> command(Input.Command.Type.TRANSFER, id))
                : byId(id, orders::transfer, "hand over to '" + id + "'");
    }

    @Override
    public CompletableFuture<OperationOutcome> evict() {
        return endingTerm(() -> command(Input.Command.Type.EVICT, ""));
    }

    @Override
    public CompletableFuture<OperationOutcome> evict(EvictOptions options) {
        Supplier<CompletableFuture<OperationOutcome>> operation =
                () -> byId(options.id(), id -> evictions.evict(options), "evict '" + options.id() + "'");
        return options.id().equals(config.id()) ? endingTerm(operation) : operation.get();
    }

    @Override
    public CompletableFuture<OperationOutcome> cancelEvict(String candidateId) {
        return byId(valid(candidateId), evictions::cancel, "cancel the eviction of '" + candidateId + "'");
    }

    @Override
    public CompletableFuture<OperationOutcome> cancelEvict() {
        return command(Input.Command.Type.CANCEL_EVICT, "");
    }

    @Override
    public CompletableFuture<OperationOutcome> clear(String candidateId) {
        return direct.clear(config, candidateId, this::ownsLiveKey);
    }

    @Override
    public void addListener(ElectionListener listener) {
        loop.post(() -> runner.addListener(listener));
    }

    @Override
    public void removeListener(ElectionListener listener) {
        loop.post(() -> runner.removeListener(listener));
    }

    @Override
    public LeaderWork whileLeading(LeaderTask task) {
        return WhileLeading.begin(this, task, taskOutcome());
    }

    WhileLeading.Outcome taskOutcome() {
        return runner.taskOutcome();
    }

    @Override
    public CompletableFuture<Leadership> awaitLeadership() {
        return AwaitedTerm.of(this, closed);
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        LeaderCall.callerEnds(runner.term());
        loop.post(runner::close);
        return closed.copy();
    }

    @Override
    public void close() {
        BoundedWait.await(closeAsync(), closeLimit, "Election '" + config.name() + "'");
    }

    /** The longest that closing may take. */
    Duration closeLimit() {
        return closeLimit;
    }

    /** Whether a key is the one this member holds under its present lease. */
    private boolean ownsLiveKey(String key) {
        long leaseId = loop.status().leaseId();
        return leaseId != 0 && key.equals(config.key() + "/" + Long.toHexString(leaseId));
    }

    /** A call of the term that asks for its end is not waited for; where nothing comes of it, the call is one again. */
    private CompletableFuture<OperationOutcome> endingTerm(Supplier<CompletableFuture<OperationOutcome>> operation) {
        Runnable goesOn = LeaderCall.callerEnds(runner.term());
        CompletableFuture<OperationOutcome> outcome = operation.get();
        outcome.whenComplete((done, failure) -> {
            if (failure != null) {
                goesOn.run();
            }
        });
        return outcome;
    }

    private CompletableFuture<OperationOutcome> byId(
            String candidateId, Function<String, CompletableFuture<OperationOutcome>> operation, String description) {
        return closed.isDone() ? failedAsClosed() : direct.answer(operation.apply(candidateId), config, description);
    }

    /** What no member can have as its id is refused before anything is done. */
    private static String valid(String candidateId) {
        return EvictOptions.of(candidateId).id();
    }

    private CompletableFuture<OperationOutcome> failedAsClosed() {
        return CompletableFuture.failedFuture(new ElectionException(
                ElectionException.Kind.CLOSED, "Election '" + config.name() + "' is closed", null));
    }

    /** Whether this member's view comes to show something in time. */
    private CompletableFuture<Boolean> shows(Predicate<MachineSnapshot> condition, Duration limit) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        if (!loop.post(() -> runner.await(condition, limit, answer))) {
            answer.complete(false);
        }
        return answer;
    }

    private CompletableFuture<OperationOutcome> command(Input.Command.Type type, String target) {
        CompletableFuture<OperationOutcome> future = new CompletableFuture<>();
        boolean taken = !closed.isDone() && loop.post(() -> runner.command(type, target, future));
        return taken ? future : failedAsClosed();
    }
}
