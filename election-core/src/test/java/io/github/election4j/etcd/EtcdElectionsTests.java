package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.SessionStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdElectionsTests {
    private final EtcdElections builder = EtcdElections.builder().endpoints("http://127.0.0.1:1");

    @Test
    void buildsWithoutTouchingTheNetwork() {
        try (Elections elections = builder.build()) {
            assertThat(elections.session().state()).isEqualTo(SessionStatus.State.CONNECTING);
            assertThat(elections.elections()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:2379", "http://localhost", "ftp://localhost:2379", "http://:2379", "not a url", ""})
    void refusesAnEndpointThatIsNoUrl(String endpoint) {
        assertThatThrownBy(() -> builder.endpoints(endpoint))
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContaining("'" + endpoint + "'")
                .hasMessageContaining("http://host:port");
    }

    @Test
    void refusesALeaseThatEtcdWouldNotGrant() {
        refuses(builder.leaseDuration(Duration.ofSeconds(1)), "leaseDuration");
    }

    @Test
    void refusesARequestThatOutlivesTheLease() {
        refuses(
                builder.leaseDuration(Duration.ofSeconds(5)).requestTimeout(Duration.ofSeconds(5)),
                "requestTimeout, leaseDuration");
    }

    @Test
    void refusesTimesThatAreNotPositive() {
        refuses(builder.requestTimeout(Duration.ZERO), "requestTimeout");
        refuses(
                EtcdElections.builder().endpoints("http://127.0.0.1:1").connectTimeout(Duration.ofSeconds(-1)),
                "connectTimeout");
    }

    @Test
    void refusesHalfOfTheCredentialsAndDoesNotTellThem() {
        assertThatThrownBy(() -> builder.credentials(null, "s3cret").build())
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContaining("user, password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesToGoNowhere() {
        refuses(EtcdElections.builder(), "endpoints");
    }

    @Test
    void refusesTwoElectionsOfOneNameOrKey() {
        try (Elections elections = builder.build()) {
            elections.join(ElectionConfig.of("/a", "me"));
            assertThatThrownBy(() -> elections.join(ElectionConfig.of("/b", "me")))
                    .hasMessageContaining("'default'");
            assertThatThrownBy(
                            () -> elections.join(ElectionConfig.of("/a", "me").withName("other")))
                    .hasMessageContaining("'/a'");
        }
    }

    @Test
    void refusesBlankNamesAndOddTimeouts() {
        assertThatThrownBy(() -> ElectionConfig.of(" ", "me")).hasMessageContaining("key");
        assertThatThrownBy(() -> ElectionConfig.of("/a", "")).hasMessageContaining("id");
        assertThatThrownBy(() -> ElectionConfig.of("/a", "me").withStepDownTimeout(Duration.ofDays(1)))
                .hasMessageContaining("stepDownTimeout");
    }

    @Test
    void refusesTlsToSomeMembersOnly() {
        refuses(EtcdElections.builder().endpoints("http://a:1", "https://b:1"), "endpoints");
    }

    private static void refuses(EtcdElections settings, String setting) {
        assertThatThrownBy(settings::build)
                .isInstanceOfSatisfying(
                        InvalidElectionConfigException.class,
                        refusal -> assertThat(refusal.setting()).isEqualTo(setting));
    }
}
