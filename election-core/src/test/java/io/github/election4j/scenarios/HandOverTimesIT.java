package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.github.election4j.testing.JavaProcess;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.MemberMain;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Times, printed beside a floor or the lease and asserted loosely: what is fast is for the reader to judge. */
@NeedsEtcd
@Tag("proof")
@Timeout(240)
class HandOverTimesIT {
    private static final int ROUNDS = 200;
    private static final ByteSequence KEY = ByteSequence.from("/floor", StandardCharsets.UTF_8);

    @Test
    void resigningHandsOverAboutAsFastAsAWatchTells() throws Exception {
        try (TestEtcd etcd = TestEtcd.started();
                Client writer = Client.builder().endpoints(etcd.endpoint()).build();
                Client reader = Client.builder().endpoints(etcd.endpoint()).build();
                Member first = join(etcd, "m1").awaitLeader();
                Member second = join(etcd, "m2").awaitFollows(first)) {
            long[] handOvers = handOvers(first, second);
            long[] floor = floor(writer, reader);
            print("floor (delete until a watch in another client fires)", floor);
            print("hand-over (resign() until the successor's isLeader())", handOvers);
            System.out.printf(
                    "MEASURED hand-over / floor: p50 %.1f, p99 %.1f%n",
                    (double) percentile(handOvers, 50) / percentile(floor, 50),
                    (double) percentile(handOvers, 99) / percentile(floor, 99));
            assertThat(Duration.ofNanos(percentile(handOvers, 50))).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void crashFailOverTakesTheLease() {
        Duration lease = Duration.ofSeconds(2);
        try (TestEtcd etcd = TestEtcd.started()) {
            for (int round = 0; round < 3; round++) {
                String key = "/crash/" + round;
                try (JavaProcess leader = JavaProcess.main(MemberMain.class, key, "m1", "2", etcd.endpoint())) {
                    leader.awaitLine(line -> line.startsWith("LEADS"), Member.LIMIT);
                    try (Member next = Member.join(key, "m2", lease, etcd.endpoint())) {
                        await().atMost(Member.LIMIT)
                                .until(() -> next.election().candidates().size() == 2);
                        long killedAt = System.nanoTime();
                        leader.kill();
                        next.awaitLeader();
                        long took = System.nanoTime() - killedAt;
                        System.out.printf(
                                "MEASURED crash fail-over: %d ms, lease %d ms%n", took / 1_000_000, lease.toMillis());
                        assertThat(Duration.ofNanos(took)).isLessThan(lease.multipliedBy(3));
                    }
                }
            }
        }
    }

    private static Member join(TestEtcd etcd, String id) {
        return Member.join("/times", id, Duration.ofSeconds(10), etcd.endpoint());
    }

    private static long[] handOvers(Member first, Member second) {
        long[] took = new long[ROUNDS];
        Member leader = first;
        Member next = second;
        for (int round = 0; round < ROUNDS; round++) {
            next.awaitFollows(leader);
            long from = System.nanoTime();
            leader.election().resign();
            while (!next.isLeader()) {
                LockSupport.parkNanos(20_000);
            }
            took[round] = System.nanoTime() - from;
            Member previous = leader;
            leader = next;
            next = previous;
        }
        return took;
    }

    private static long[] floor(Client writer, Client reader) throws Exception {
        BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        long[] took = new long[ROUNDS];
        Watch.Watcher watcher = reader.getWatchClient()
                .watch(KEY, response -> response.getEvents().forEach(event -> told.add(System.nanoTime())));
        for (int round = 0; round < ROUNDS; round++) {
            writer.getKVClient().put(KEY, KEY).get(5, TimeUnit.SECONDS);
            assertThat(told.poll(5, TimeUnit.SECONDS)).isNotNull();
            long from = System.nanoTime();
            writer.getKVClient().delete(KEY);
            Long heard = told.poll(5, TimeUnit.SECONDS);
            took[round] = (heard == null ? Long.MAX_VALUE : heard) - from;
        }
        watcher.close();
        return took;
    }

    private static void print(String what, long[] nanos) {
        System.out.printf(
                "MEASURED %s, %d times: p50 %.2f ms, p99 %.2f ms%n",
                what, nanos.length, percentile(nanos, 50) / 1e6, percentile(nanos, 99) / 1e6);
    }

    private static long percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
