package io.github.election4j.benchmarks.scenario;

import io.github.election4j.benchmarks.Bench;
import io.github.election4j.benchmarks.Team;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.result.Row;
import io.github.election4j.benchmarks.store.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
            entrants.each(each -> teams.add(new Team(each.peer(), each.store().address(), name, MEMBERS, LEASE)));
            Thread.sleep(SETTLE.toMillis());
            List<Usage> before = usage(entrants);
            bench.progress(name, "a minute");
            Thread.sleep(MEASURED.toMillis());
            List<Usage> after = usage(entrants);
            for (int i = 0; i < before.size(); i++) {
                bench.add(row(name, entrants.left().get(i).peer(), after.get(i).since(before.get(i))));
            }
            teams.forEach(Team::close);
        }
    }

    private static List<Usage> usage(Entrants entrants) {
        return entrants.left().stream().map(each -> each.store().usage()).toList();
    }

    private static Row row(String name, Peer peer, Usage usage) {
        double minutesAnHour = Duration.ofHours(1).toMinutes();
        return Row.of(name, peer.name())
                .with("writes/h", usage.writes() * minutesAnHour)
                .with("requests/h", usage.requests() * minutesAnHour)
                .with("history kB/h", usage.historyBytes() / 1e3 * minutesAnHour)
                .with("store CPU s/h", usage.cpuSeconds() * minutesAnHour);
    }
}
