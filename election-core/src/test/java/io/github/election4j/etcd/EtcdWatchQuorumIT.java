package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.testing.EtcdCluster;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.NeedsEtcd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsEtcd(real = true)
@Timeout(120)
class EtcdWatchQuorumIT {
    @Test
    void memberWithoutQuorumEndsTheStream() {
        try (EtcdCluster cluster = EtcdCluster.start()) {
            EtcdServer survivor = cluster.follower();
            EtcdClient client = EtcdClient.of(Client.builder().endpoints(survivor.endpoint()));
            RecordingWatch watch = new RecordingWatch();
            client.watches().watch(Keys.text("/quorum"), ByteSequence.EMPTY, 1, watch);
            watch.awaitCreated();

            cluster.members().stream().filter(each -> each != survivor).forEach(EtcdServer::kill);

            assertThat(watch.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(watch.awaitEnd()).hasMessageContaining("no leader");
            client.client().close();
        }
    }
}
