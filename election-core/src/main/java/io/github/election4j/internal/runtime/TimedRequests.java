package io.github.election4j.internal.runtime;

import io.github.election4j.spi.ElectionStore.Lease;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The requests of one operation, which has to be over in time as a whole. Any thread. */
final class TimedRequests {
    /** What comes too late fails in the store, as whatever else takes too long. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Environment environment;
    private final Duration limit;
    private final Duration requestTimeout;
    private final long begun;

    TimedRequests(Environment environment, Duration limit, Duration requestTimeout) {
        this.environment = environment;
        this.limit = limit;
        this.requestTimeout = requestTimeout;
        this.begun = environment.ticker().nanos();
    }

    CompletableFuture<TxnResult> commit(Txn txn) {
        return environment.store().commit(txn, next());
    }

    /** When the time is over, and somebody has to be told what has come of it: it takes one request more. */
    CompletableFuture<TxnResult> commitAtLast(Txn txn) {
        return environment.store().commit(txn, requestTimeout);
    }

    CompletableFuture<Lease> grant(Duration ttl) {
        return environment.store().grant(ttl, next());
    }

    /** Ends a lease of this operation with what goes with it. Nobody waits for that: etcd ends it in the end. */
    void revoke(long lease) {
        environment.store().revoke(lease, requestTimeout);
    }

    /** Ends a lease that was somebody's, if nothing goes with it any more. */
    void revokeIfUnused(long lease) {
        environment.store().keys(lease, requestTimeout).thenAccept(keys -> {
            if (keys.isEmpty()) {
                revoke(lease);
            }
        });
    }

    Duration left() {
        Duration left = limit.minusNanos(environment.ticker().nanos() - begun);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    /** How long what it leaves in the store is to last at most. */
    Duration longest() {
        return limit.plus(requestTimeout);
    }

    private Duration next() {
        Duration left = left();
        return left.compareTo(requestTimeout) < 0 ? left : requestTimeout;
    }
}
