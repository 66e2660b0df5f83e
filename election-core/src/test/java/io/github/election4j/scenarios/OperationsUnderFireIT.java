package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.JavaProcess;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.OperableMain;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * P8: every operation, asked of any member, for any member, in random order, while one process after the other is
 * killed and started again. {@code -Delection4j.operations=1000} does so many, {@code -Delection4j.seed=…} the same.
 */
@Tag("proof")
@Tag("load")
@NeedsEtcd
class OperationsUnderFireIT {
    private static final int OPERATIONS = Integer.getInteger("election4j.operations", 60);
    private static final long SEED = Long.getLong("election4j.seed", System.nanoTime());
    private static final String KEY = "/fire";
    private static final List<String> IDS = List.of("m1", "m2", "m3", "m4", "m5");
    private static final List<String> VERBS =
            List.of("evict", "evict-for", "cancel-evict", "cancel-evict", "resign", "transfer", "transfer", "clear");
    private static final Duration LEASE = Duration.ofSeconds(2);
    /** The step-down timeout, a request before and one after it, and that two processors are busy with seven JVMs. */
    private static final long MOST_MILLIS =
            Duration.ofSeconds(5).plus(LEASE).plusSeconds(3).toMillis();

    private static final long LONGEST_BEFORE_KILL_NANOS = 50_000_000;
    private static final Set<String> SUCCESSES =
            Set.of("RELEASED", "LEFT_QUEUE", "TRANSFERRED", "EVICTION_CANCELLED", "REJOINED", "CLEARED");

    private final Random random = new Random(SEED);
    private final TestEtcd etcd = TestEtcd.started();
    private final Map<String, JavaProcess> alive = new TreeMap<>();
    private final List<Run> killed = new ArrayList<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final Set<String> evicted = new TreeSet<>();
    private int successes;

    @AfterEach
    void stop() {
        alive.values().forEach(JavaProcess::close);
        etcd.close();
    }

    @Test
    void eachIsAnsweredInTimeAndNoEvictionIsLost() {
        IDS.forEach(this::start);
        IDS.forEach(this::awaitJoined);
        long longest = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            longest = Math.max(longest, operate(i, i % 10 == 5));
            if (i % 10 == 8) {
                IDS.stream().filter(id -> !alive.containsKey(id)).toList().forEach(this::start);
                IDS.forEach(this::awaitJoined);
            }
            assertThat(evictionsInStore()).as(told()).isEqualTo(evicted);
        }
        System.out.println("MEASURED operations under fire: " + OPERATIONS + " with " + killed.size()
                + " processes killed, the longest took " + longest + " ms: " + answers + "; "
                + stretches().size()
                + " stretches of true answers");

        assertThat(stretches()).as(told()).isNotEmpty();
        assertThat(successes).as(told()).isGreaterThan(OPERATIONS / 10);
        assertThat(overlaps()).as(told()).isEmpty();
        assertThat(longest).as(told()).isLessThan(MOST_MILLIS);
        IDS.stream().filter(id -> !alive.containsKey(id)).toList().forEach(this::start);
        Set<String> others = new TreeSet<>(IDS);
        others.removeAll(evicted);
        await("the others are in the queue").atMost(Member.LIMIT).until(() -> queue().equals(others));
    }

    private long operate(int number, boolean killMeanwhile) {
        String verb = pick(VERBS);
        String target = pick(IDS);
        if (verb.startsWith("evict") && evicted.size() >= IDS.size() - 2) {
            verb = "cancel-evict";
        } else if (verb.equals("clear") && alive.containsKey(target)) {
            target = "m9"; // Who lives is not to be cleared.
        }
        String id = pick(List.copyOf(alive.keySet()));
        JavaProcess asked = Objects.requireNonNull(alive.get(id));
        asked.enter(number + " " + verb + " " + target);
        if (killMeanwhile) {
            LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_BEFORE_KILL_NANOS));
            kill(pick(alive.keySet().stream().filter(each -> !each.equals(id)).toList()));
        }
        asked.awaitLine(line -> line.startsWith("ANSWER " + number + " "), Member.LIMIT);
        String[] answer = asked.lines().stream()
                .filter(line -> line.startsWith("ANSWER " + number + " "))
                .findFirst()
                .orElseThrow()
                .split(" ", 5);
        answers.merge(verb + " " + answer[3], 1, Integer::sum);
        take(verb, target, answer[3]);
        return Long.parseLong(answer[2]);
    }

    private void take(String verb, String target, String answer) {
        assertThat(answer).as(told()).isNotIn("UNEXPECTED", "CLOSED", "SUPERSEDED", "NOT_LEADER");
        successes += SUCCESSES.contains(answer) ? 1 : 0;
        if (verb.contains("evict") && takesEffect(verb, target, answer)) {
            evicted.add(target);
        } else if (verb.contains("evict")) {
            evicted.remove(target);
        }
        if (verb.startsWith("evict") && SUCCESSES.contains(answer)) {
            assertThat(queue()).as(told()).doesNotContain(target);
        }
    }

    /**
     * Whether an eviction stands now. What an operation without an outcome has done is seen in etcd, a moment later.
     */
    private boolean takesEffect(String verb, String target, String answer) {
        if (Set.of("TIMEOUT", "STORE").contains(answer)) {
            await().pollDelay(LEASE).until(() -> true);
            return evictionsInStore().contains(target);
        }
        return verb.startsWith("evict");
    }

    private void start(String id) {
        String lease = Long.toString(LEASE.toMillis());
        alive.put(id, JavaProcess.main(OperableMain.class, KEY, id, lease, etcd.endpoint()));
    }

    private void awaitJoined(String id) {
        Objects.requireNonNull(alive.get(id)).awaitLine("JOINED"::equals, Member.LIMIT);
    }

    private void kill(String id) {
        JavaProcess process = Objects.requireNonNull(alive.remove(id));
        process.kill();
        killed.add(new Run(id, process));
    }

    private Set<String> evictionsInStore() {
        String prefix = KEY + ".~evicted/";
        return etcd.keys(prefix).stream()
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> queue() {
        return etcd.keys(KEY + "/").stream()
                .map(etcd::value)
                .map(value -> value.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> overlaps() {
        List<Stretch> all = stretches();
        return all.stream()
                .flatMap(one -> all.stream().filter(one::overlaps).map(other -> one + " with " + other))
                .toList();
    }

    private List<Stretch> stretches() {
        Stream<Run> running = alive.entrySet().stream().map(each -> new Run(each.getKey(), each.getValue()));
        return Stream.concat(killed.stream(), running).flatMap(Run::stretches).toList();
    }

    private String told() {
        return "-Delection4j.seed=" + SEED + ": " + answers;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A process that was, or is. */
    private record Run(String id, JavaProcess process) {
        /** It tells of each again and again while it lasts. */
        Stream<Stretch> stretches() {
            Map<Long, Long> ends = process.lines().stream()
                    .filter(line -> line.matches("TRUE \\d+ \\d+"))
                    .map(line -> line.split(" ", -1))
                    .collect(Collectors.toMap(
                            words -> Long.parseLong(words[1]), words -> Long.parseLong(words[2]), Math::max));
            return ends.entrySet().stream().map(each -> new Stretch(id, each.getKey(), each.getValue()));
        }
    }

    /** An unbroken run of true answers. */
    private record Stretch(String id, long from, long until) {
        boolean overlaps(Stretch other) {
            return id.compareTo(other.id) < 0 && from - other.until < 0 && other.from - until < 0;
        }
    }
}
