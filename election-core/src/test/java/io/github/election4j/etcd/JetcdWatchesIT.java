package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.github.election4j.testing.NeedsEtcd;
import org.junit.jupiter.api.Timeout;

@NeedsEtcd
@Timeout(120)
class JetcdWatchesIT extends EtcdWatchesContract {
    @Override
    EtcdClient connect(String endpoint) {
        return EtcdClient.borrowed(Client.builder().endpoints(endpoint).build());
    }
}
