package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.Client;
import io.github.election4j.spi.StoreException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a client that is to be used, and cannot be; no etcd has a part in it. */
@Timeout(60)
class EtcdConnectionTests {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Set<Client> closed = ConcurrentHashMap.newKeySet();
    private final EtcdClient first = EtcdClient.borrowed(client());
    private final EtcdClient second = EtcdClient.borrowed(client());
    private final CountDownLatch released = new CountDownLatch(1);
    private Supplier<EtcdClient> next = () -> first;
    private final EtcdConnection connection = EtcdConnection.owned(() -> next.get(), SHORT);
    private final EtcdElectionStore store = new EtcdElectionStore(connection, "");

    /** A client that can be closed, and nothing else. */
    private Client client() {
        return (Client) Proxy.newProxyInstance(
                Client.class.getClassLoader(),
                new Class<?>[] {Client.class},
                (client, method, arguments) -> switch (method.getName()) {
                    case "close" -> {
                        closed.add((Client) client);
                        yield null;
                    }
                    case "hashCode" -> System.identityHashCode(client);
                    case "equals" -> client == arguments[0];
                    case "toString" -> "client";
                    default -> throw new NoClassDefFoundError("as the test says");
                });
    }

    @Test
    void limitHoldsForTheBuildingTooAndAClientThatComesTooLateIsDropped() {
        assertThat(connection.client()).succeedsWithin(LONG).isSameAs(first);
        next = this::slowly;

        assertUnavailable(store.reconnect(SHORT));
        assertThat(closed).isEmpty();
        released.countDown();

        await().atMost(LONG).until(() -> closed.contains(second.client()));
        assertThat(connection.client()).succeedsWithin(LONG).isSameAs(first);
        assertThat(closed).doesNotContain(first.client());
    }

    /** It may be of what was to be replaced. */
    @Test
    void firstOneThatIsBeingBuiltIsNotTakenForAReplacement() {
        next = this::slowly;
        CompletableFuture<EtcdClient> wanted = connection.client();

        assertThat(store.reconnect(LONG))
                .failsWithin(LONG.dividedBy(2))
                .withThrowableThat()
                .withMessageContaining("still being built");

        assertThat(wanted).failsWithin(LONG).withThrowableThat().withMessageContaining("still being built");
        released.countDown();
        await().atMost(LONG).until(() -> connection.client().isDone());
        assertThat(connection.client()).isCompletedWithValue(second);
    }

    @Test
    void firstOneThatComesAfterTheEndIsDropped() {
        next = this::slowly;
        CompletableFuture<EtcdClient> wanted = connection.client();

        connection.close();
        released.countDown();

        await().atMost(LONG).until(() -> closed.contains(second.client()));
        assertThat(wanted).failsWithin(LONG);
        assertThat(connection.client()).isCompletedExceptionally();
    }

    /** Each attempt would leave a thread behind. */
    @Test
    void noneIsBuiltWhileAnotherIs() {
        assertThat(connection.client()).succeedsWithin(LONG).isSameAs(first);
        next = this::slowly;
        assertUnavailable(store.reconnect(SHORT));
        next = () -> {
            throw new AssertionError("It is built");
        };

        assertThat(store.reconnect(LONG))
                .failsWithin(LONG.dividedBy(2))
                .withThrowableThat()
                .withMessageContaining("still being built");

        released.countDown();
        await().atMost(LONG).until(() -> closed.contains(second.client()));
        next = () -> second;
        assertThat(store.reconnect(LONG)).failsWithin(LONG).withThrowableThat().withMessageContaining("test says");
    }

    @Test
    void clientThatCannotEvenBeAskedIsDropped() {
        assertThat(connection.client()).succeedsWithin(LONG).isSameAs(first);
        next = () -> second;

        assertUnavailable(store.reconnect(LONG));

        await().atMost(LONG).until(() -> closed.contains(second.client()));
        assertThat(connection.client()).succeedsWithin(LONG).isSameAs(first);
    }

    private EtcdClient slowly() {
        try {
            released.await();
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
        return second;
    }

    private static void assertUnavailable(CompletableFuture<Void> replaced) {
        assertThat(replaced)
                .failsWithin(LONG.dividedBy(2))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    }
}
