package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Closing;
import io.github.election4j.benchmarks.Team;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.store.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a store has to do for an election in which nothing happens. All peers in the same minute. */
final class Idle implements Scenario.Body {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofMinutes(1);
    private static final int MEMBERS = 3;

    @Override
    public void run(Bench bench, String name) throws Exception {
        List<Team> teams = new ArrayList<>();
        try (Entrants entrants = new Entrants(bench, name)) {
            try {
                entrants.each(
                        each -> teams.add(new Team(each.peer(), each.store().address(), name, MEMBERS, LEASE)));
                Thread.sleep(SETTLE.toMillis());
                Map<Peer, Usage> before = new HashMap<>();
                entrants.each(each -> before.put(each.peer(), each.store().usage()));
                bench.progress(name, MEASURED.toSeconds() + " s");
                Thread.sleep(MEASURED.toMillis());
                entrants.each(each -> {
                    Usage earlier = Objects.requireNonNull(before.get(each.peer()));
                    bench.add(row(
                            name,
                            bench.subject(each.peer()),
                            each.store().usage().since(earlier)));
                });
            } finally {
                Closing.all(teams);
            }
        }
    }

    private static Row row(String name, String subject, Usage usage) {
        double anHour = (double) Duration.ofHours(1).toSeconds() / MEASURED.toSeconds();
        return Row.of(name, subject)
                .with("writes/h", usage.writes() * anHour)
                .with("requests/h", usage.requests() * anHour)
                .with("history kB/h", usage.historyBytes() / 1e3 * anHour)
                .with("store CPU s/h", usage.cpuSeconds() * anHour);
    }
}
