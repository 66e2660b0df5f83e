package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.election4j.ElectionStatus;
import io.github.election4j.EvictOptions;
import io.github.election4j.OperationOutcome;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What anybody can write in the queue and beside it. */
@Tag("proof")
@Tag("load")
@NeedsEtcd
@Timeout(120)
class HostileValuesIT {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final int LONGEST_LINE = 4_000;
    private static final int LARGE = 1 << 20;

    private static final Map<String, byte[]> VALUES = Map.of(
            "large", bytes("x".repeat(LARGE)),
            "large-id", bytes("{\"id\":\"" + "x".repeat(LARGE) + "\",\"validityMs\":1}"),
            "lines", bytes("{\"id\":\"a\\nERROR a line\",\"by\":\"a\\nb\",\"reason\":\"c\\rd\"}"),
            "raw-lines", bytes("a\nERROR a line\r\n\u001b[31m"),
            "markup", bytes("{\"id\":\"</script><script>alert(1)</script>\",\"addr\":\"javascript:alert(1)\"}"),
            "no-text", new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc0, (byte) 0xed, (byte) 0xa0, (byte) 0x80},
            "deep", bytes("{\"id\":\"a\",\"x\":" + "[".repeat(300_000)),
            "numbers", bytes("{\"id\":\"a\",\"validityMs\":1e400,\"beat\":-1e9,\"since\":1e400,\"until\":1e99}"));

    private static TestEtcd etcd;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        root().detachAppender(log);
    }

    /** Whoever enters joins the mark with its own, and has to know it again by then. */
    @ParameterizedTest
    @ValueSource(strings = {"large", "lines", "raw-lines", "markup", "no-text", "deep"})
    void noMarkKeepsMembersOut(String name) {
        String key = "/hostile-mark/" + name;
        etcd.put(key + ".~held", Objects.requireNonNull(VALUES.get(name)), 0);

        try (Member leader = Member.join(key, "m1", LEASE, etcd.endpoint()).awaitLeader();
                Member second = Member.join(key, "m2", LEASE, etcd.endpoint()).awaitFollows(leader)) {
            leader.election().resign();
            second.awaitLeader();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "large-id", "lines", "raw-lines", "markup", "no-text", "deep", "numbers"})
    void nothingBreaks(String name) throws Exception {
        String key = "/hostile/" + name;
        byte[] value = Objects.requireNonNull(VALUES.get(name));
        try (Member leader = Member.join(key, "m1", LEASE, etcd.endpoint()).awaitLeader();
                Member second = Member.join(key, "m2", LEASE, etcd.endpoint()).awaitFollows(leader)) {
            long lease = etcd.grant(60);
            etcd.put(key + "/" + Long.toHexString(lease), value, lease);
            besideTheQueueOf(key, leader, second).forEach(each -> etcd.put(each, value, 0));
            await("both see it")
                    .atMost(Member.LIMIT)
                    .until(() -> Stream.of(leader, second)
                            .allMatch(each -> each.election().candidates().size() == 3
                                    && each.election().status().evictions().size() == 2
                                    && each.election().history().size() == 3));
            assertThat(leader.isLeader()).isTrue();

            try (Member late = Member.join(key, "m3", LEASE, etcd.endpoint()).awaitFollows(leader)) {
                assertThat(outcome(late.election().evict(EvictOptions.of("m1"))))
                        .isEqualTo("RELEASED");
                second.awaitLeader();
                assertThat(outcome(late.election().transferTo("m3")))
                        .as("a place in between that is not ours")
                        .matches("TRANSFERRED|.*is not a member of Election4J.*");
            }
            isLegible(second.election().status());
        }
        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.getFormattedMessage())
                        .doesNotContain("\n", "\r", "\u001b")
                        .hasSizeLessThan(LONGEST_LINE));
    }

    private static List<String> besideTheQueueOf(String key, Member leader, Member second) {
        return List.of(
                key + ".~evicted/nobody",
                key + ".~evicted/</script>",
                key + ".~order/" + Long.toHexString(leader.elections().session().leaseId()),
                key + ".~order/" + Long.toHexString(second.elections().session().leaseId()),
                key + ".~order/x",
                key + ".~terms/0000000000000000001",
                key + ".~terms/x",
                key + ".~other");
    }

    private static void isLegible(ElectionStatus status) {
        Stream<String> all = Stream.concat(
                status.candidates().stream().flatMap(each -> Stream.of(each.id(), each.address())),
                Stream.concat(
                        status.evictions().stream().flatMap(each -> Stream.of(each.id(), each.by(), each.reason())),
                        status.terms().stream().flatMap(each -> Stream.of(each.id(), each.address(), each.by()))));
        assertThat(all)
                .allSatisfy(each -> assertThat(each).hasSizeLessThan(8_000).doesNotContain("\n", "\r", "\u001b"));
    }

    private static String outcome(CompletableFuture<OperationOutcome> operation) throws Exception {
        return operation
                .handle((outcome, failure) -> failure == null ? outcome.name() : String.valueOf(failure.getMessage()))
                .get(20, TimeUnit.SECONDS);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
