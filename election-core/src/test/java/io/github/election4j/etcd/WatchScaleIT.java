package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.Evidence;
import io.github.election4j.testing.JavaProcess;
import io.github.election4j.testing.NeedsEtcd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What many watches cost, with a stream for each and with one for all. */
@Tag("proof")
@NeedsEtcd(real = true)
@Timeout(300)
class WatchScaleIT {
    @ParameterizedTest
    @CsvSource({"jetcd,1000", "shared,1000", "jetcd,10000", "shared,10000"})
    void allAreCreatedAndAllAreTold(String way, int count) {
        Evidence.require(Files.exists(Path.of("/proc/self/status")), "/proc", "run it on Linux.");
        try (EtcdServer etcd = EtcdServer.start();
                JavaProcess process =
                        JavaProcess.main(WatchScaleMain.class, way, "" + count, etcd.endpoint(), "" + etcd.pid())) {
            process.awaitEnd(Duration.ofMinutes(4));
            process.lines().stream().filter(line -> line.startsWith("MEASURED")).forEach(System.out::println);
            assertThat(process.lines())
                    .anyMatch(line -> line.startsWith("MEASURED"))
                    .noneMatch(line -> line.startsWith("ENDED"));
        }
    }
}
