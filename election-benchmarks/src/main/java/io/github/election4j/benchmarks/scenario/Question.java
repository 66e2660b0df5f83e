package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.peer.Connection;
import io.github.election4j.benchmarks.peer.Contestant;
import io.github.election4j.benchmarks.peer.Peers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs to ask whether one leads, beside reading the clock. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Question {
    private @Nullable Connection connection;
    private @Nullable Contestant leader;

    /** Becomes the leader. */
    @Setup
    public void lead() throws Exception {
        connection = Peers.all().get(0).connect(System.getProperty(ByJmh.ADDRESS), Duration.ofSeconds(30));
        Contestant joined = connection.join("ask", "m1");
        Waits.until("it leads", Duration.ofSeconds(30), joined::isLeader);
        leader = joined;
    }

    /** Leaves. */
    @TearDown
    public void leave() {
        if (connection != null) {
            connection.close();
        }
    }

    /** {@return the clock, which every answer needs} */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    /** {@return the answer} */
    @Benchmark
    public boolean isLeader() {
        return leader != null && leader.isLeader();
    }
}
