package io.github.election4j.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.NeedsEtcd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three processes of the packaged jar. */
@Timeout(300)
class SampleApplicationIT {
    private static final Duration LEASE = Duration.ofSeconds(5);

    @Test
    @NeedsEtcd(real = true)
    void oneWorksAndAnotherTakesOverOnARealEtcd() throws Exception {
        try (EtcdServer etcd = EtcdServer.start()) {
            oneWorksAndAnotherTakesOver("--election.etcd.endpoints=" + etcd.endpoint());
        }
    }

    /** A proof beside the other: that processes take over on the embedded etcd is seen in the demonstration too. */
    @Test
    @Tag("proof")
    void oneWorksAndAnotherTakesOverOnTheEmbeddedEtcd() throws Exception {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start()) {
            oneWorksAndAnotherTakesOver("--election.etcd.endpoints=" + etcd.endpoint());
        }
    }

    private static void oneWorksAndAnotherTakesOver(String endpoints) throws Exception {
        String operate = "--spring.profiles.active=operate";
        try (SampleProcess first = new SampleProcess("m1", operate, endpoints).awaitState("LEADING");
                SampleProcess second = new SampleProcess("m2", operate, endpoints);
                SampleProcess third = new SampleProcess("m3", operate, endpoints)) {
            second.awaitState("WAITING");
            third.awaitState("WAITING");
            first.process().awaitLine(line -> line.contains("by m1 in term"), Duration.ofSeconds(10));

            first.process().kill();
            await().atMost(LEASE.plusSeconds(1))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> second.leads() || third.leads());
            SampleProcess leader = second.leads() ? second : third;
            SampleProcess follower = second.leads() ? third : second;
            leader.process().awaitLine(line -> line.contains("by " + leader.id() + " in term"), Duration.ofSeconds(10));

            operate(leader, follower);
            stop(follower, leader);
        }
    }

    private static void operate(SampleProcess leader, SampleProcess follower) throws Exception {
        assertThat(leader.post("evict", "{}").at("/leader/id").asString()).isEqualTo(follower.id());
        follower.awaitState("LEADING");
        leader.awaitState("EVICTED");
        assertThat(leader.post("cancel-evict", "{}").path("outcome").asString()).isEqualTo("REJOINED");
        follower.awaitCandidates(2);
        assertThat(follower.post("resign", "{}").at("/leader/id").asString()).isEqualTo(leader.id());
        leader.awaitCandidates(2);
        assertThat(leader.post("resign", "{}").at("/leader/id").asString()).isEqualTo(follower.id());
        assertThat(leader.post("clear", "{\"id\":\"m1\"}").path("outcome").asString())
                .isEqualTo("NOT_FOUND");
    }

    /** SIGTERM hands over before the process ends. */
    private static void stop(SampleProcess leading, SampleProcess next) {
        leading.awaitState("LEADING");
        leading.process().terminate();
        next.awaitState("LEADING");
        leading.process().awaitEnd(Duration.ofSeconds(20));
        await().atMost(Duration.ofSeconds(5)).until(() -> List.of("m2", "m3").contains(next.leader()));
    }
}
