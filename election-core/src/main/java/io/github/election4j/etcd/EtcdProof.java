package io.github.election4j.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.GetOption;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows that etcd answers a client no worse than the one in use. Any answer will do, a refusal too, for it came over a
 * connection that both sides agreed to; but a client that is denied what the one in use is granted is somebody else for
 * etcd, and would cost every term. The request does not need a quorum, since a member without one says nothing against
 * the client.
 */
final class EtcdProof {
    private static final GetOption CHEAP =
            GetOption.builder().withSerializable(true).withCountOnly(true).build();
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Client client;
    private final EtcdConnection connection;
    private final ByteSequence needed;
    private final CompletableFuture<Void> proven = new CompletableFuture<>();
    private volatile StoreException last =
            new StoreException(StoreException.Kind.UNAVAILABLE, "no answer in time", null);

    /**
     * Creates a proof that has asked nothing yet.
     *
     * @param client the client that is to be used
     * @param connection knows the one in use
     * @param needed a key that the session has to read
     */
    EtcdProof(Client client, EtcdConnection connection, ByteSequence needed) {
        this.client = client;
        this.connection = connection;
        this.needed = needed;
    }

    /** Completes with the first answer, or within the limit with the last failure. */
    CompletableFuture<Void> within(Duration limit) {
        CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> proven.completeExceptionally(notProven(last)));
        ask();
        return proven;
    }

    private void ask() {
        answer(() -> client).whenComplete((found, failure) -> {
            StoreException refusal = failure == null ? null : EtcdErrors.normalise(failure);
            if (refusal != null && refusal.kind() == StoreException.Kind.DENIED) {
                compare(refusal);
            } else if (refusal == null || refusal.kind() != StoreException.Kind.UNAVAILABLE) {
                proven.complete(null);
            } else if (connection.isClosed()) {
                proven.completeExceptionally(notProven(refusal));
            } else if (!proven.isDone()) {
                last = refusal;
                CompletableFuture.delayedExecutor(PAUSE.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(this::ask);
            }
        });
    }

    /** Where the client in use is denied too, or not answered, nothing is lost with it. */
    private void compare(StoreException denied) {
        last = denied;
        answer(connection::client).whenComplete((found, failure) -> {
            if (failure == null) {
                proven.completeExceptionally(new StoreException(
                        denied.kind(),
                        "etcd denies a new client what it grants the one in use (" + denied.reason()
                                + "): it is another user, or one without the role",
                        denied));
            } else {
                proven.complete(null);
            }
        });
    }

    private CompletableFuture<?> answer(Supplier<Client> by) {
        try {
            return by.get().getKVClient().get(needed, CHEAP);
        } catch (RuntimeException gone) {
            return CompletableFuture.failedFuture(gone);
        }
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
