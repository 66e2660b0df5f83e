package io.github.election4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Another JVM of the same kind, to be paused and killed. */
public final class JavaProcess implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private JavaProcess(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1"); // What starts soon matters here, not what runs long.
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread reader = new Thread(this::read, "java-process");
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs a main class of the tests' own class path. */
    public static JavaProcess main(Class<?> mainClass, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-Xmx256m", "-cp", classPath(), mainClass.getName()));
        all.addAll(List.of(arguments));
        return new JavaProcess(all);
    }

    /** Runs an executable jar. */
    public static JavaProcess jar(File jar, String... arguments) {
        return jar(List.of(), jar, arguments);
    }

    /** Runs an executable jar with options for the JVM. */
    public static JavaProcess jar(List<String> options, File jar, String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-Xmx256m", "-jar", jar.getPath()));
        all.addAll(List.of(arguments));
        return new JavaProcess(all);
    }

    public long pid() {
        return process.pid();
    }

    public List<String> lines() {
        return lines;
    }

    public void awaitLine(Predicate<String> which, Duration limit) {
        await("a line of process " + pid())
                .atMost(limit)
                .untilAsserted(() -> assertThat(lines).anyMatch(which));
    }

    /** Enters a line, as at a terminal. */
    public void enter(String line) {
        try {
            process.outputWriter().append(line).append('\n').flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM; where a process cannot be asked to end, the test is skipped. */
    public void terminate() {
        Evidence.require(process.supportsNormalTermination(), "signals", "run it on Linux or macOS.");
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    public void awaitEnd(Duration limit) {
        await("end of process " + pid()).atMost(limit).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add(ended.toString());
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
