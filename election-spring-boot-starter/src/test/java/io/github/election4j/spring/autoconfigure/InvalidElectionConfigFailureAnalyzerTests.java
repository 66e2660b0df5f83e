package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.InvalidElectionConfigException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class InvalidElectionConfigFailureAnalyzerTests {
    @Test
    void namesThePropertiesWhatWasFoundAndWhatToDo() {
        FailureAnalysis analysis = new InvalidElectionConfigFailureAnalyzer()
                .analyze(new IllegalStateException(new InvalidElectionConfigException(
                        "requestTimeout, leaseDuration", "a request may take 5s", "Lower it.")));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .contains("election.etcd.request-timeout and election.lease-duration", "a request may take 5s");
        assertThat(analysis.getAction()).isEqualTo("Lower it.");
    }
}
