package io.github.election4j.embedded.testing;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
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
import io.github.election4j.internal.runtime.AwaitedTerm;
import io.github.election4j.internal.runtime.LeaderCall;
import io.github.election4j.internal.runtime.WhileLeading;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * An election whose outcome the test decides, for unit tests of code that depends on who leads. It behaves as every
 * election does, but nothing happens by itself: this member leads from {@link #grant()} to {@link #revoke()}, it is not
 * elected again for being alone in the queue, and no term ends by time.
 *
 * <p>Thread-safe, and without threads: listeners are called by the thread that causes the event, in order, before its
 * call returns, and every future is complete when it is returned. One exception: a listener that is running already,
 * such as the one that makes the call, hears of it when it returns; a step-down does not wait for it, as if it had run
 * out of the step-down timeout.
 *
 * @since 0.1.0
 */
public final class ControllableElection implements Election {
    private static final Set<ChangeReason> LOSSES =
            Set.of(ChangeReason.EXPIRED, ChangeReason.KEY_LOST, ChangeReason.SESSION_LOST);

    private final ElectionConfig config;
    private final ControlledMember member;

    /** Creates one with the key {@code /election/test}, in whose queue this member waits with the id {@code me}. */
    public ControllableElection() {
        this(ElectionConfig.of("/election/test", "me"), Clock.systemUTC());
    }

    /**
     * Creates one in whose queue this member waits, unless it starts evicted.
     *
     * @param config the election and this member's part in it
     * @param clock what events and the status are dated by; nothing else is
     */
    public ControllableElection(ElectionConfig config, Clock clock) {
        this.config = config;
        this.member = new ControlledMember(config, clock);
    }

    /**
     * Makes this member the leader; whoever was observed to lead is gone. Harmless if it leads already.
     *
     * @return its term
     * @throws IllegalStateException if it cannot lead: it is closed or evicted, or its revoke listeners are running
     */
    public Leadership grant() {
        return member.perform(member::grant);
    }

    /** Takes the leadership from this member for want of a heartbeat; see {@link #revoke(ChangeReason)}. */
    public void revoke() {
        revoke(ChangeReason.EXPIRED);
    }

    /**
     * Takes the leadership from this member; when its listeners have returned, it enters the queue again at the tail.
     * Harmless if it does not lead.
     *
     * @param reason EXPIRED, KEY_LOST or SESSION_LOST; terms that end for other reasons end by an operation
     */
    public void revoke(ChangeReason reason) {
        if (!LOSSES.contains(reason)) {
            throw new IllegalArgumentException(reason + " is no loss; call the operation that it belongs to");
        }
        member.perform(() -> member.lose(reason));
    }

    /**
     * Makes another member the leader, in a new term each time. If this member leads, it loses its key first.
     *
     * @param id the identity of the other member
     * @param address where it can be reached; may be empty
     * @return the other member's place, at the head of the queue
     * @throws IllegalStateException if this election is closed
     */
    public Candidate observeLeader(String id, String address) {
        revoke(ChangeReason.KEY_LOST); // A step of its own: nobody else leads before the listeners have returned.
        return member.perform(() -> member.otherLeads(id, address));
    }

    /**
     * Lets the leader that was observed go, with nobody to follow. Harmless if there is none.
     *
     * @throws IllegalStateException if this election is closed
     */
    public void observeNobody() {
        member.perform(member::otherLeaves);
    }

    /**
     * Reports a failure by an error event and as the last error of the status; nothing else follows from it.
     *
     * @param operation what fails: session, watch, enter, heartbeat or release
     * @param message what was found
     */
    public void report(String operation, String message) {
        member.perform(() -> member.report(operation, message));
    }

    /**
     * Lets an operation that had failed succeed: it is the last error of the status no longer.
     *
     * @param operation what had failed
     */
    public void recover(String operation) {
        member.perform(() -> member.recover(operation));
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
        return member.term() != null;
    }

    @Override
    public Optional<Leadership> leadership() {
        return Optional.ofNullable(member.term());
    }

    @Override
    public Optional<Candidate> leader() {
        return Optional.ofNullable(status().leader());
    }

    @Override
    public List<Candidate> candidates() {
        return status().candidates();
    }

    @Override
    public ElectionStatus status() {
        return member.status();
    }

    @Override
    public CompletableFuture<Optional<Candidate>> fetchLeader() {
        return CompletableFuture.completedFuture(candidates().stream().findFirst());
    }

    @Override
    public CompletableFuture<OperationOutcome> resign() {
        return endingTerm(() -> member.leave(ChangeReason.RESIGNED));
    }

    /** Of the other that leads too: nobody leads from then on. */
    @Override
    public CompletableFuture<OperationOutcome> resign(String candidateId) {
        return candidateId.equals(id()) && isLeader()
                ? resign()
                : command(() -> member.byId().resign(candidateId));
    }

    /** The named one need not wait anywhere: it leads from then on, as after {@link #observeLeader(String, String)}. */
    @Override
    public CompletableFuture<OperationOutcome> transferTo(String candidateId) {
        CompletableFuture<OperationOutcome> handedOver =
                endingTerm(() -> member.byId().handOverTo(candidateId));
        if (!handedOver.isCompletedExceptionally()) {
            member.perform(() -> member.byId().leadsNext(candidateId));
        }
        return handedOver;
    }

    /** What has a duration is not ended by it. */
    @Override
    public CompletableFuture<OperationOutcome> evict(EvictOptions options) {
        Supplier<OperationOutcome> operation = () -> member.byId().evict(options);
        return options.id().equals(id()) ? endingTerm(operation) : command(operation);
    }

    @Override
    public CompletableFuture<OperationOutcome> cancelEvict(String candidateId) {
        return command(() -> member.byId().cancelEvict(candidateId));
    }

    @Override
    public CompletableFuture<OperationOutcome> evict() {
        return endingTerm(member::evict);
    }

    @Override
    public CompletableFuture<OperationOutcome> cancelEvict() {
        return command(member::cancelEvict);
    }

    @Override
    public CompletableFuture<OperationOutcome> clear(String candidateId) {
        return command(() -> member.byId().clear(candidateId));
    }

    @Override
    public void addListener(ElectionListener listener) {
        member.perform(() -> member.add(listener));
    }

    @Override
    public void removeListener(ElectionListener listener) {
        member.remove(listener);
    }

    @Override
    public LeaderWork whileLeading(LeaderTask task) {
        return WhileLeading.begin(this, task, new WhileLeading.Outcome() {
            @Override
            public void failed(String message, int attempt) {
                report("task", message);
            }

            @Override
            public void recovered() {
                recover("task");
            }
        });
    }

    @Override
    public CompletableFuture<Leadership> awaitLeadership() {
        return AwaitedTerm.of(this, new CompletableFuture<>());
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        close();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        LeaderCall.callerEnds(member.term());
        member.perform(member::close);
    }

    /** A call of the term that asks for its end is not waited for; where nothing comes of it, the call is one again. */
    private CompletableFuture<OperationOutcome> endingTerm(Supplier<OperationOutcome> operation) {
        Runnable goesOn = LeaderCall.callerEnds(member.term());
        CompletableFuture<OperationOutcome> outcome = command(operation);
        if (outcome.isCompletedExceptionally()) {
            goesOn.run();
        }
        return outcome;
    }

    private CompletableFuture<OperationOutcome> command(Supplier<OperationOutcome> operation) {
        try {
            return CompletableFuture.completedFuture(member.perform(operation));
        } catch (ElectionException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }
}
