package io.github.election4j.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.GetOption;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

    private final EtcdConnection connection;
    private final ByteSequence needed;
    private final CompletableFuture<Void> proven = new CompletableFuture<>();
    private volatile StoreException missing =
            new StoreException(StoreException.Kind.UNAVAILABLE, "a new client was not built in time", null);

    /**
     * Creates a proof that has asked nothing yet.
     *
     * @param connection knows the client in use
     * @param needed a key that the session has to read
     */
    EtcdProof(EtcdConnection connection, ByteSequence needed) {
        this.connection = connection;
        this.needed = needed;
    }

    /** Why there is no proof yet. */
    StoreException missing() {
        return missing;
    }

    /** Completes with the first answer; asks until then, or until nobody wants to know. */
    CompletableFuture<Void> of(Client client, BooleanSupplier unwanted) {
        missing = notProven(new StoreException(StoreException.Kind.UNAVAILABLE, "no answer in time", null));
        ask(client, unwanted);
        return proven;
    }

    private void ask(Client client, BooleanSupplier unwanted) {
        answer(() -> client).whenComplete((found, failure) -> {
            StoreException refusal = failure == null ? null : EtcdErrors.normalise(failure);
            if (refusal != null && refusal.kind() == StoreException.Kind.DENIED) {
                compare(refusal);
            } else if (refusal == null || refusal.kind() != StoreException.Kind.UNAVAILABLE) {
                proven.complete(null);
            } else {
                missing = notProven(refusal);
                askAgain(client, unwanted);
            }
        });
    }

    private void askAgain(Client client, BooleanSupplier unwanted) {
        if (unwanted.getAsBoolean() || connection.isClosed()) {
            proven.completeExceptionally(missing);
        } else {
            CompletableFuture.delayedExecutor(PAUSE.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> ask(client, unwanted));
        }
    }

    /** Where the client in use is denied too, or not answered, nothing is lost with it. */
    private void compare(StoreException denied) {
        missing = notProven(denied);
        answer(() -> connection.present().client()).whenComplete((found, failure) -> {
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
