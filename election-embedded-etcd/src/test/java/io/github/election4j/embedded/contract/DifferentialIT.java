package io.github.election4j.embedded.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.Event;
import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.NeedsEtcd;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The embedded etcd and the real one perform the same random operations and must answer the same: every field of every
 * response (but for the names of cluster and member, the raft term and what remains of a lease), every error's code and
 * text, every event of every watcher. The seed is the same in each build, so that a change is to blame if it fails;
 * {@code -Delection4j.seed=…} takes another, and a failure names it.
 *
 * <p>The embedded etcd behaves as etcd 3.4. Of another version what {@link KnownDifference} names is left out.
 *
 * <p>The recorded seeds 1, 2 and 3 each fail, within 1,500 operations, when the embedded etcd says "more" one result
 * too early, takes "greater" for "greater or equal", leaves out the event a watcher starts at, or leaves a deleted key
 * under its lease: that was tried.
 */
@NeedsEtcd(real = true)
@Timeout(600)
class DifferentialIT {
    private static final int OPERATIONS = 100_000;
    private static final long SEED = 20_261_123;
    private static final int SHOWN = 20;
    private static final int PART_SECONDS = 60;

    private EtcdVersion version;
    private EtcdServer realServer;
    private EmbeddedEtcd embeddedServer;
    private RawEtcd realClient;
    private RawEtcd embeddedClient;
    private Performer real;
    private Performer embedded;

    @BeforeEach
    void start() {
        realServer = EtcdServer.start("--unsafe-no-fsync");
        embeddedServer = EmbeddedEtcd.start();
        realClient = new RawEtcd(realServer.endpoint());
        embeddedClient = new RawEtcd(embeddedServer.endpoint());
        real = new Performer(realClient);
        embedded = new Performer(embeddedClient);
        version = EtcdVersion.of(realClient);
    }

    @AfterEach
    void stop() {
        realClient.close();
        embeddedClient.close();
        embeddedServer.close();
        realServer.close();
    }

    @Test
    @Tag("proof")
    void answersTheSameToAHundredThousandRandomOperations() {
        run(Long.getLong("election4j.seed", SEED), OPERATIONS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -3441154137358905249L})
    void answersTheSameToRecordedSeeds(long seed) {
        run(seed, OPERATIONS / 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    @Tag("proof")
    void answersTheSameToMoreRecordedSeeds(long seed) {
        run(seed, OPERATIONS / 20);
    }

    private void run(long seed, int operations) {
        System.err.println("[INFO] Differential run of " + operations + " operations, -Delection4j.seed=" + seed);
        RandomRun run = new RandomRun(seed);
        for (int done = 0; done < operations; ) {
            List<Operation> all = done == 0 ? run.first(real.revision()) : run.next(real.revision());
            List<Operation> part = KnownDifference.withoutAny(all, version);
            String where = "Seed " + seed + ", operations " + done + " to " + (done + all.size());
            CompletableFuture<List<Object>> ofReal = later(() -> perform(real, part));
            CompletableFuture<List<Object>> ofEmbedded = later(() -> perform(embedded, part));
            compare(where, part, get(where + ", real etcd", ofReal), get(where + ", embedded etcd", ofEmbedded));
            Map<Integer, List<Event>> events = embedded.takeEvents();
            real.takeEvents()
                    .forEach((watcher, expected) ->
                            compare(where, watcher, expected, events.getOrDefault(watcher, List.of())));
            done += all.size();
        }
    }

    private static void compare(String where, int watcher, List<Event> real, List<Event> embedded) {
        assertThat(embedded)
                .as(where + ": number of events of watcher " + watcher)
                .hasSameSizeAs(real);
        for (int i = 0; i < real.size(); i++) {
            assertThat(line(embedded.get(i)))
                    .as(where + ": event " + i + " of watcher " + watcher)
                    .isEqualTo(line(real.get(i)));
        }
    }

    private static List<Object> perform(Performer performer, List<Operation> part) {
        List<Object> answers = performer.perform(part);
        performer.awaitEverything();
        return answers;
    }

    private static void compare(String where, List<Operation> part, List<Object> real, List<Object> embedded) {
        for (int i = 0; i < part.size(); i++) {
            if (!real.get(i).equals(embedded.get(i))) {
                StringBuilder last = new StringBuilder();
                for (int j = Math.max(0, i - SHOWN); j < i; j++) {
                    last.append(line(part.get(j)))
                            .append("\n=> ")
                            .append(line(real.get(j)))
                            .append('\n');
                }
                throw new AssertionError(where + ": number " + i + " of these is answered differently:\n"
                        + line(part.get(i)) + "\n=> real etcd:     " + line(real.get(i)) + "\n=> embedded etcd: "
                        + line(embedded.get(i)) + "\nThe operations before it:\n" + last);
            }
        }
    }

    private static String line(Object message) {
        return message.toString().replaceAll("\\s+", " ");
    }

    private static <T> CompletableFuture<T> later(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException | Error failed) {
                        result.completeExceptionally(failed);
                    }
                },
                "differential");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static <T> T get(String what, CompletableFuture<T> future) {
        try {
            return future.get(PART_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(what + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
