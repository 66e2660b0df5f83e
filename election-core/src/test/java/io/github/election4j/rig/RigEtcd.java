package io.github.election4j.rig;

import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.EtcdBinary;
import io.github.election4j.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One member of etcd on a host and a disk of its own. */
final class RigEtcd implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RigNetwork.Host host;
    private final String name;
    private final Path image;
    private final Path disk;
    private final Path log;
    private boolean authenticated;
    private @Nullable Process process;
    private CompletableFuture<?> etcdWrite = CompletableFuture.completedFuture("none");
    private CompletableFuture<?> fileWrite = CompletableFuture.completedFuture("none");

    RigEtcd(RigNetwork.Host host, String name, Path folder) {
        this.host = host;
        this.name = name;
        this.disk = folder.resolve(name);
        this.log = folder.resolve(name + ".log");
        this.image = folder.resolve(name + ".img");
        Shell.run("truncate", "-s", "300M", image.toString());
        Shell.run("mkfs.ext4", "-q", image.toString());
        Shell.run("mkdir", disk.toString());
        Shell.run("mount", "-o", "loop", image.toString(), disk.toString());
    }

    RigNetwork.Host host() {
        return host;
    }

    String endpoint() {
        return "http://" + host.address() + ":2379";
    }

    String peer() {
        return name + "=http://" + host.address() + ":2380";
    }

    String name() {
        return name;
    }

    /** The first time with everybody's peer, later with none. */
    void launch(String cluster) {
        String peerUrl = "http://" + host.address() + ":2380";
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", host.namespace(), EtcdBinary.server()));
        command.addAll(
                List.of("--name", name, "--data-dir", disk.resolve("data").toString()));
        command.addAll(List.of("--listen-client-urls", endpoint(), "--advertise-client-urls", endpoint()));
        command.addAll(List.of("--listen-peer-urls", peerUrl, "--initial-advertise-peer-urls", peerUrl));
        command.addAll(List.of("--auth-token-ttl", "3", "--bcrypt-cost", "4", "--log-level", "error"));
        if (!cluster.isEmpty()) {
            command.addAll(List.of("--initial-cluster", cluster, "--initial-cluster-state", "new"));
        }
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isHealthy() {
        return page("/health").contains("\"true\"");
    }

    /** Healthy or not. */
    boolean answers() {
        return !page("/health").isEmpty();
    }

    boolean isAlive() {
        return running().isAlive();
    }

    /** Whether it takes itself for the raft leader. */
    boolean leads() {
        return isHealthy() && page("/metrics").contains("\netcd_server_is_leader 1\n");
    }

    private String page(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + path))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException notNow) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** From now on etcdctl must say who it is. */
    void authenticate() {
        authenticated = true;
    }

    void awaitHealthy() {
        await(name + " healthy, see " + log)
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(60))
                .until(this::isHealthy);
    }

    String etcdctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "ETCDCTL_API=3", EtcdBinary.client()));
        command.addAll(List.of("--endpoints", endpoint()));
        command.addAll(List.of("--command-timeout", "10s", "--dial-timeout", "3s"));
        if (authenticated) {
            command.addAll(List.of("--user", RigMain.USER + ":" + RigMain.PASSWORD));
        }
        command.addAll(Arrays.asList(arguments));
        return Shell.run(command.toArray(String[]::new));
    }

    void pause() {
        Signals.stop(running().pid());
    }

    void resume() {
        Signals.resume(running().pid());
    }

    void kill() {
        running().destroyForcibly();
        await(name + " ends")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !running().isAlive());
    }

    void terminate() {
        running().destroy();
        await(name + " ends")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !running().isAlive());
    }

    /** Every write to its disk waits, its write-ahead log included; everything else goes on, until there is a write. */
    void freezeDisk() {
        Shell.run("fsfreeze", "-f", disk.toString());
        fileWrite = CompletableFuture.runAsync(
                () -> Shell.run("touch", disk.resolve("frozen").toString()));
        etcdWrite = CompletableFuture.runAsync(() -> {
            try {
                etcdctl("put", "/rig/frozen", "");
            } catch (IllegalStateException expected) {
                // It is what makes it wait.
            }
        });
    }

    /** Whether the write of a file that was begun after the disk was frozen has not ended yet. */
    boolean writesHang() {
        return !fileWrite.isDone();
    }

    void thawDisk() {
        Shell.run("fsfreeze", "-u", disk.toString());
        fileWrite.join();
        etcdWrite.join();
    }

    @Override
    public void close() {
        Process present = process;
        if (present != null) {
            present.destroyForcibly().onExit().join();
        }
        Shell.tryTo("umount", disk.toString());
        Shell.tryTo("rm", image.toString()); // What is left are logs and recordings.
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }
}
