package io.github.election4j.benchmarks;

import io.github.election4j.benchmarks.store.Jvm;
import io.github.election4j.testing.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that does what {@link ChildMain} is told to; to be paused and killed. */
public final class Child implements AutoCloseable {
    private static final long END_LIMIT_MILLIS = 10_000;

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private Child(List<String> options, List<String> arguments) {
        try {
            process = new ProcessBuilder(Jvm.command(options, ChildMain.class, arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        reader = new Thread(this::read, "child");
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
        return List.copyOf(lines);
    }

    /**
     * Waits for a line.
     *
     * @return what the line says after the word that it begins with
     * @throws IllegalStateException if the process ends without; says what it failed of
     */
    public String await(String word, Duration limit) {
        org.awaitility.Awaitility.await("'" + word + "' of process " + pid())
                .atMost(limit)
                .until(() -> line(word).isPresent() || !process.isAlive());
        if (!process.isAlive()) {
            awaitLastLine();
        }
        return line(word)
                .orElseThrow(() -> new IllegalStateException("No '" + word + "', for its process ended"
                        + line(ChildMain.FAILED).map(why -> ": " + why).orElse("")));
    }

    /** Writes a byte to its standard input, for those that wait for one. */
    public void nudge() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        try {
            process.waitFor(END_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLastLine() {
        try {
            reader.join(END_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
