package io.github.election4j.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.testing.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged jar with what Spring has processed ahead of time, without a profile. */
@Timeout(120)
class AheadOfTimeIT {
    private static final List<String> AOT = List.of("-Dspring.aot.enabled=true");

    @Test
    void leadsOnTheEtcdAndIsOperatedInTheProfileThatItIsToldWhenItRuns() throws IOException {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start();
                SampleProcess copy = new SampleProcess(
                        AOT,
                        "m1",
                        "--spring.profiles.active=operate",
                        "--election.etcd.endpoints=" + etcd.endpoint())) {
            copy.awaitState("LEADING");
            copy.process().awaitLine(line -> line.contains("AOT-processed"), Duration.ofSeconds(1));
            copy.process().awaitLine(line -> line.contains("by m1 in term"), Duration.ofSeconds(10));

            assertThat(copy.post("evict", "{}").path("outcome").asString()).isEqualTo("RELEASED");
            copy.awaitState("EVICTED");
        }
    }

    /** What decides about the embedded etcd is a condition, and those were asked when there was no profile. */
    @Test
    void hasNoEtcdOfItsOwnThoughToldToDevelop() throws IOException {
        int port = FreePort.find();
        try (SampleProcess copy =
                new SampleProcess(AOT, "m1", "--spring.profiles.active=dev", "--election.etcd.embedded.port=" + port)) {
            copy.process().awaitLine(line -> line.contains("Started SampleApplication"), Duration.ofSeconds(60));

            assertThat(copy.session().hasNonNull("notice")).isFalse();
            assertThat(ProfilesIT.isFree(port)).isTrue();
        }
    }
}
