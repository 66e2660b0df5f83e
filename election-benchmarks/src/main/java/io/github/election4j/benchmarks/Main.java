package io.github.election4j.benchmarks;

import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.peer.Peers;
import io.github.election4j.benchmarks.result.Machine;
import io.github.election4j.benchmarks.result.Results;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.scenario.Scenario;
import io.github.election4j.benchmarks.store.Jvm;
import io.github.election4j.benchmarks.store.Kind;
import io.github.election4j.benchmarks.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Measures what is asked for, or the usual set, in some fourteen minutes. */
public final class Main {
    private static final String USAGE = """
            Usage: java -jar election-benchmarks.jar [--embedded] [scenario ...]

            Without a scenario the usual set is measured, in some fourteen minutes. --embedded measures on the etcd
            in this JVM; without, etcd has to be on the PATH. Figures appear at the end, and as JSON beside this jar.
            The status is 1 if anything failed.
            Scenarios (those in brackets take longer):
            """;
    private static final String EMBEDDED = "--embedded";

    private Main() {}

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        Jvm.configureLogging();
        List<String> asked = new ArrayList<>(List.of(arguments));
        boolean embedded = asked.remove(EMBEDDED);
        if (asked.stream().anyMatch(name -> Scenario.named(name).isEmpty())) {
            System.out.print(USAGE);
            Scenario.all()
                    .forEach(each -> System.out.printf(
                            each.usual() ? "  %-22s %s%n" : "  [%s]%n                         %s%n",
                            each.name(),
                            each.title()));
            System.exit(asked.contains("--help") ? 0 : 2);
        }
        List<Scenario> scenarios = asked.isEmpty()
                ? Scenario.all().stream().filter(Scenario::usual).toList()
                : asked.stream().map(name -> Scenario.named(name).orElseThrow()).toList();
        System.exit(exitStatus(scenarios, embedded)); // Clients leave threads behind.
    }

    private static int exitStatus(List<Scenario> scenarios, boolean embedded) {
        Results results = new Results();
        try {
            Path file = beside();
            measure(results, scenarios, embedded, file);
            System.out.println(results.table());
            System.out.println("Also in " + file);
            return results.complete() ? 0 : 1;
        } catch (Throwable failure) {
            System.out.println(results.table());
            System.err.println(failure);
            return 1;
        }
    }

    /** The file is written after each scenario, so that whoever cannot wait has what there is. */
    private static void measure(Results results, List<Scenario> scenarios, boolean embedded, Path file)
            throws Exception {
        results.circumstance("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Machine.describe(results);
        Bench bench = new Bench(present(results, embedded), embedded, results);
        for (Scenario scenario : scenarios) {
            if (embedded && scenario.body().needsCluster()) {
                bench.progress(scenario.name(), "left out, for the embedded etcd has no cluster");
                continue;
            }
            results.begin(scenario.name(), scenario.title());
            bench.progress(scenario.name(), scenario.title());
            measure(bench, results, scenario);
            results.write(file);
            System.err.println(results.table(scenario.name()));
        }
    }

    /** What one scenario fails of, such as a store that does not start, does not cost the figures of the others. */
    private static void measure(Bench bench, Results results, Scenario scenario) throws InterruptedException {
        try {
            scenario.body().run(bench, scenario.name());
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable failure) {
            results.add(Row.failed(scenario.name(), "(all)", failure));
        }
    }

    /** Those for which everything is there; of the others it is told what is missing. */
    private static List<Peer> present(Results results, boolean embedded) {
        List<Peer> present = new ArrayList<>();
        for (Peer peer : Peers.all()) {
            Kind kind = embedded && peer.store() == Kind.ETCD ? Kind.EMBEDDED_ETCD : peer.store();
            if (!peer.worksOn(kind)) {
                results.circumstance(peer.name(), "not measured: the embedded etcd cannot serve it");
            } else if (kind.missing().isPresent()) {
                results.circumstance(
                        peer.name(), "not measured: no " + kind.missing().get() + " on the PATH");
            } else {
                results.circumstance(peer.name(), peer.version() + " on " + version(kind));
                present.add(peer);
            }
        }
        if (present.stream().noneMatch(peer -> peer.store() == Kind.ETCD)) {
            throw new IllegalStateException("There is no etcd on the PATH: install it"
                    + " (apt-get install etcd-server etcd-client), or measure with " + EMBEDDED);
        }
        return present;
    }

    private static String version(Kind kind) {
        try (Store store = kind.start()) {
            return store.version();
        } catch (Exception | AssertionError failure) {
            return kind + ", which does not start: " + failure;
        }
    }

    private static Path beside() throws Exception {
        URI here =
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(here).resolveSibling("benchmarks.json");
    }
}
