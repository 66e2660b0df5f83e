package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.github.election4j.spi.ElectionStore;
import java.time.Duration;

/** Opens the store of the engine for tests that need no more of it. */
public final class TestStores {
    private TestStores() {}

    public static ElectionStore open(String endpoint, String namespace, Duration timeout) {
        return new EtcdElectionStore(
                EtcdConnection.owned(
                        () -> EtcdClient.of(
                                Client.builder().endpoints(endpoint).interceptor(new DeadlineInterceptor(timeout))),
                        timeout),
                namespace);
    }
}
