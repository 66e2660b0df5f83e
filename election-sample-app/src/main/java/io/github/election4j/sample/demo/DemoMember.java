package io.github.election4j.sample.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One copy of the sample in a process of its own, seen through its actuator. */
final class DemoMember {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String id;
    private final int port;
    private final List<String> command;
    private final Path log;
    private Process process;

    DemoMember(String id, int port, String etcd, Path folder) throws IOException {
        this.id = id;
        this.port = port;
        this.log = folder.resolve(id + ".log");
        this.command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1", // Three at once: what starts soon matters, not what runs long.
                "-jar",
                System.getProperty("java.class.path"),
                "--server.port=" + port,
                "--election.id=" + id,
                "--election.lease-duration=5s",
                "--election.etcd.endpoints=" + etcd);
        this.process = launch();
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What its endpoint says of its part, or what it does before there is one. */
    String state() {
        if (!isAlive()) {
            return "dead";
        }
        try {
            JsonNode answer = JSON.readTree(get());
            String token = answer.path("fencingToken").isNumber()
                    ? " (token " + answer.path("fencingToken").asLong() + ")"
                    : "";
            return answer.path("state").asString("starting") + token;
        } catch (IOException | JacksonException notYet) {
            return "starting";
        }
    }

    /** As by {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
    }

    void startAgain() throws IOException {
        process = launch();
    }

    /** Lets it hand over and end; kills it if that takes too long. */
    void stop() {
        try {
            process.destroy();
            if (!process.waitFor(8, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private String get() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/election/default"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
