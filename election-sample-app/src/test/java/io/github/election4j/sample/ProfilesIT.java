package io.github.election4j.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What the sample is by default and what each profile adds. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ProfilesIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PASSWORD = "--operator.password={noop}secret";

    @Test
    void byDefaultEverybodyReadsAndNobodyOperates(CapturedOutput output) throws Exception {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start();
                ConfigurableApplicationContext sample = run(etcd, PASSWORD)) {
            assertThat(get(sample, "election")).isEqualTo(200);
            assertThat(get(sample, "election/default")).isEqualTo(200);
            assertThat(get(sample, "leader")).isIn(200, 503);
            assertThat(get(sample, "health")).isEqualTo(200);
            assertThat(resign(sample, "")).isEqualTo(401);
            assertThat(resign(sample, "secret")).isEqualTo(405);
        }
        assertThat(output).doesNotContain("generated security password");
    }

    @Test
    void operateLetsTheOperatorAndNobodyElse() throws Exception {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start();
                ConfigurableApplicationContext sample = run(etcd, PASSWORD, "--spring.profiles.active=operate")) {
            assertThat(get(sample, "election")).isEqualTo(200);
            assertThat(resign(sample, "")).isEqualTo(401);
            assertThat(resign(sample, "guess")).isEqualTo(401);
            assertThat(resign(sample, "secret", "Sec-Fetch-Site", "cross-site"))
                    .as("made by a page of another site")
                    .isEqualTo(403);
            assertThat(resign(sample, "secret", "Sec-Fetch-Site", "same-origin"))
                    .isEqualTo(200);
            assertThat(resign(sample, "secret")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "${operator.password}"})
    void operateHasNoOperatorUntilAPasswordIsSet(String password) throws Exception {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start();
                ConfigurableApplicationContext sample = run(etcd, "--spring.profiles.active=operate")) {
            assertThat(resign(sample, password)).isEqualTo(401);
        }
    }

    @Test
    void refusesAPasswordThatDoesNotSayHowItIsEncoded() {
        assertThatException()
                .isThrownBy(() -> run("--operator.password=secret").close())
                .havingRootCause()
                .withMessageContaining("operator.password")
                .withMessageContaining("{noop}")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"'', true", "operate, true", "dev, false"})
    void onlyDevHostsAnEtcd(String profiles, boolean free) {
        int port = FreePort.find();
        try (ConfigurableApplicationContext sample = run(
                "--spring.profiles.active=" + profiles,
                "--spring.main.cloud-platform=none", // or an embedded etcd is refused where the check runs on one
                "--election.etcd.embedded.port=" + port)) {
            assertThat(sample.isActive()).isTrue();
            assertThat(isFree(port)).isEqualTo(free);
        }
    }

    /** Whether nobody listens there; as the port of somebody's client it may be in use at any moment. */
    static boolean isFree(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    private static ConfigurableApplicationContext run(EmbeddedEtcd etcd, String... arguments) {
        Stream<String> endpoints = Stream.of("--election.etcd.endpoints=" + etcd.endpoint());
        return run(Stream.concat(endpoints, Stream.of(arguments)).toArray(String[]::new));
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return SpringApplication.run(
                SampleApplication.class,
                Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static int get(ConfigurableApplicationContext sample, String path) throws Exception {
        return status(request(sample, path).GET());
    }

    private static int resign(ConfigurableApplicationContext sample, String password, String... headers)
            throws Exception {
        HttpRequest.Builder request = request(sample, "election/resign").POST(HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        byte[] credentials = ("operator:" + password).getBytes(StandardCharsets.UTF_8);
        return status(
                password.isEmpty()
                        ? request
                        : request.header(
                                "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)));
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext sample, String path) {
        String port = sample.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path));
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
