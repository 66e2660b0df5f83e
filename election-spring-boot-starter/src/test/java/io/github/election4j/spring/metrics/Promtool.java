package io.github.election4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.testing.Evidence;
import io.github.election4j.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus itself, asked what it thinks of rules. */
final class Promtool {
    private Promtool() {}

    /** Where there is none, the test is skipped, or fails: see {@link Evidence}. */
    static void agrees(Path folder, Path output, String... arguments) throws IOException, InterruptedException {
        Evidence.require(Programs.find("promtool").isPresent(), "promtool", "apt-get install prometheus.");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = promtool.waitFor(2, TimeUnit.MINUTES);
        promtool.destroyForcibly();

        assertThat(ended).as("ended in time").isTrue();
        assertThat(promtool.exitValue()).as(Files.readString(output)).isZero();
    }
}
