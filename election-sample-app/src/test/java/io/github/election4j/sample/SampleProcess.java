package io.github.election4j.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One copy of the packaged sample in a process of its own, seen through its actuator. */
final class SampleProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String OPERATOR =
            Base64.getEncoder().encodeToString("operator:secret".getBytes(StandardCharsets.UTF_8));

    private final String id;
    private final JavaProcess process;

    /** One that finds etcd by its arguments. */
    SampleProcess(String id, String... arguments) {
        this(List.of(), id, arguments);
    }

    /** One with options for its JVM. */
    SampleProcess(List<String> options, String id, String... arguments) {
        this.id = id;
        List<String> common = List.of(
                "--server.port=0", // A port that is free now may be taken before a JVM has started.
                "--election.id=" + id,
                "--election.lease-duration=5s",
                "--operator.password={noop}secret",
                "--spring.main.cloud-platform=none"); // or an embedded etcd is refused where the check runs on one
        this.process = JavaProcess.jar(
                options,
                new File(System.getProperty("sample.jar")),
                Stream.concat(common.stream(), Stream.of(arguments)).toArray(String[]::new));
    }

    String id() {
        return id;
    }

    JavaProcess process() {
        return process;
    }

    boolean leads() {
        return "LEADING".equals(state());
    }

    /** Where this copy stands; what went wrong if it does not answer. */
    String state() {
        try {
            return get().path("state").asString();
        } catch (IOException starting) {
            return starting.toString();
        }
    }

    String leader() throws IOException {
        return get().at("/leader/id").asString("");
    }

    SampleProcess awaitState(String state) {
        await(id + " " + state)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(state())
                        .as("state of the process that says: %s", process.lines())
                        .isEqualTo(state));
        return this;
    }

    /** A member that has resigned is in the queue again a moment later: who leads next depends on it. */
    void awaitCandidates(int count) {
        await(id + " sees " + count + " candidates")
                .atMost(Duration.ofSeconds(20))
                .until(() -> get().path("candidates").size() == count);
    }

    /** As the operator; to be heard it takes the profile "operate". */
    JsonNode post(String operation, String body) throws IOException {
        return send(HttpRequest.newBuilder(uri("/" + operation))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + OPERATOR)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
        process.close();
    }

    JsonNode session() throws IOException {
        return send(HttpRequest.newBuilder(uri(""))).path("session");
    }

    JsonNode health() throws IOException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/actuator/health")));
    }

    private JsonNode get() throws IOException {
        return send(HttpRequest.newBuilder(uri("/default")));
    }

    private URI uri(String path) throws IOException {
        return URI.create("http://127.0.0.1:" + port() + "/actuator/election" + path);
    }

    private int port() throws IOException {
        return process.lines().stream()
                .map(PORT::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new IOException("Its web server has not started"));
    }

    private static JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (JacksonException noAnswer) {
            throw new IOException(noAnswer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
