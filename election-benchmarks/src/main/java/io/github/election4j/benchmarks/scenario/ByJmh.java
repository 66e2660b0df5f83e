package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.peer.Peers;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.store.Jvm;
import io.github.election4j.benchmarks.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What JMH measures in a process of its own, which leads an election of ours. */
record ByJmh(Class<?> measured) implements Scenario.Body {
    /** Where the store is. */
    static final String ADDRESS = "benchmarks.address";

    @Override
    public void run(Bench bench, String name) throws Exception {
        Peer ours = Peers.all().get(0);
        bench.progress(name, ours.name());
        try (Store store = bench.start(ours)) {
            OptionsBuilder options = new OptionsBuilder();
            options.include(measured.getName().replace("$", "."))
                    .forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .jvmArgsAppend(arguments(store))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT);
            for (RunResult result : new Runner(options.build()).run()) {
                bench.add(Row.of(
                                name,
                                bench.subject(ours, result.getPrimaryResult().getLabel()))
                        .with("ns", result.getPrimaryResult().getScore())
                        .with("error ns", result.getPrimaryResult().getScoreError()));
            }
        }
    }

    private static String[] arguments(Store store) {
        List<String> arguments = new ArrayList<>(Jvm.logging());
        arguments.add("-D" + ADDRESS + "=" + store.address());
        return arguments.toArray(String[]::new);
    }
}
