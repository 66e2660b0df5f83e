package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** P10: {@code election.lock-file}. */
@NeedsEtcd
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class ElectionLockFileIT {
    @TempDir
    Path folder;

    @Test
    void oneApplicationAtATimeHasIt() {
        try (TestEtcd etcd = TestEtcd.started()) {
            try (ConfigurableApplicationContext first = run(etcd, "m1")) {
                awaitLeads(first);
                assertThatThrownBy(() -> run(etcd, "m2"))
                        .hasStackTraceContaining("lockFile: '" + folder.resolve("lock") + "' is locked by");
                assertThat(first.getBean(Election.class).isLeader()).isTrue();

                first.stop();
                first.start();
                awaitLeads(first);
            }
            try (ConfigurableApplicationContext next = run(etcd, "m2")) {
                awaitLeads(next);
            }
        }
    }

    private ConfigurableApplicationContext run(TestEtcd etcd, String id) {
        return TestApplication.run(etcd, id, "election.key=/e/lock", "election.lock-file=" + folder.resolve("lock"));
    }

    private static void awaitLeads(ConfigurableApplicationContext application) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> application.getBean(Election.class).isLeader());
    }
}
