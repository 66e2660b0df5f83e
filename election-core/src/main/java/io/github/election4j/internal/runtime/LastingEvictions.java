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
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Writes and deletes evictions for any member; the members themselves obey what they see. Any thread. */
final class LastingEvictions {
    private final ElectionConfig config;
    private final ElectionKeys keys;
    private final Supplier<TimedRequests> operations;
    private final InstantSource wallClock;
    private final Sight sight;

    LastingEvictions(ElectionConfig config, Supplier<TimedRequests> operations, InstantSource wallClock, Sight sight) {
        this.config = config;
        this.keys = new ElectionKeys(config.key());
        this.operations = operations;
        this.wallClock = wallClock;
        this.sight = sight;
    }

    CompletableFuture<OperationOutcome> evict(EvictOptions options) {
        TimedRequests requests = operations.get();
        return lease(options, requests)
                .thenCompose(lease -> put(options, lease, requests))
                .thenCompose(written -> obeyed(options.id(), written, requests));
    }

    CompletableFuture<OperationOutcome> cancel(String id) {
        TimedRequests requests = operations.get();
        return requests.commit(Transactions.cancelEviction(keys, id)).thenCompose(result -> {
            if (result.succeeded()) {
                return CompletableFuture.completedFuture(OperationOutcome.NOT_EVICTED);
            }
            endLease(Transactions.found(result, 0), id, 0, requests);
            return id.equals(config.id())
                    ? returned(requests)
                    : CompletableFuture.completedFuture(OperationOutcome.EVICTION_CANCELLED);
        });
    }

    private CompletableFuture<Long> lease(EvictOptions options, TimedRequests requests) {
        Duration duration = options.duration();
        return duration == null
                ? CompletableFuture.completedFuture(0L)
                : requests.grant(duration).thenApply(ElectionStore.Lease::id);
    }

    private CompletableFuture<TxnResult> put(EvictOptions options, long lease, TimedRequests requests) {
        return requests.commit(Transactions.evict(keys, options.id(), value(options), lease))
                .whenComplete((written, failure) -> {
                    if (failure == null) {
                        endLease(Transactions.found(written, 0), options.id(), lease, requests);
                    } else if (lease != 0 && Failures.of(failure).kind() != StoreException.Kind.UNAVAILABLE) {
                        requests.revoke(lease); // Else it may have been put, in place of one that was to stay.
                    }
                });
    }

    /** That of an eviction which is gone now, or replaced; unless it is somebody's who has other keys under it. */
    private void endLease(List<KeyValue> before, String id, long present, TimedRequests requests) {
        before.stream()
                .filter(each -> each.key().equals(keys.eviction(id)))
                .map(KeyValue::lease)
                .filter(lease -> lease != 0 && lease != present)
                .forEach(requests::revokeIfUnused);
    }

    private EvictionValue value(EvictOptions options) {
        Instant now = wallClock.instant();
        Duration duration = options.duration();
        long until = duration == null ? 0 : now.plus(duration).toEpochMilli();
        return new EvictionValue(options.by(), options.reason(), now.toEpochMilli(), until);
    }

    /** Once this member is in the queue again, or known to stay out for another reason. */
    private CompletableFuture<OperationOutcome> returned(TimedRequests requests) {
        String id = config.id();
        CompletableFuture<OperationOutcome> outcome = new CompletableFuture<>();
        return sight.shows(
                        seen -> {
                            boolean rejoined = seen.candidates().stream()
                                    .anyMatch(each -> each.id().equals(id));
                            boolean evicted = seen.evictions().stream()
                                    .anyMatch(each -> each.id().equals(id));
                            boolean settled = !evicted && (rejoined || seen.evicted());
                            if (settled) {
                                outcome.complete(
                                        rejoined ? OperationOutcome.REJOINED : OperationOutcome.EVICTION_CANCELLED);
                            }
                            return settled;
                        },
                        requests.left())
                .thenCompose(shown ->
                        shown ? outcome : CompletableFuture.completedFuture(OperationOutcome.EVICTION_CANCELLED));
    }

    /** The places of then are waited for, and no other: an eviction may end before they are gone. */
    private CompletableFuture<OperationOutcome> obeyed(String id, TxnResult written, TimedRequests requests) {
        List<KeyValue> before = Transactions.found(written, 0);
        Set<Long> places = places(before, id);
        if (places.isEmpty()) {
            boolean already = before.stream().anyMatch(each -> each.key().equals(keys.eviction(id)));
            return CompletableFuture.completedFuture(
                    already ? OperationOutcome.ALREADY_EVICTED : OperationOutcome.NOT_IN_QUEUE);
        }
        boolean first = before.stream()
                .filter(each -> keys.isPlace(each.key()))
                .findFirst()
                .filter(each -> places.contains(each.createRevision()))
                .isPresent();
        OperationOutcome outcome = first ? OperationOutcome.RELEASED : OperationOutcome.LEFT_QUEUE;
        return sight.shows(seen -> seen.revision() >= written.revision() && noneStands(places, seen), requests.left())
                .thenCompose(
                        out -> out ? CompletableFuture.completedFuture(outcome) : look(id, places, outcome, requests));
    }

    /** What this member sees is not what is: it may be cut off from its watch. */
    private CompletableFuture<OperationOutcome> look(
            String id, Set<Long> places, OperationOutcome outcome, TimedRequests requests) {
        return requests.commitAtLast(Transactions.read(keys)).thenApply(read -> {
            List<KeyValue> range = Transactions.found(read, 0);
            if (range.stream().anyMatch(each -> keys.isPlace(each.key()) && places.contains(each.createRevision()))) {
                boolean stands = range.stream().anyMatch(each -> each.key().equals(keys.eviction(id)));
                throw new ElectionException(
                        ElectionException.Kind.TIMEOUT,
                        "Election '" + config.name() + "': '" + id
                                + "' has not given up its place in time. The eviction "
                                + (stands
                                        ? "stands, and is obeyed once it is seen, but never by what is not a member of"
                                                + " Election4J"
                                        : "has ended meanwhile"),
                        null);
            }
            return outcome;
        });
    }

    private Set<Long> places(List<KeyValue> range, String id) {
        return range.stream()
                .filter(each -> keys.isPlace(each.key()))
                .filter(each -> CandidateValue.parse(each.value()).id().equals(id))
                .map(KeyValue::createRevision)
                .collect(Collectors.toSet());
    }

    private static boolean noneStands(Set<Long> places, MachineSnapshot seen) {
        return seen.candidates().stream().noneMatch(each -> places.contains(each.fencingToken()));
    }
}
