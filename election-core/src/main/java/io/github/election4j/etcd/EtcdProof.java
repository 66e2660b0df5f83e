package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.GetOption;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Shows that etcd answers a client. Any answer will do, a refusal too: it came over a connection that both sides agreed
 * to. The request does not need a quorum, since a member without one says nothing against the client.
 */
final class EtcdProof {
    private static final GetOption CHEAP =
            GetOption.builder().withSerializable(true).withCountOnly(true).build();
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Client client;
    private final Keys keys;
    private final BooleanSupplier closed;
    private final CompletableFuture<Void> proven = new CompletableFuture<>();
    private volatile StoreException last =
            new StoreException(StoreException.Kind.UNAVAILABLE, "no answer in time", null);

    EtcdProof(Client client, Keys keys, BooleanSupplier closed) {
        this.client = client;
        this.keys = keys;
        this.closed = closed;
    }

    /** Completes with the first answer, or within the limit with the last failure. */
    CompletableFuture<Void> within(Duration limit) {
        CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> proven.completeExceptionally(notProven(last)));
        ask();
        return proven;
    }

    private void ask() {
        CompletableFuture<?> answer;
        try {
            answer = client.getKVClient().get(keys.bytes("/"), CHEAP);
        } catch (RuntimeException gone) {
            answer = CompletableFuture.failedFuture(gone);
        }
        answer.whenComplete((found, failure) -> {
            StoreException refusal = failure == null ? null : EtcdErrors.normalise(failure);
            if (refusal == null || refusal.kind() != StoreException.Kind.UNAVAILABLE) {
                proven.complete(null);
            } else if (closed.getAsBoolean()) {
                proven.completeExceptionally(notProven(refusal));
            } else if (!proven.isDone()) {
                last = refusal;
                CompletableFuture.delayedExecutor(PAUSE.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(this::ask);
            }
        });
    }

    /** A handshake that fails is waited for until there is no time left; what it failed with is not told. */
    private static StoreException notProven(StoreException last) {
        return new StoreException(
                last.kind(),
                "etcd has not answered a new client (" + last.reason()
                        + "): it is out of reach, or one of them refuses the other's certificate",
                last);
    }
}
