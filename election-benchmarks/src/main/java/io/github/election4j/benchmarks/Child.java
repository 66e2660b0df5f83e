package io.github.election4j.benchmarks;

import io.github.election4j.benchmarks.store.Jvm;
import io.github.election4j.testing.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A JVM of its own that does what {@link ChildMain} is told to; to be paused and killed. */
public final class Child implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Child(List<String> options, List<String> arguments) {
        try {
            process = new ProcessBuilder(Jvm.command(options, ChildMain.class, arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread reader = new Thread(this::read, "child");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one.
     *
     * @param options of the JVM
     * @param arguments of {@link ChildMain}
     * @return the process; the caller closes it
     */
    public static Child start(List<String> options, String... arguments) {
        return new Child(options, List.of(arguments));
    }

    /** {@return its process id} */
    public long pid() {
        return process.pid();
    }

    /** {@return what it has printed} */
    public List<String> lines() {
        return lines;
    }

    /**
     * Waits for a line.
     *
     * @return what the line says after the word that it begins with
     */
    public String await(String word, Duration limit) {
        org.awaitility.Awaitility.await("'" + word + "' of process " + pid())
                .atMost(limit)
                .until(() -> line(word).isPresent() || !process.isAlive());
        return line(word).orElseThrow(() -> new IllegalStateException("Its process ended: " + lines));
    }

    /** SIGSTOP. */
    public void pause() {
        Signals.stop(pid());
    }

    /** SIGCONT. */
    public void resume() {
        Signals.resume(pid());
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Optional<String> line(String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .findFirst();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add(ended.toString());
        }
    }
}
