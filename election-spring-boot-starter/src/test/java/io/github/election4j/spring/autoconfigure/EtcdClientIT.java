package io.github.election4j.spring.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.github.election4j.Election;
import io.github.election4j.etcd.GuardedTxn;
import io.github.election4j.testing.FreePort;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The client that an application writes with, and elections that have one of their own. */
@NeedsEtcd
@Timeout(120)
class EtcdClientIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static TestEtcd etcd;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ElectionAutoConfiguration.class))
            .withPropertyValues(
                    "spring.application.name=shop",
                    "election.candidacy=started",
                    "election.lease-duration=5s",
                    "election.etcd.namespace=/team-a");

    @BeforeAll
    static void startEtcd() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @Test
    void aGuardedWriteGoesThroughTheClientThatIsThere() {
        runner.withPropertyValues("election.etcd.endpoints=" + etcd.endpoint()).run(context -> {
            Election election = context.getBean(Election.class);
            await().atMost(LIMIT).until(election::isLeader);
            Op write = Op.put(bytes("/guarded"), bytes("written"), PutOption.DEFAULT);
            GuardedTxn.of(
                            context.getBean(Client.class).getKVClient(),
                            election.leadership().orElseThrow(),
                            "/team-a")
                    .then(write)
                    .commit()
                    .join();
            assertThat(etcd.value("/guarded")).isEqualTo("written");
        });
    }

    @Test
    void leadsWhereTheDetailsSayWhateverClientThereIs() {
        runner.withBean(EtcdConnectionDetails.class, () -> () -> List.of(etcd.endpoint()))
                .withBean(
                        "other",
                        Client.class,
                        () -> Client.builder()
                                .endpoints("http://127.0.0.1:" + FreePort.find())
                                .build())
                .run(context -> await().atMost(LIMIT).until(context.getBean(Election.class)::isLeader));
    }

    @Test
    void leadsThroughTheClientOfTheApplication() {
        runner.withBean(
                        "mine",
                        Client.class,
                        () -> Client.builder().endpoints(etcd.endpoint()).build())
                .run(context -> await().atMost(LIMIT).until(context.getBean(Election.class)::isLeader));
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, UTF_8);
    }
}
