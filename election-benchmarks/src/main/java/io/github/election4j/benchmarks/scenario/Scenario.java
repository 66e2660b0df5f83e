package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something to measure.
 *
 * @param name how to ask for it
 * @param title what tables call it
 * @param usual whether it is measured unless others are asked for
 * @param body measures it
 */
public record Scenario(String name, String title, boolean usual, Body body) {
    private static final int ROUNDS = 40;

    /** Measures a scenario of this name. */
    @FunctionalInterface
    public interface Body {
        /** Adds rows to the results. */
        void run(Bench bench, String name) throws Exception;

        /** {@return whether it is about several members of etcd, which the embedded one does not have} */
        default boolean needsCluster() {
            return false;
        }
    }

    /** {@return all of them, in the order in which they are measured} */
    public static List<Scenario> all() {
        return Stream.concat(handOvers().stream(), others().stream()).toList();
    }

    private static List<Scenario> handOvers() {
        return List.of(
                usual("hand-over-1", "Hand-over, 1 waiting", new HandOvers(1, ROUNDS)),
                usual("hand-over-10", "Hand-over, 10 waiting", new HandOvers(10, ROUNDS)),
                usual("hand-over-100", "Hand-over, 100 waiting", new HandOvers(100, ROUNDS)),
                usual("hand-over-fresh", "Hand-over 20 ms after the waiter joined", new HandOvers(1, ROUNDS).fresh()),
                usual(
                        "hand-over-cluster",
                        "Hand-over, 1 waiting, 3 members of etcd",
                        new HandOvers(1, ROUNDS).cluster()),
                longer(
                        "hand-over-cluster-10",
                        "Hand-over, 10 waiting, 3 members of etcd",
                        new HandOvers(10, 100).cluster()),
                longer(
                        "transfer",
                        "Hand-over to the next, and to the last, of ten that wait",
                        new HandOvers(10, 200).transfers()));
    }

    private static List<Scenario> others() {
        return List.of(
                longer("crowd", "A hundred members of one election", new Crowd(100)),
                usual("crash", "Fail-over after kill -9, lease 5 s", new Crashes(Duration.ofSeconds(5), 5)),
                longer("crash-10s", "Fail-over after kill -9, lease 10 s", new Crashes(Duration.ofSeconds(10), 20)),
                longer(
                        "crash-fail-over",
                        "Fail-over after kill -9, lease 10 s, fail-over 1 s",
                        new Crashes(Duration.ofSeconds(10), 40).hasty()),
                usual("pause", "The leader is paused for two leases of 2 s", new TwoLeaders(TwoLeaders.Fault.PAUSE)),
                usual(
                        "partition",
                        "The leader is cut off for two leases of 2 s",
                        new TwoLeaders(TwoLeaders.Fault.PARTITION)),
                usual("scale-1000", "1,000 elections of two members each in one process", new Scale(1_000, "-Xmx256m")),
                longer(
                        "scale-10000",
                        "10,000 elections of two members each in one process",
                        new Scale(10_000, "-Xmx4g")),
                usual("mass-kill", "200 waiters are killed at once, then the leader hands over", new MassKill(200)),
                usual("start", "Start of a JVM until it leads", new Starts(10)),
                usual("ask", "One call, by JMH", new ByJmh(Question.class)),
                usual("call", "One call of a method, by JMH", new ByJmh(MarkedCall.class)),
                usual("request", "One request over loopback, by JMH", new ByJmh(RequestToLeader.class)),
                usual("idle", "An idle hour of one election of three members, from a minute", new Idle()));
    }

    /** {@return the one of that name} */
    public static Optional<Scenario> named(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static Scenario usual(String name, String title, Body body) {
        return new Scenario(name, title, true, body);
    }

    private static Scenario longer(String name, String title, Body body) {
        return new Scenario(name, title, false, body);
    }
}
