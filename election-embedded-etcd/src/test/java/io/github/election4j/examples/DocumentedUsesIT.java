package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.Leadership;
import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.etcd.GuardedTxn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the documentation shows of the API, run. */
@Timeout(60)
class DocumentedUsesIT {
    @Test
    void plainJavaJoinsAndCloses() {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start()) {
            PlainJava.run(etcd.endpoint(), token -> assertThat(token).isPositive());
        }
    }

    @Test
    void theEmbeddedEtcdFailsOnDemand() throws Exception {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start()) {
            Client client = Client.builder().endpoints(etcd.endpoint()).build();
            etcd.faults().pause(); // as kill -STOP
            etcd.faults().resume();
            etcd.clock().advance(Duration.ofSeconds(60)); // leases that are due by then expire before this returns
            client.close();
        }
    }

    @Test
    void aGuardedWriteFailsOnceTheTermIsOver() {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start();
                Client client = Client.builder().endpoints(etcd.endpoint()).build();
                Elections elections =
                        EtcdElections.builder().endpoints(etcd.endpoint()).build()) {
            Election election = elections.join(ElectionConfig.of("/election/reports", "m1"));
            await().until(election::isLeader);
            ByteSequence key = ByteSequence.from("report", StandardCharsets.UTF_8);
            ByteSequence value = ByteSequence.from("done", StandardCharsets.UTF_8);

            Leadership term = election.leadership().orElseThrow();
            GuardedTxn.of(client.getKVClient(), term)
                    .then(Op.put(key, value, PutOption.DEFAULT))
                    .commit() // fails with NOT_LEADER, and writes nothing, once the term is over
                    .join();

            election.resign().orTimeout(20, TimeUnit.SECONDS).join();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> GuardedTxn.of(client.getKVClient(), term)
                            .then(Op.put(key, value, PutOption.DEFAULT))
                            .commit()
                            .join())
                    .withCauseInstanceOf(ElectionException.class);
        }
    }
}
