package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.SessionStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    @Test
    void refusesNothingInPlaceOfSomething() {
        refusesNull("endpoints", () -> builder.endpoints(EtcdElectionsTests.<String>nothing()));
        refusesNull("endpoints", () -> builder.endpoints(EtcdElectionsTests.<List<String>>nothing()));
        refusesNull("endpoints", () -> builder.endpoints(Collections.singletonList(nothing())));
        refusesNull("client", () -> builder.client(nothing()));
        refusesNull("clientCustomizer", () -> builder.clientCustomizer(nothing()));
        refusesNull("namespace", () -> builder.namespace(nothing()));
        refusesNull("leaseDuration", () -> builder.leaseDuration(nothing()));
        refusesNull("connectTimeout", () -> builder.connectTimeout(nothing()));
        refusesNull("requestTimeout", () -> builder.requestTimeout(nothing()));
        refusesNull("observer", () -> builder.observer(nothing()));
    }

    @Test
    void refusesTextThatCannotWork() {
        refuses(() -> builder.namespace("a\nb"), "namespace", "has the control character U+000A at index 1");
        refuses(() -> builder.namespace("/\ud800"), "namespace", "has half of a character, U+D800, at index 1");
        refuses(() -> builder.namespace(" "), "namespace", "is blank");
        refuses(() -> builder.namespace("n".repeat(1_025)), "namespace", "has 1025 characters");
        refuses(() -> builder.credentials("a\u0000", "secret"), "user", "has the control character U+0000 at index 1");
        refuses(() -> builder.credentials("", "secret"), "user", "is blank");
        refuses(() -> builder.credentials("u".repeat(257), "secret"), "user", "has 257 characters");
        refuses(() -> builder.endpoints("http://a\nb:1"), "endpoints", "has the control character U+000A at index 8");
        refuses(() -> builder.endpoints("http://" + "a".repeat(1_024)), "endpoints", "has 1031 characters");
        assertThatCode(() -> builder.namespace("n".repeat(1_024))
                        .namespace("")
                        .credentials("u".repeat(256), "\n")
                        .validate())
                .doesNotThrowAnyException();
    }

    /** jetcd would not use it, and whoever logs endpoints would tell it. */
    @Test
    void refusesAPasswordInAnEndpoint() {
        assertThatThrownBy(() -> builder.endpoints("http://me:s3cret@localhost:2379"))
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContaining("endpoints: a user is named in one")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesToTryToConnectForAYear() {
        refuses(builder.connectTimeout(Duration.ofDays(365)), "connectTimeout");
    }

    private static void refusesNull(String setting, ThrowingCallable call) {
        refuses(call, setting, "is null");
    }

    private static void refuses(ThrowingCallable call, String setting, String found) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidElectionConfigException.class, refusal -> {
            assertThat(refusal.setting()).isEqualTo(setting);
            assertThat(refusal.found()).isEqualTo(found);
            assertThat(refusal.action()).isNotBlank();
        });
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private static void refuses(EtcdElections settings, String setting) {
        assertThatThrownBy(settings::build)
                .isInstanceOfSatisfying(
                        InvalidElectionConfigException.class,
                        refusal -> assertThat(refusal.setting()).isEqualTo(setting));
    }
}
