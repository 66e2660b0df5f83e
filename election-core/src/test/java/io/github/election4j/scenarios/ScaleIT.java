package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsEtcd
@Timeout(180)
class ScaleIT {
    private static final int MANY = 1_000;
    private static final Duration LEASE = Duration.ofSeconds(6);

    @Test
    void aThousandElectionsShareOneLeaseAndOneThread() {
        try (TestEtcd etcd = TestEtcd.started();
                Elections elections = EtcdElections.builder()
                        .endpoints(etcd.endpoint())
                        .leaseDuration(LEASE)
                        .build()) {
            List<Election> joined = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                joined.add(elections.join(ElectionConfig.of("/scale/" + i, "m1").withName("e" + i)));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> joined.stream().allMatch(Election::isLeader));
            await().atMost(Duration.ofSeconds(60)).until(() -> loops() == 1 && threads("election4j-listener") < 50);
            await("that no thread is kept for a burst")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> threads("election4j-etcd"), threads -> threads > 0 && threads < 20);
            assertThat(etcd.keys("/scale/"))
                    .filteredOn(key -> !key.contains(".~"))
                    .hasSize(MANY)
                    .extracting(key -> key.substring(key.lastIndexOf('/')))
                    .containsOnly("/" + Long.toHexString(elections.session().leaseId()));
            List<Long> tokens = tokens(joined);
            passes(LEASE.dividedBy(3)); // Whoever has just begun to lead has a beat sent at once.
            long before = etcd.revision();
            passes(LEASE);
            assertThat(tokens(joined)).as("no term was lost and won back").isEqualTo(tokens);
            assertThat(etcd.revision() - before)
                    .as("a beat for each hundred of them, each third of the lease")
                    .isBetween(20L, 50L);
        }
    }

    /** P9: two fields and the clock. */
    @Test
    void askingAllocatesNothing() {
        try (TestEtcd etcd = TestEtcd.started();
                Member member = Member.join("/cost", "m1", Duration.ofSeconds(60), etcd.endpoint())
                        .awaitLeader()) {
            int calls = 1_000_000;
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            int answers = 0;
            for (int i = 0; i < calls; i++) {
                if (member.election().isLeader()) {
                    answers++;
                }
            }
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertThat(answers).isEqualTo(calls);
            assertThat(allocated).isLessThan(calls / 100);
        }
    }

    private static List<Long> tokens(List<Election> elections) {
        return elections.stream()
                .map(each -> each.leadership().orElseThrow().fencingToken())
                .toList();
    }

    private static void passes(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        await().atMost(Duration.ofSeconds(60)).until(() -> System.nanoTime() - until > 0);
    }

    private static long loops() {
        return threads("election4j-loop");
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
