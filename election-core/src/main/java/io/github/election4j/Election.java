package io.github.election4j;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * This member's part in one election.
 *
 * <p>All methods are callable from any thread, a listener's included, and none blocks on etcd (L3), except
 * {@link #close()}, whose wait is bounded. Futures complete on threads of the listener pool; every future completes, at
 * the latest after the step-down timeout plus the request timeout, and one more request timeout where a member is named
 * by its id. Completing or cancelling a future has no effect on the operation. After {@code close()} operations fail
 * with kind CLOSED, but for {@link #fetchLeader()} and {@link #clear(String)}.
 *
 * <p>No error ends the participation; only {@code close()} does (L2).
 *
 * @since 0.1.0
 */
public interface Election extends AutoCloseable {
    /** {@return the name of this election in its process} */
    String name();

    /** {@return the key of this election in etcd} */
    String key();

    /** {@return the identity of this member} */
    String id();

    /** {@return the address of this member} */
    String address();

    /**
     * Tells whether this member leads, by its own monotonic clock at the instant of the call (S1, P9). Reads two fields
     * and the clock: no lock, no allocation, no I/O.
     *
     * @return true while this member leads; a true answer may be stale by the time the caller acts on it, so guard
     *     writes by the {@linkplain Leadership#fencingToken() fencing token}
     */
    boolean isLeader();

    /** {@return the present term of this member; empty if it does not lead} */
    Optional<Leadership> leadership();

    /**
     * {@return who is known to lead, from local knowledge; empty for nobody} It trails etcd by one watch delivery. A
     * member of Election4J is named once it leads; a foreign member (Go, etcdctl) once it heads the queue.
     */
    Optional<Candidate> leader();

    /** {@return the queue, first come first, from local knowledge} */
    List<Candidate> candidates();

    /**
     * {@return a snapshot of everything this member knows} A listener that hears of a change sees it here, and so does
     * who gets the answer to a command.
     */
    ElectionStatus status();

    /**
     * Reads the head of the queue from etcd, linearizably: who leads, or will lead as soon as every earlier leader is
     * known to have stopped. Works while this member is evicted or closed, as long as its {@link Elections} is open.
     *
     * @return completes with the head, empty if the queue is; exceptionally with an {@link ElectionException} of kind
     *     STORE if etcd does not answer within the request timeout
     */
    CompletableFuture<Optional<Candidate>> fetchLeader();

    /**
     * {@return the last terms of all members, oldest first} They are kept in etcd, over restarts of every member, and
     * read locally, like {@link #status()}.
     */
    default List<LeaderTerm> history() {
        return status().terms();
    }

    /**
     * Gives up the leadership, or the place in the queue, and enters again at the tail. Alone in the queue, this member
     * is elected again.
     *
     * @return completes with RELEASED, LEFT_QUEUE or NOT_IN_QUEUE, when etcd has confirmed it; exceptionally with an
     *     {@link ElectionException} of kind TIMEOUT if that took too long
     */
    CompletableFuture<OperationOutcome> resign();

    /**
     * Has the member that leads resign, this one or any other: it obeys an order that is written beside the queue, and
     * answers it there.
     *
     * @param candidateId the id of who leads
     * @return as {@link #resign()}; exceptionally with an {@link ElectionException} of kind REFUSED, and with nothing
     *     changed, if another leads or nobody does, if it is not a member of Election4J, or another order for it is
     *     under way; of kind TIMEOUT if it has not answered within the request timeout plus the step-down timeout: the
     *     message says whether the order was withdrawn, or for how long it stands; of kind STORE if etcd does not
     *     answer in time, when the order may have taken effect
     */
    CompletableFuture<OperationOutcome> resign(String candidateId);

    /**
     * Has the member that leads, this one or any other, step down in order, so that a member which waits leads. The one
     * that led enters again at the tail. Where another leads, it obeys an order as with {@link #resign(String)}.
     * Whoever has waited longer than the named one gives way, and enters again at the tail too; all of it is one
     * transaction.
     *
     * @param candidateId the id of who is to lead
     * @return completes with TRANSFERRED, or with RELEASED if it is not certain that the named one came to be first, as
     *     when it left the queue meanwhile; exceptionally with an {@link ElectionException} of kind REFUSED, and with
     *     nothing changed, if the named one does not wait in the queue, is evicted, is not a member of Election4J, or
     *     waits behind one that is not or behind more than 100 others, and for the reasons of {@link #resign(String)};
     *     of kind TIMEOUT or STORE as there
     */
    CompletableFuture<OperationOutcome> transferTo(String candidateId);

    /**
     * Resigns and stays out, across loss of the session too, until {@link #cancelEvict()}. Held in memory: a restart of
     * the process forgets it, unlike {@link #evict(EvictOptions)}.
     *
     * @return completes with RELEASED, LEFT_QUEUE, NOT_IN_QUEUE or ALREADY_EVICTED, when etcd has confirmed it;
     *     exceptionally with an {@link ElectionException} of kind TIMEOUT if that took too long, in which case this
     *     member stays evicted all the same
     */
    CompletableFuture<OperationOutcome> evict();

    /**
     * Evicts a member by its id, this one or any other, by an eviction in etcd that lasts: members with this id step
     * down in order and stay out of the queue, after a restart too, until {@link #cancelEvict(String)} or the end of
     * its duration, which etcd measures, and begins anew when it changes its leader. One that is there already is
     * replaced. Independent of {@link #evict()}.
     *
     * @param options whom, for how long, who asks and why
     * @return completes with RELEASED or LEFT_QUEUE once the member has given up its place, the first in the queue or
     *     another; with NOT_IN_QUEUE or ALREADY_EVICTED if it had none; exceptionally with an {@link ElectionException}
     *     of kind TIMEOUT if it has not in time, though the eviction stands, or STORE if etcd does not answer in time,
     *     when it may stand
     */
    CompletableFuture<OperationOutcome> evict(EvictOptions options);

    /**
     * Ends an eviction by {@link #evict(EvictOptions)}, of whomever; the member enters the queue at the tail by itself.
     *
     * @param candidateId who was evicted
     * @return completes with NOT_EVICTED, or with EVICTION_CANCELLED; of this member with REJOINED once it is in the
     *     queue, unless {@link #evict()} keeps it out; exceptionally with an {@link ElectionException} of kind STORE if
     *     etcd does not answer in time
     */
    CompletableFuture<OperationOutcome> cancelEvict(String candidateId);

    /**
     * Ends an eviction by {@link #evict()}: this member enters the queue at the tail.
     *
     * @return completes with REJOINED once it is in the queue, or NOT_EVICTED, or EVICTION_CANCELLED if one that lasts
     *     keeps it out; exceptionally with an {@link ElectionException} of kind TIMEOUT if that took too long
     */
    CompletableFuture<OperationOutcome> cancelEvict();

    /**
     * Removes the candidacy of a <em>dead</em> member, so that its successor need not wait for its lease to end (P10).
     * Each key of that id is deleted only in exactly the create revision that was read; this member's own live key is
     * never touched.
     *
     * <p>The caller asserts that the member's process is dead. If it lives, it enters again at the tail; if it led, its
     * answer may stay true until the deletion reaches it, beside the successor's.
     *
     * @param candidateId the id of the dead member
     * @return completes with CLEARED or NOT_FOUND; exceptionally with an {@link ElectionException} of kind STORE if
     *     etcd does not answer in time
     */
    CompletableFuture<OperationOutcome> clear(String candidateId);

    /**
     * Adds a listener; it is told the present leader first, then every change. A listener that is there already is not
     * added again.
     *
     * @param listener the listener
     */
    void addListener(ElectionListener listener);

    /**
     * Removes a listener; events that wait for it are not delivered any more.
     *
     * @param listener the listener
     */
    void removeListener(ElectionListener listener);

    /**
     * Runs a task for each term of this member, on a thread of its own (a virtual one where the JVM has them). The
     * thread is interrupted when the term ends, and the step-down waits for its return, up to the step-down timeout
     * (S4): in an ordered hand-over the tasks of two members do not overlap. A task that returns is not run again
     * before the next term. Where this member leads already, it begins at once.
     *
     * <p>If the task throws, this member resigns, {@link ElectionStatus#lastError()} tells of it, and when this member
     * leads again it waits before the next attempt, longer after each failure in a row, a minute at most.
     *
     * @param task the task
     * @return ends it
     */
    LeaderWork whileLeading(LeaderTask task);

    /**
     * {@return a future that completes with the term once this member leads; at once if it does} It completes on a
     * thread of the listener pool, or of the caller, and exceptionally with an {@link ElectionException} of kind CLOSED
     * if the election is closed first. Cancelling it has no effect on the election.
     */
    CompletableFuture<Leadership> awaitLeadership();

    /**
     * Steps down in order (S4), leaves the queue and ends this member's part for good.
     *
     * @return completes when the queue is left, or the step-down timeout plus the request timeout has passed; never
     *     exceptionally
     */
    CompletableFuture<Void> closeAsync();

    /** Does {@link #closeAsync()} and waits for it. Idempotent. */
    @Override
    void close();
}
