package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionConfig;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.testing.JavaProcess;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.OperableMain;
import io.github.election4j.testing.Signals;
import io.github.election4j.testing.TestEtcd;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** P10: a process that the lock file proves to be dead is not waited for, and no other one is cleared. */
@NeedsEtcd
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class LockFileIT {
    /** Nobody waits that long here. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration SOON = Duration.ofSeconds(20);
    private static TestEtcd etcd;

    @TempDir
    Path folder;

    private String key = "";
    private Path file = Path.of("");

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        key = "/lock/" + test.getTestMethod().orElseThrow().getName();
        file = folder.resolve("member.lock");
    }

    /** A term that has just begun is told of a moment later; who is killed before that is waited for. */
    @Test
    void whoStartsAgainAfterAKillLeadsAtOnce() {
        try (JavaProcess killed = process("m1")) {
            awaitLeads(killed);
            await().atMost(SOON).until(() -> !etcd.keys(key + ".~terms/").isEmpty());
            killed.kill();
        }

        try (Member again = join("m1")) {
            await("it leads again").atMost(SOON).until(again::isLeader);
            assertThat(again.election().candidates()).hasSize(1);
        }
    }

    @Test
    void theNextInLineLeadsAsSoonAsTheKilledOneIsBack() {
        try (Member second = Member.join(key, "m2", LEASE, etcd.endpoint()).awaitLeader();
                JavaProcess killed = process("m1")) {
            await().atMost(SOON).until(() -> second.election().candidates().size() == 2);
            second.election().resign();
            awaitLeads(killed);
            await().atMost(SOON).until(second::queued);
            killed.kill();

            try (Member again = join("m1")) {
                await("the next one leads").atMost(SOON).until(second::isLeader);
                await("the other waits").atMost(SOON).until(again::queued);
                assertThat(again.isLeader()).isFalse();
            }
        }
    }

    /** Its lock is held by the kernel, and not by whether it runs. Being refused takes the lock from nobody. */
    @Test
    void whoStandsStillIsNotDead() {
        try (JavaProcess stopped = process("m1")) {
            awaitLeads(stopped);
            Signals.stop(stopped.pid());

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> join("m1"))
                        .isInstanceOf(InvalidElectionConfigException.class)
                        .hasMessageContaining("lockFile")
                        .hasMessageContaining("'" + file + "' is locked by a process that lives");
            }

            Signals.resume(stopped.pid());
            assertThat(etcd.keys(key + "/")).hasSize(1);
        }
    }

    @Test
    void aSecondSessionIsRefusedAndTheFirstKeepsItsLock() {
        try (Member first = join("m1").awaitLeader()) {
            assertThatThrownBy(() -> join("m2"))
                    .isInstanceOf(InvalidElectionConfigException.class)
                    .hasMessageContaining("another session of this process");

            try (JavaProcess other = process("m3")) {
                other.awaitEnd(SOON);
                assertThat(other.lines()).anyMatch(line -> line.contains("is locked by a process that lives"));
            }
            assertThat(first.isLeader()).isTrue();
        }
    }

    @Test
    void onlyAPlaceOfTheSameIdIsCleared() {
        try (JavaProcess killed = process("m1")) {
            awaitLeads(killed);
            killed.kill();
        }

        try (Member other = join("m2")) {
            await().atMost(SOON).until(other::queued);
            try (Member same = Member.join(key, "m3", LEASE, etcd.endpoint())) {
                await().atMost(SOON).until(same::queued);
                assertThat(same.election().candidates())
                        .extracting(each -> each.id())
                        .containsExactly("m1", "m2", "m3");
            }
        }
    }

    /** Whoever has left in order has nothing to be cleared, and its file is free at once. */
    @Test
    void aSessionThatIsClosedGivesItUp() {
        join("m1").awaitLeader().close();

        try (Member again = join("m1")) {
            await().atMost(SOON).until(again::isLeader);
        }
    }

    private Member join(String id) {
        return Member.join(
                ElectionConfig.of(key, id),
                Member.builder(LEASE, etcd.endpoint()).lockFile(file));
    }

    private JavaProcess process(String id) {
        String lease = Long.toString(LEASE.toMillis());
        return JavaProcess.main(OperableMain.class, key, id, lease, etcd.endpoint(), file.toString());
    }

    private static void awaitLeads(JavaProcess process) {
        process.awaitLine(line -> line.startsWith("TRUE "), SOON);
    }
}
