package io.github.election4j.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.JavaProcess;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demonstration, as the README starts it. */
@Timeout(180)
class DemoIT {
    private static final Pattern PROCESS = Pattern.compile("m\\d is process (\\d+)");

    @Test
    void oneKillsTheLeaderAndSeesTheTakeOverAndNothingIsLeft() {
        try (JavaProcess demo = JavaProcess.jar(new File(System.getProperty("sample.jar")), "demo")) {
            demo.awaitLine(
                    line -> line.contains("LEADING") && line.split("WAITING", -1).length == 3, Duration.ofSeconds(60));
            demo.enter("k");
            demo.awaitLine(line -> line.contains("after the kill"), Duration.ofSeconds(20));
            List<Long> members = members(demo);

            demo.terminate();

            demo.awaitEnd(Duration.ofSeconds(30));
            assertThat(members).hasSize(3);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> members.stream()
                            .noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
        }
    }

    private static List<Long> members(JavaProcess demo) {
        return PROCESS.matcher(String.join("\n", demo.lines()))
                .results()
                .map(MatchResult::group)
                .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }
}
