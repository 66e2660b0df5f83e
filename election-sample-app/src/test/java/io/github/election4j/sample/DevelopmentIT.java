package io.github.election4j.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.testing.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of the packaged jar in development. */
@Timeout(180)
class DevelopmentIT {
    @Test
    void theFirstHostsAnEtcdAndOthersJoinIt() throws IOException {
        String port = "--election.etcd.embedded.port=" + FreePort.find();
        String profiles = "--spring.profiles.active=dev,operate";
        try (SampleProcess host = new SampleProcess("m1", profiles, port).awaitState("LEADING");
                SampleProcess second = new SampleProcess("m2", profiles, port).awaitState("WAITING")) {
            host.process().awaitLine(line -> line.contains("WARN") && line.contains("Hosting"), Duration.ofSeconds(1));
            assertThat(notices(host)).allMatch(notice -> notice.startsWith("Hosting an embedded etcd"));
            assertThat(notices(second)).allMatch(notice -> notice.startsWith("Joined the etcd"));

            host.post("resign", "{}");

            second.awaitState("LEADING");
            host.awaitState("WAITING");
        }
    }

    private static List<String> notices(SampleProcess copy) throws IOException {
        return List.of(
                copy.session().path("notice").asString(),
                copy.health().at("/components/election/details/notice").asString());
    }
}
