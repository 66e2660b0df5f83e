package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.Transactions;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** What needs no state of this member: reads of the queue, and clearing somebody else's candidacy. Any thread. */
final class DirectAccess {
    private final Environment environment;
    private final Duration requestTimeout;

    DirectAccess(Environment environment, Duration requestTimeout) {
        this.environment = environment;
        this.requestTimeout = requestTimeout;
    }

    LastingEvictions evictions(ElectionConfig config, Duration limit, Sight sight) {
        return new LastingEvictions(config, () -> requests(limit), environment.wallClock(), sight);
    }

    OrderSender orders(ElectionConfig config, Duration limit, Sight sight) {
        return new OrderSender(config, () -> requests(limit), sight);
    }

    private TimedRequests requests(Duration limit) {
        return new TimedRequests(environment, limit, requestTimeout);
    }

    CompletableFuture<Optional<Candidate>> fetchLeader(ElectionConfig config) {
        ElectionKeys keys = new ElectionKeys(config.key());
        CompletableFuture<Optional<Candidate>> head = read(Transactions.readQueue(keys))
                .thenApply(range -> range.stream()
                        .filter(each -> keys.isPlace(each.key()))
                        .findFirst()
                        .map(DirectAccess::candidate));
        return answer(head, config, "read the leader");
    }

    /**
     * P10: exactly the candidacies that were read, each in its create revision, and none that comes after; a live key
     * of our own is no dead one.
     */
    CompletableFuture<OperationOutcome> clear(ElectionConfig config, String id, Predicate<String> ownLiveKey) {
        return clearThose(
                config, "clear candidate '" + id + "'", each -> each.id().equals(id) && !ownLiveKey.test(each.key()));
    }

    /** The same of those that are meant. */
    CompletableFuture<OperationOutcome> clearThose(
            ElectionConfig config, String operation, Predicate<Candidate> meant) {
        ElectionKeys keys = new ElectionKeys(config.key());
        CompletableFuture<OperationOutcome> cleared = read(keys).thenCompose(range -> {
            CompletableFuture<Boolean> any = CompletableFuture.completedFuture(false);
            for (KeyValue each : range) {
                if (keys.isPlace(each.key()) && meant.test(candidate(each))) {
                    any = any.thenCompose(before -> clear(keys, each, range).thenApply(now -> before || now));
                }
            }
            return any.thenApply(did -> did ? OperationOutcome.CLEARED : OperationOutcome.NOT_FOUND);
        });
        return answer(cleared, config, operation);
    }

    /** With the mark as it is by then; until it is gone, by this hand or by another. */
    private CompletableFuture<Boolean> clear(ElectionKeys keys, KeyValue dead, List<KeyValue> range) {
        return environment
                .store()
                .commit(Transactions.clear(keys, dead, range), requestTimeout)
                .thenCompose(result -> result.succeeded()
                        ? CompletableFuture.completedFuture(true)
                        : read(keys)
                                .thenCompose(again -> stands(dead, again)
                                        ? clear(keys, dead, again)
                                        : CompletableFuture.completedFuture(false)));
    }

    private static boolean stands(KeyValue dead, List<KeyValue> range) {
        return range.stream()
                .anyMatch(each -> each.key().equals(dead.key()) && each.createRevision() == dead.createRevision());
    }

    private CompletableFuture<List<KeyValue>> read(ElectionKeys keys) {
        return read(Transactions.read(keys));
    }

    private CompletableFuture<List<KeyValue>> read(Txn query) {
        return environment.store().commit(query, requestTimeout).thenApply(result -> Transactions.found(result, 0));
    }

    /** Completes on a thread where the user may block, with an exception that says what to do. */
    <T> CompletableFuture<T> answer(CompletableFuture<T> result, ElectionConfig config, String operation) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        result.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failed(failure, config, operation));
                    }
                },
                environment.listeners());
        return answer;
    }

    private static ElectionException failed(Throwable failure, ElectionConfig config, String operation) {
        if (failure.getCause() instanceof ElectionException told) {
            return told;
        }
        StoreException cause = Failures.of(failure);
        String message = "Election '" + config.name() + "': could not " + operation + " under key '" + config.key()
                + "': " + cause.reason();
        return new ElectionException(ElectionException.Kind.STORE, message, cause);
    }

    private static Candidate candidate(KeyValue found) {
        CandidateValue value = CandidateValue.parse(found.value());
        return new Candidate(value.id(), value.address(), found.key(), found.createRevision(), value.since());
    }
}
