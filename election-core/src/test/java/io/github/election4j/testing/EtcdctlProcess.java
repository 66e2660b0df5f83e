package io.github.election4j.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run of {@code etcdctl}, and what it prints. */
public final class EtcdctlProcess implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "etcdctl");

    EtcdctlProcess(ProcessBuilder builder) {
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader.setDaemon(true);
        reader.start();
    }

    public static EtcdctlProcess start(String endpoint, String... arguments) {
        return new EtcdctlProcess(builder(endpoint, List.of(), arguments));
    }

    static ProcessBuilder builder(String endpoint, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>(List.of(EtcdBinary.client(), "--endpoints", endpoint));
        command.addAll(flags);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("ETCDCTL_API", "3");
        return builder;
    }

    public List<String> lines() {
        return lines;
    }

    public boolean isAlive() {
        return process.isAlive() || reader.isAlive();
    }

    /** Enters text, and ends the input. */
    public void enter(String text) {
        try (var input = process.outputWriter()) {
            input.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * SIGTERM, at which {@code elect} and {@code lock} leave in order. Not SIGINT: it is ignored by whatever a shell
     * starts in the background, and by all that starts from there, a whole build included. Where a process cannot be
     * asked to end, the test is skipped.
     */
    public void terminate() {
        Evidence.require(process.supportsNormalTermination(), "signals", "run it on Linux or macOS.");
        process.destroy();
    }

    /** Waits until it has ended and all that it printed is known; returns its exit code. */
    public int awaitEnd(Duration limit) {
        await("etcdctl ends, printed " + lines)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd(Duration.ofSeconds(10));
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add(ended.toString());
        }
    }
}
