package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs what ends in Stress, by jcstress, on every interleaving that the machine will show in a minute. */
@Tag("proof")
class StressIT {
    private static final Path REPORT = Path.of("target", "jcstress").toAbsolutePath();
    private static final Pattern RESULTS = Pattern.compile(
            "Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs");
    /** Two threads are run at once; on one processor jcstress leaves such a test out. */
    private static final int TESTS = 7;

    private static final int LIMIT_MINUTES = 5;

    @Test
    @Timeout(value = LIMIT_MINUTES + 1, unit = TimeUnit.MINUTES)
    void noForbiddenOutcome() throws Exception {
        Files.createDirectories(REPORT);
        Path output = REPORT.resolve("output.txt");

        int exit = run(output);

        String said = Files.readString(output);
        assertThat(exit).as(said).isZero();
        Matcher results = lastResults(said);
        assertThat(Integer.parseInt(results.group(1))).as(said).isGreaterThanOrEqualTo(TESTS);
        assertThat(results.group(2)).as(said).isEqualTo(results.group(1));
    }

    private static int run(Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command())
                .directory(REPORT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("jcstress ends")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath(), "org.openjdk.jcstress.Main"));
        command.addAll(List.of("-t", StressIT.class.getPackageName(), "-r", REPORT.toString()));
        command.addAll(List.of("-m", "quick", "-f", "1", "-fsm", "1", "-iters", "1", "-time", "1000"));
        // Starting JVMs is what takes long: one mode for all, the one that reorders most, and no splits of it.
        command.addAll(List.of("-sc", "false", "-af", "NONE"));
        command.addAll(List.of(
                "-jvmArgs",
                "-XX:-TieredCompilation -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM -XX:+StressIGVN"
                        + " -XX:+UseSerialGC"));
        return command;
    }

    /** Absolute, since jcstress is to leave its files in a directory of its own. */
    private static String classPath() {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    private static Matcher lastResults(String said) {
        Matcher matcher = RESULTS.matcher(said);
        int end = -1;
        while (matcher.find()) {
            end = matcher.start();
        }
        assertThat(end).as("results in: %s", said).isNotNegative();
        assertThat(matcher.find(end)).isTrue();
        return matcher;
    }
}
