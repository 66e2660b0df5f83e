package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.Transactions;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
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

    CompletableFuture<Optional<Candidate>> fetchLeader(ElectionConfig config) {
        CompletableFuture<Optional<Candidate>> head = read(config)
                .thenApply(found -> found.stream()
                        .filter(each -> stateOf(each) != CandidateState.RELEASED)
                        .findFirst()
                        .map(DirectAccess::candidate));
        return answer(head, config, "read the leader");
    }

    /**
     * P10: exactly the candidacies that were read, each in its create revision; a live key of our own is no dead one.
     */
    CompletableFuture<OperationOutcome> clear(ElectionConfig config, String id, Predicate<String> ownLiveKey) {
        CompletableFuture<OperationOutcome> cleared = read(config).thenCompose(found -> {
            List<KeyValue> dead = found.stream()
                    .filter(each -> candidate(each).id().equals(id) && !ownLiveKey.test(each.key()))
                    .toList();
            CompletableFuture<Boolean> any = CompletableFuture.completedFuture(false);
            for (KeyValue each : dead) {
                any = any.thenCombine(clear(each), (before, now) -> before || now);
            }
            return any.thenApply(did -> did ? OperationOutcome.CLEARED : OperationOutcome.NOT_FOUND);
        });
        return answer(cleared, config, "clear candidate '" + id + "'");
    }

    private CompletableFuture<Boolean> clear(KeyValue found) {
        CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);
        for (Txn step : Transactions.clear(found)) {
            last = last.thenCompose(same -> same
                    ? environment.store().commit(step, requestTimeout).thenApply(TxnResult::succeeded)
                    : CompletableFuture.completedFuture(false));
        }
        return last;
    }

    private CompletableFuture<List<KeyValue>> read(ElectionConfig config) {
        String prefix = config.key() + "/";
        return environment
                .store()
                .commit(Transactions.readQueue(prefix), requestTimeout)
                .thenApply(result -> Transactions.found(result, 0).stream()
                        .filter(each -> Transactions.isCandidate(prefix, each.key()))
                        .toList());
    }

    /** Completes on a thread where the user may block, with an exception that says what to do. */
    private <T> CompletableFuture<T> answer(CompletableFuture<T> result, ElectionConfig config, String operation) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        result.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failed(Failures.of(failure), config, operation));
                    }
                },
                environment.listeners());
        return answer;
    }

    private static ElectionException failed(StoreException cause, ElectionConfig config, String operation) {
        String message = "Election '" + config.name() + "': could not " + operation + " under key '" + config.key()
                + "': " + cause.reason();
        return new ElectionException(ElectionException.Kind.STORE, message, cause);
    }

    private static Candidate candidate(KeyValue found) {
        CandidateValue value = CandidateValue.parse(found.value());
        return new Candidate(value.id(), value.address(), found.key(), found.createRevision());
    }

    private static CandidateState stateOf(KeyValue found) {
        return CandidateValue.parse(found.value()).state();
    }
}
