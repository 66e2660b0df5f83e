package io.github.election4j.examples;

// tag::junit[]
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.embedded.junit.WithEmbeddedEtcd;
import io.github.election4j.etcd.EtcdElections;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@WithEmbeddedEtcd
class FailOverIT {
    @Test
    void theNextInLineTakesOverWhenTheLeaderLosesItsLease(EmbeddedEtcd etcd) {
        try (Elections one = connect(etcd);
                Elections two = connect(etcd)) {
            Election first = one.join(ElectionConfig.of("/election/reports", "one"));
            await().until(first::isLeader);
            Election second = two.join(ElectionConfig.of("/election/reports", "two"));
            await().until(() -> second.candidates().size() == 2);

            etcd.faults().expireLease(one.session().leaseId());

            await().atMost(Duration.ofSeconds(5)).until(second::isLeader);
            assertThat(first.isLeader()).isFalse();
        }
    }

    private static Elections connect(EmbeddedEtcd etcd) {
        return EtcdElections.builder()
                .endpoints(etcd.endpoint())
                .leaseDuration(Duration.ofSeconds(30))
                .build();
    }
}
// end::junit[]
