package io.github.election4j.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One real etcd member on loopback, with a data folder of its own. */
public final class EtcdServer extends TestEtcd {
    private static final int TRIES = 3;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final int clientPort;
    private final int peerPort;
    private final List<String> flags;
    private final @Nullable Tls tls;
    private final Path folder;
    private @Nullable Process process;

    EtcdServer(String name, int clientPort, int peerPort, List<String> flags) {
        this(name, clientPort, peerPort, flags, null);
    }

    private EtcdServer(String name, int clientPort, int peerPort, List<String> flags, @Nullable Tls tls) {
        this.tls = tls;
        this.name = name;
        this.clientPort = clientPort;
        this.peerPort = peerPort;
        this.flags = List.copyOf(flags);
        try {
            this.folder = Files.createTempDirectory("election4j-etcd-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Starts a single member; a port that somebody else took in between is replaced. */
    public static EtcdServer start(String... flags) {
        return start(null, flags);
    }

    /** Starts a single member that speaks TLS and asks its clients for a certificate, which is the same. */
    public static EtcdServer startWithTls(TestCertificate certificate) {
        return startWithTls(certificate, certificate.certificate());
    }

    /**
     * Starts a single member that speaks TLS and asks its clients for a certificate that an authority has signed. It
     * reads its own certificate again for each connection, and that of the authority never.
     */
    public static EtcdServer startWithTls(TestCertificate certificate, Path authority) {
        String file = certificate.certificate().toString();
        String key = certificate.privateKey().toString();
        return start(
                new Tls(certificate, authority),
                "--cert-file",
                file,
                "--key-file",
                key,
                "--client-cert-auth",
                "--trusted-ca-file",
                authority.toString());
    }

    private record Tls(TestCertificate certificate, Path authority) {}

    private static EtcdServer start(@Nullable Tls tls, String... flags) {
        for (int attempt = 1; ; attempt++) {
            EtcdServer server = new EtcdServer("m1", FreePort.find(), FreePort.find(), List.of(flags), tls);
            server.launch("m1=" + server.peerUrl());
            try {
                server.awaitHealthy();
                return server;
            } catch (RuntimeException | Error failed) {
                server.close();
                if (attempt == TRIES) {
                    throw failed;
                }
            }
        }
    }

    @Override
    public String endpoint() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + clientPort;
    }

    @Override
    public int port() {
        return clientPort;
    }

    String name() {
        return name;
    }

    String peerUrl() {
        return "http://127.0.0.1:" + peerPort;
    }

    public long pid() {
        return running().pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL. */
    @Override
    public void kill() {
        Process present = process;
        if (present != null) {
            present.destroyForcibly();
            waitFor(present);
        }
    }

    /** SIGSTOP: connections stay open, nothing answers. */
    @Override
    public void pause() {
        Signals.stop(pid());
    }

    /** SIGCONT. */
    @Override
    public void resume() {
        Signals.resume(pid());
    }

    /** Starts again on the same ports and data. */
    @Override
    public void restart() {
        kill();
        launch("");
        awaitHealthy();
    }

    /** Starts again, and does not wait: alone it may not become healthy. */
    public void launchAgain() {
        launch("");
    }

    void launch(String initialCluster) {
        List<String> command = new ArrayList<>(List.of(EtcdBinary.server(), "--name", name));
        command.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        command.addAll(List.of("--listen-client-urls", endpoint(), "--advertise-client-urls", endpoint()));
        command.addAll(List.of("--listen-peer-urls", peerUrl(), "--initial-advertise-peer-urls", peerUrl()));
        if (!initialCluster.isEmpty()) {
            command.addAll(List.of("--initial-cluster", initialCluster, "--initial-cluster-state", "new"));
        }
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the member answers a linearizable request. */
    public void awaitHealthy() {
        await("etcd " + endpoint() + " healthy; its log ends:\n" + logTail())
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !isAlive() || isHealthy());
        if (!isAlive()) {
            throw new IllegalStateException("etcd did not start; its log ends:\n" + logTail());
        }
    }

    public boolean isHealthy() {
        if (tls != null) {
            return isHealthyByTls();
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + "/health"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return response.body().contains("\"true\"");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isHealthyByTls() {
        try {
            return etcdctl("endpoint", "health").contains("is healthy");
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    /** Runs etcdctl against this member and returns what it prints. */
    public String etcdctl(String... arguments) {
        EtcdctlProcess client = etcdctlProcess(arguments);
        boolean succeeded = client.awaitEnd(Duration.ofSeconds(30)) == 0;
        String output = String.join("\n", client.lines());
        if (!succeeded) {
            throw new IllegalStateException("etcdctl " + List.of(arguments) + " failed: " + output);
        }
        return output;
    }

    @Override
    List<String> clientFlags() {
        if (tls == null) {
            return List.of();
        }
        String file = tls.certificate().certificate().toString();
        String key = tls.certificate().privateKey().toString();
        return List.of("--cacert", tls.authority().toString(), "--cert", file, "--key", key);
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private Process running() {
        Process present = process;
        if (present == null) {
            throw new IllegalStateException("etcd was not started");
        }
        return present;
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private static int waitFor(Process ended) {
        try {
            if (!ended.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Process " + ended.pid() + " has not ended within 30 s");
            }
            return ended.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
