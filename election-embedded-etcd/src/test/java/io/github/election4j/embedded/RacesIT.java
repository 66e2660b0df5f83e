package io.github.election4j.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.github.election4j.Leadership;
import io.github.election4j.etcd.EtcdElections;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands of several threads, at random, against members that hand over all the time. */
@Timeout(120)
class RacesIT {
    private static final String KEY = "/races";
    private static final int MEMBERS = 4;
    private static final int THREADS = 4;
    /** Between two, everything has to come to rest with a leader: each begins with somebody to depose. */
    private static final int ROUNDS = 2;

    private static final int ROUNDS_TO_PROVE = 10;
    private static final int CALLS_A_ROUND = 1_000;
    /** How many answers a thread waits for at once: enough for commands to meet each other on the way. */
    private static final int OPEN = 8;

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final long seed = Long.getLong("election4j.testing.seed", System.nanoTime());
    private final List<Contender> contenders = new ArrayList<>();
    private final List<String> overlaps = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    private EmbeddedEtcd etcd;
    private volatile boolean stopped;

    @BeforeEach
    void start() {
        etcd = EmbeddedEtcd.start();
        for (int i = 0; i < MEMBERS; i++) {
            contenders.add(new Contender("m" + i, etcd.endpoint()));
        }
    }

    @AfterEach
    void stop() {
        stopped = true;
        threads.shutdownNow();
        contenders.forEach(Contender::end);
        etcd.close();
    }

    @Test
    void everyCommandEndsAndNobodyLeadsBesideAnother() throws Exception {
        race(ROUNDS);
    }

    @Test
    @Tag("proof")
    void norInTenThousandCalls() throws Exception {
        race(ROUNDS_TO_PROVE);
    }

    private void race(int rounds) throws Exception {
        Future<?> watching = threads.submit(this::watch);

        Map<String, Integer> outcomes = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            settle();
            raceOnce(round).forEach((outcome, times) -> outcomes.merge(outcome, times, Integer::sum));
        }
        settle();
        stopped = true;
        watching.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        contenders.forEach(Contender::end);

        System.out.println("RacesIT with seed " + seed + ": " + outcomes);
        assertThat(overlaps).as("led at once, seed %d", seed).isEmpty();
        assertThat(outcomes.values().stream().mapToInt(each -> each).sum())
                .as("calls, seed %d", seed)
                .isEqualTo(rounds * CALLS_A_ROUND);
        assertThat(outcomes.keySet())
                .as("outcomes, seed %d", seed)
                .doesNotContain("TIMEOUT", "STORE")
                .contains("RELEASED", "REJOINED", "SUPERSEDED", "CLOSED", "closed");
        contenders.forEach(each -> each.assertTermsAlternate(seed));
    }

    /** Every thread has a random of its own; how the threads meet is up to the machine all the same. */
    private Map<String, Integer> raceOnce(int round) throws Exception {
        List<Future<Map<String, Integer>>> runs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + (long) round * THREADS + i);
            runs.add(threads.submit(() -> call(random)));
        }
        Map<String, Integer> all = new TreeMap<>();
        for (Future<Map<String, Integer>> run : runs) {
            run.get().forEach((outcome, times) -> all.merge(outcome, times, Integer::sum));
        }
        return all;
    }

    private Map<String, Integer> call(Random random) throws Exception {
        Map<String, Integer> outcomes = new TreeMap<>();
        Deque<CompletableFuture<?>> open = new ArrayDeque<>();
        for (int i = 0; i < CALLS_A_ROUND / THREADS; i++) {
            open.add(contenders.get(random.nextInt(MEMBERS)).call(random.nextInt(100)));
            if (open.size() > OPEN) {
                outcomes.merge(outcome(open.remove()), 1, Integer::sum);
            }
        }
        for (CompletableFuture<?> each : open) {
            outcomes.merge(outcome(each), 1, Integer::sum);
        }
        return outcomes;
    }

    /** Fails if there is none in time, or one that is no answer. */
    private static String outcome(CompletableFuture<?> future) throws Exception {
        try {
            Object done = future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return done == null ? "closed" : done.toString();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ElectionException told) {
                return told.kind().name();
            }
            throw failed;
        }
    }

    /** L1: once everybody is let in again, all of them queue and one of them leads. */
    private void settle() {
        contenders.forEach(each -> each.open().cancelEvict());
        await("one leads, all queue, seed " + seed)
                .atMost(LIMIT)
                .until(() ->
                        contenders.stream().filter(each -> each.term() != 0).count() == 1
                                && contenders.stream()
                                        .allMatch(
                                                each -> each.open().candidates().size() == MEMBERS));
    }

    /** S1: one who led before and after another was seen to lead, in one and the same term, led at the same time. */
    private void watch() {
        while (!stopped) {
            for (Contender one : contenders) {
                long term = one.term();
                for (Contender other : contenders) {
                    long meanwhile = term == 0 || one == other ? 0 : other.term();
                    if (meanwhile != 0 && one.term() == term) {
                        overlaps.add(term + " and " + meanwhile);
                    }
                }
            }
        }
    }

    /** One process' session, and the election that it joins again whenever that was closed. */
    private static final class Contender {
        private static final int CLOSING = 3;
        private static final int RESIGNING = 25;
        private static final int EVICTING = 50;

        private final ElectionConfig config;
        private final Elections session;
        /** What each election was told, one list for each time of joining. */
        private final List<List<String>> told = new CopyOnWriteArrayList<>();

        private volatile Election current;

        Contender(String id, String endpoint) {
            config = ElectionConfig.of(KEY, id);
            session = EtcdElections.builder()
                    .endpoints(endpoint)
                    .leaseDuration(LEASE)
                    .build();
            current = join();
        }

        CompletableFuture<?> call(int percent) {
            Election election = percent % 2 == 0 ? open() : current;
            if (percent < CLOSING) {
                return election.closeAsync();
            } else if (percent < RESIGNING) {
                return election.resign();
            }
            return percent < EVICTING ? election.evict() : election.cancelEvict();
        }

        /** The token of the term that lasts; 0 for none. */
        long term() {
            return current.leadership().map(Leadership::fencingToken).orElse(0L);
        }

        /** The election, joined again if it was closed. */
        synchronized Election open() {
            if (session.find(config.name()).isEmpty()) {
                current = join();
            }
            return current;
        }

        void end() {
            session.close();
        }

        /** S3: in each election a grant, then the revocation of the same term, and so on; closed, so none is owed. */
        void assertTermsAlternate(long seed) {
            assertThat(told.size()).as("joined, seed %d", seed).isGreaterThan(1);
            for (List<String> terms : told) {
                assertThat(terms.size() % 2).as("%s, seed %d", terms, seed).isZero();
                for (int i = 0; i < terms.size(); i += 2) {
                    assertThat(terms.get(i)).as("%s, seed %d", terms, seed).startsWith("+");
                    assertThat(terms.get(i + 1))
                            .as("%s, seed %d", terms, seed)
                            .isEqualTo(terms.get(i).replace('+', '-'));
                }
            }
        }

        private Election join() {
            List<String> terms = new CopyOnWriteArrayList<>();
            told.add(terms);
            Election election = session.join(config);
            election.addListener(event -> {
                if (event instanceof LeaderChanged change && change.state() != LeaderState.IS_NOT_LEADER) {
                    terms.add((change.state() == LeaderState.IS_LEADER ? "+" : "-") + change.fencingToken());
                }
            });
            return election;
        }
    }
}
