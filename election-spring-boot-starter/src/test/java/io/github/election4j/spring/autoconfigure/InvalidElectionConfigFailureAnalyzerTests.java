package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.InvalidElectionConfigException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class InvalidElectionConfigFailureAnalyzerTests {
    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void namesThePropertiesWhatWasFoundAndWhatToDo() {
        FailureAnalysis analysis = analyze("requestTimeout, leaseDuration", "a request may take 5s", "Lower it.");

        assertThat(analysis.getDescription())
                .contains("election.etcd.request-timeout and election.lease-duration", "a request may take 5s");
        assertThat(analysis.getAction()).isEqualTo("Lower it.");
    }

    @Test
    void namesAPropertyOfAnElectionAsItWasSet() {
        assertThat(analyze("election.instances.Billing.id", "is blank", "").getDescription())
                .contains("misconfigured: election.instances.Billing.id: is blank.");
    }

    @Test
    void saysWhereItWasSet() {
        set("election.instances.Billing.key", "", 3);
        set("election.etcd.endpoints[0]", "etcd", 7);
        assertThat(analyze("election.instances.Billing.key", "is blank", "").getDescription())
                .contains("Property: election.instances.Billing.key")
                .contains("Origin: class path resource [application.properties] - 4:1");
        assertThat(analyze("endpoints", "'etcd' is not a URL", "").getDescription())
                .contains("Origin: class path resource [application.properties] - 8:1");
    }

    @Test
    void saysThatADurationWithoutAUnitIsInMilliseconds() {
        set("election.lease-duration", "10", 0);
        assertThat(analyze("leaseDuration", "PT0.01S is out of range", "").getDescription())
                .contains("election.lease-duration=10 is 10ms: a number without a unit is milliseconds; write 10s");
    }

    @Test
    void saysNothingOfUnitsWhereThereIsOneOrNoDuration() {
        set("election.lease-duration", "10ms", 0);
        set("election.id", "10", 0);
        assertThat(analyze("leaseDuration, election.id", "wrong", "").getDescription())
                .doesNotContain("without a unit");
    }

    private FailureAnalysis analyze(String setting, String found, String action) {
        return Objects.requireNonNull(new InvalidElectionConfigFailureAnalyzer(environment)
                .analyze(new IllegalStateException(new InvalidElectionConfigException(setting, found, action))));
    }

    private void set(String property, String value, int line) {
        TextResourceOrigin origin = new TextResourceOrigin(
                new ClassPathResource("application.properties"), new TextResourceOrigin.Location(line, 0));
        environment
                .getPropertySources()
                .addFirst(new OriginTrackedMapPropertySource(
                        "source of " + property, Map.of(property, OriginTrackedValue.of(value, origin))));
    }
}
