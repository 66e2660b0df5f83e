package io.github.election4j.spring.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.github.election4j.testing.JavaProcess;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * S2: three members in processes of their own, each writes with 16 threads, and whoever leads is killed, as often as
 * {@code -Delection4j.crashes=…} says.
 */
@NeedsEtcd
@Tag("proof")
@Tag("load")
@Timeout(900)
class LeaderOnlyCrashesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CRASHES = Integer.getInteger("election4j.crashes", 30);
    private static final int MEMBERS = 3;
    private static final Pattern ID = Pattern.compile("\"id\":\"(w\\d+)\"");

    private final Map<String, JavaProcess> members = new HashMap<>();
    private final List<Long> written = new CopyOnWriteArrayList<>();
    private TestEtcd etcd;
    private Client client;
    private int started;

    @BeforeEach
    void start() {
        etcd = TestEtcd.started();
        client = Client.builder().endpoints(etcd.endpoint()).build();
        client.getWatchClient()
                .watch(
                        GuardedWriter.bytes(GuardedWriter.WRITTEN),
                        WatchOption.builder().withRevision(1).build(),
                        Watch.listener(
                                seen -> seen.getEvents().forEach(event -> written.add(token(event.getKeyValue())))));
        IntStream.range(0, MEMBERS).forEach(each -> startMember());
    }

    @AfterEach
    void stop() {
        members.values().forEach(JavaProcess::close);
        client.close();
        etcd.close();
    }

    @Test
    void noWriteOfAFormerLeaderLandsLate() {
        for (int i = 0; i < CRASHES; i++) {
            Objects.requireNonNull(members.remove(awaitWritingLeader())).kill();
            startMember();
        }
        awaitWritingLeader();

        assertThat(written).isSorted();
        long terms = written.stream().distinct().count();
        System.out.printf(
                "MEASURED guarded writes: %,d by %d threads of the leader, who was killed %d times: %d terms, 0 late%n",
                written.size(), GuardedWriter.CALLERS, CRASHES, terms);
        assertThat(terms).isGreaterThan(CRASHES);
    }

    private void startMember() {
        String id = "w" + started++;
        members.put(
                id,
                JavaProcess.main(
                        GuardedWriter.class,
                        "--election.key=/crashes",
                        "--election.id=" + id,
                        "--election.lease-duration=5s",
                        "--election.fail-over=1s",
                        "--election.etcd.endpoints=" + etcd.endpoint(),
                        "--spring.docker.compose.enabled=false",
                        "--spring.main.banner-mode=off"));
    }

    /** Whose token was written last, and whose key is the first of those that are there. */
    private String awaitWritingLeader() {
        try {
            return await().pollInterval(Duration.ofMillis(20))
                    .atMost(LIMIT)
                    .until(this::writingLeader, members::containsKey);
        } catch (ConditionTimeoutException nobody) {
            throw new AssertionError("No leader writes; members: " + said(), nobody);
        }
    }

    private String said() {
        StringBuilder said = new StringBuilder();
        members.forEach(
                (id, process) -> said.append("\n").append(id).append(": ").append(process.lines()));
        return said.toString();
    }

    private String writingLeader() throws Exception {
        GetResponse first = client.getKVClient()
                .get(
                        GuardedWriter.bytes("/crashes/"),
                        GetOption.builder()
                                .isPrefix(true)
                                .withSortField(GetOption.SortTarget.CREATE)
                                .withSortOrder(GetOption.SortOrder.ASCEND)
                                .withLimit(1)
                                .build())
                .get(10, TimeUnit.SECONDS);
        KeyValue head = first.getKvs().stream().findFirst().orElse(null);
        if (head == null || written.isEmpty() || written.get(written.size() - 1) != head.getCreateRevision()) {
            return "";
        }
        Matcher id = ID.matcher(head.getValue().toString(StandardCharsets.UTF_8));
        return id.find() ? id.group(1) : "";
    }

    private static long token(KeyValue value) {
        return Long.parseLong(value.getValue().toString(StandardCharsets.UTF_8));
    }
}
