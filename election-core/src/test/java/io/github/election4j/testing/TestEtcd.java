package io.github.election4j.testing;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.options.CompactOption;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An etcd that a test runs against: a real one, unless the system property {@value #PROVIDER} names a class, a
 * {@code Supplier} of it, that has another. What is claimed of one is then shown of the other by the same tests.
 */
public abstract class TestEtcd implements AutoCloseable {
    /** Names the class that starts what tests run against. */
    public static final String PROVIDER = "election4j.testing.etcd";

    public static TestEtcd started() {
        String provider = System.getProperty(PROVIDER);
        return provider == null ? EtcdServer.start() : provided(provider);
    }

    public abstract String endpoint();

    public abstract int port();

    /** Dies at once; its data stay. */
    public abstract void kill();

    /** Starts again on the same port and data. */
    public abstract void restart();

    /** Connections stay open, nothing answers. */
    public abstract void pause();

    /** Goes on where it was paused. */
    public abstract void resume();

    @Override
    public abstract void close();

    /** What tells {@code etcdctl} how to reach this etcd, besides the endpoint. */
    List<String> clientFlags() {
        return List.of();
    }

    final EtcdctlProcess etcdctlProcess(String... arguments) {
        return new EtcdctlProcess(EtcdctlProcess.builder(endpoint(), clientFlags(), arguments));
    }

    /** {@return what an election has left, but for its last terms} */
    public final List<String> leftOf(String election) {
        return keys(election).stream().filter(key -> !key.contains(".~terms/")).toList();
    }

    /** {@return the keys with this prefix} */
    public final List<String> keys(String prefix) {
        return kv(kv -> kv.get(bytes(prefix), GetOption.builder().isPrefix(true).build())).getKvs().stream()
                .map(each -> text(each.getKey()))
                .toList();
    }

    /** Empty if there is no such key. */
    public final String value(String key) {
        return kv(kv -> kv.get(bytes(key))).getKvs().stream()
                .map(each -> text(each.getValue()))
                .findFirst()
                .orElse("");
    }

    public final long revision() {
        return kv(kv -> kv.get(bytes("/none"))).getHeader().getRevision();
    }

    public final void put(String key, String value, long lease) {
        put(key, value.getBytes(StandardCharsets.UTF_8), lease);
    }

    public final void put(String key, byte[] value, long lease) {
        PutOption option = PutOption.builder().withLeaseId(lease).build();
        kv(kv -> kv.put(bytes(key), ByteSequence.from(value), option));
    }

    public final void delete(String key) {
        kv(kv -> kv.delete(bytes(key)));
    }

    public final void deletePrefix(String prefix) {
        kv(kv -> kv.delete(bytes(prefix), DeleteOption.builder().isPrefix(true).build()));
    }

    /** Makes history before the present revision unreadable. */
    public final void compact() {
        long present = revision();
        kv(kv -> kv.compact(
                present, CompactOption.builder().withCompactPhysical(true).build()));
    }

    public final long grant(long seconds) {
        return ask(client -> client.getLeaseClient().grant(seconds)).getID();
    }

    public final void revoke(long lease) {
        ask(client -> client.getLeaseClient().revoke(lease));
    }

    private <T> T kv(Function<KV, CompletableFuture<T>> request) {
        return ask(client -> request.apply(client.getKVClient()));
    }

    private <T> T ask(Function<Client, CompletableFuture<T>> request) {
        try (Client client = Client.builder().endpoints(endpoint()).build()) {
            return request.apply(client).get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(endpoint() + " did not do it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static TestEtcd provided(String provider) {
        try {
            Object found = Class.forName(provider).getDeclaredConstructor().newInstance();
            return (TestEtcd) ((Supplier<?>) found).get();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("-D" + PROVIDER + "=" + provider + ": no class that can be used", e);
        }
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private static String text(ByteSequence bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
