package io.github.election4j.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.testing.FreePort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged jar with what Spring has processed ahead of time. */
@Timeout(120)
class AheadOfTimeIT {
    @Test
    void leadsAndIsOperated() throws IOException {
        String port = "--election.etcd.embedded.port=" + FreePort.find();
        try (SampleProcess copy = new SampleProcess(List.of("-Dspring.aot.enabled=true"), "m1", port)) {
            copy.awaitState("LEADING");
            copy.process().awaitLine(line -> line.contains("AOT-processed"), Duration.ofSeconds(1));
            copy.process().awaitLine(line -> line.contains("by m1 in term"), Duration.ofSeconds(10));

            assertThat(copy.post("evict", "{}").path("outcome").asText()).isEqualTo("RELEASED");
            copy.awaitState("EVICTED");
        }
    }

    /** It was processed without them, so that it has an etcd of its own, where it would lead beside others. */
    @Test
    void refusesAnEtcdThatItDidNotKnowWhenItWasProcessed() {
        String endpoints = "--election.etcd.endpoints=http://127.0.0.1:" + FreePort.find();
        try (SampleProcess copy = new SampleProcess(List.of("-Dspring.aot.enabled=true"), "m1", endpoints)) {
            copy.process().awaitEnd(Duration.ofSeconds(60));
            copy.process()
                    .awaitLine(
                            line -> line.contains("election.etcd.endpoints: set, but not when"), Duration.ofSeconds(5));
        }
    }
}
