package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

/** One session on a store in memory, on one thread, in time that passes when a test says so. */
final class Bench {
    static final Duration LEASE = Duration.ofSeconds(10);
    static final Duration TIMEOUT = Duration.ofSeconds(2);
    static final SessionSettings SETTINGS = new SessionSettings(LEASE, null, TIMEOUT, TIMEOUT);
    /** D. */
    static final Duration VALIDITY = Duration.ofSeconds(8);
    /** A heartbeat is due at least as often. */
    static final Duration PERIOD = LEASE.dividedBy(3);

    private final ManualLoop loop = new ManualLoop();
    private final Queue<Runnable> network = new ArrayDeque<>();
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final MemoryStore store = new MemoryStore(network::add);
    private final long startedAt = loop.nanos();
    private final List<String> observed = new ArrayList<>();
    private final List<Double> headrooms = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private int toRefuse;
    private long entropy;
    private final Environment environment =
            new Environment(store, loop, this::take, loop, this::wallClock, this::random, () -> ++entropy, observer());
    private final DefaultElections elections;

    Bench() {
        this(SETTINGS);
    }

    Bench(SessionSettings settings) {
        this.elections = DefaultElections.create(environment, settings);
    }

    Environment environment() {
        return environment;
    }

    MemoryStore store() {
        return store;
    }

    ManualLoop loop() {
        return loop;
    }

    DefaultElections elections() {
        return elections;
    }

    /** What the observer of the engine was told: of renewals, and of calls of listeners. */
    List<String> observed() {
        return observed;
    }

    /** How much of the validity each beat had to spare, as the observer was told. */
    List<Double> headrooms() {
        return headrooms;
    }

    static ElectionConfig config(String name) {
        return ElectionConfig.of("/bench/" + name, "m1").withName(name);
    }

    /** The pool has no thread for as many tasks; those that come later find one. */
    void refuseTasks(int count) {
        toRefuse = count;
    }

    /** Does something once in a step of the loop, after that has looked at its clock. */
    void meanwhile(Runnable something) {
        meanwhile = something;
    }

    /** What makes a request a beat. */
    static boolean isBeat(String request) {
        return request.contains("Swap[key=/election4j/beat/");
    }

    /** The beats that were sent, whatever became of them. */
    List<Txn> beats() {
        return store.commits().stream()
                .filter(each -> isBeat(each.then().toString()))
                .toList();
    }

    /** Joins elections, and lets this member lead them, since there is no other. */
    List<Election> lead(String... names) {
        List<Election> joined = new ArrayList<>();
        for (String name : names) {
            joined.add(elections.join(config(name)));
        }
        settle();
        assertThat(joined).allMatch(Election::isLeader);
        return joined;
    }

    /** The tokens of the elections that this member leads, 0 for the others. */
    static List<Long> tokens(List<Election> of) {
        return of.stream()
                .map(each -> each.leadership().map(term -> term.fencingToken()).orElse(0L))
                .toList();
    }

    void pass(Duration time) {
        loop.pass(time, this::settle);
    }

    /** Until nothing is left to do at this time, or a moment later. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = loop.run();
            busy |= runAll(network);
            busy |= runAll(pool);
            busy = busy || loop.runSoon();
        }
    }

    /** As {@link #settle}, but no listener is called and no future completed. */
    void settleButListeners() {
        boolean busy = true;
        while (busy) {
            busy = loop.run();
            busy |= runAll(network);
            busy = busy || loop.runSoon();
        }
    }

    private void take(Runnable task) {
        if (toRefuse > 0) {
            toRefuse--;
            throw new RejectedExecutionException("no thread");
        }
        pool.add(task);
    }

    /** What a step of the loop asks for after the time. */
    private double random() {
        Runnable now = meanwhile;
        meanwhile = () -> {};
        now.run();
        return 0.5;
    }

    private Instant wallClock() {
        return Instant.EPOCH.plusNanos(loop.nanos() - startedAt);
    }

    private EngineObserver observer() {
        return new EngineObserver() {
            @Override
            public void onRenewal(Duration took, boolean succeeded) {
                observed.add("renewal " + succeeded + " after " + took);
            }

            @Override
            public void onHeartbeat(double headroom) {
                headrooms.add(headroom);
            }

            @Override
            public void onListener(String election, Duration took, boolean succeeded) {
                observed.add("listener of " + election + " " + succeeded);
            }
        };
    }

    private static boolean runAll(Queue<Runnable> tasks) {
        boolean any = !tasks.isEmpty();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        return any;
    }
}
