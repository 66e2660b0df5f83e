package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.EvictOptions;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.MachineSnapshot;
import io.github.election4j.internal.machine.Transactions;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.EvictionValue;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.KeyValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes and deletes evictions for any member; the members themselves obey what they see. Any thread. */
final class LastingEvictions {
    private final ElectionConfig config;
    private final ElectionKeys keys;
    private final Environment environment;
    private final Duration requestTimeout;
    private final Function<Predicate<MachineSnapshot>, CompletableFuture<Boolean>> view;

    /** The view answers true once a condition holds, and false if it does not within the limit of a step-down. */
    LastingEvictions(
            ElectionConfig config,
            Environment environment,
            Duration requestTimeout,
            Function<Predicate<MachineSnapshot>, CompletableFuture<Boolean>> view) {
        this.config = config;
        this.keys = new ElectionKeys(config.key());
        this.environment = environment;
        this.requestTimeout = requestTimeout;
        this.view = view;
    }

    CompletableFuture<OperationOutcome> evict(EvictOptions options) {
        return lease(options)
                .thenCompose(lease -> environment
                        .store()
                        .commit(Transactions.evict(keys, options.id(), value(options), lease), requestTimeout))
                .thenCompose(written -> obeyed(options.id(), Transactions.found(written, 0)));
    }

    CompletableFuture<OperationOutcome> cancel(String id) {
        return environment
                .store()
                .commit(Transactions.cancelEviction(keys, id), requestTimeout)
                .thenCompose(none -> none.succeeded()
                        ? CompletableFuture.completedFuture(OperationOutcome.NOT_EVICTED)
                        : cancelled(id));
    }

    private CompletableFuture<OperationOutcome> cancelled(String id) {
        if (!id.equals(config.id())) {
            return CompletableFuture.completedFuture(OperationOutcome.EVICTION_CANCELLED);
        }
        CompletableFuture<OperationOutcome> outcome = new CompletableFuture<>();
        return view.apply(seen -> {
                    boolean rejoined = stands(id, seen);
                    boolean settled = !isEvicted(id, seen) && (rejoined || seen.evicted());
                    if (settled) {
                        outcome.complete(rejoined ? OperationOutcome.REJOINED : OperationOutcome.EVICTION_CANCELLED);
                    }
                    return settled;
                })
                .thenCompose(shown ->
                        shown ? outcome : CompletableFuture.completedFuture(OperationOutcome.EVICTION_CANCELLED));
    }

    private CompletableFuture<Long> lease(EvictOptions options) {
        Duration duration = options.duration();
        return duration == null
                ? CompletableFuture.completedFuture(0L)
                : environment.store().grant(duration, requestTimeout).thenApply(ElectionStore.Lease::id);
    }

    private EvictionValue value(EvictOptions options) {
        Instant now = environment.wallClock().instant();
        Duration duration = options.duration();
        long until = duration == null ? 0 : now.plus(duration).toEpochMilli();
        return new EvictionValue(options.by(), options.reason(), now.toEpochMilli(), until);
    }

    private CompletableFuture<OperationOutcome> obeyed(String id, List<KeyValue> before) {
        List<String> queue = before.stream()
                .filter(each -> keys.isPlace(each.key()))
                .map(each -> CandidateValue.parse(each.value()).id())
                .toList();
        if (!queue.contains(id)) {
            boolean already = before.stream().anyMatch(each -> each.key().equals(keys.eviction(id)));
            return CompletableFuture.completedFuture(
                    already ? OperationOutcome.ALREADY_EVICTED : OperationOutcome.NOT_IN_QUEUE);
        }
        return view.apply(seen -> isEvicted(id, seen) && !stands(id, seen)).thenApply(out -> {
            if (!out) {
                throw disobeyed(id);
            }
            return queue.get(0).equals(id) ? OperationOutcome.RELEASED : OperationOutcome.LEFT_QUEUE;
        });
    }

    private ElectionException disobeyed(String id) {
        return new ElectionException(
                ElectionException.Kind.TIMEOUT,
                "Election '" + config.name() + "': '" + id
                        + "' has not given up its place in time. The eviction stands,"
                        + " and is obeyed once it is seen, but never by what is not a member of Election4J",
                null);
    }

    /** A view that trails shows what was before: it counts once it shows the eviction too. */
    private static boolean isEvicted(String id, MachineSnapshot seen) {
        return seen.evictions().stream().anyMatch(each -> each.id().equals(id));
    }

    private static boolean stands(String id, MachineSnapshot seen) {
        return seen.candidates().stream().anyMatch(each -> each.id().equals(id));
    }
}
