package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderWork;
import io.github.election4j.Leadership;
import io.github.election4j.LeadershipListener;
import io.github.election4j.embedded.testing.ControllableElection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What docs/leader-work.md shows. */
class LeaderWorkTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ControllableElection controlled = new ControllableElection();
    private final Election election = controlled;
    private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private final Map<String, Long> saved = new ConcurrentHashMap<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void aTaskForEachTerm() throws Exception {
        LeaderWork work = election.whileLeading(term -> {
            while (true) {
                String order = orders.take(); // interrupted when the term ends
                save(order);
            }
        });
        Leadership term = controlled.grant();
        orders.put("first");
        assertThat(CompletableFuture.runAsync(this::untilSaved)).succeedsWithin(LIMIT);

        controlled.revoke();

        assertThat(saved).containsExactly(Map.entry("first", term.fencingToken()));
        assertThat(work.isRunning()).isFalse();
    }

    void save(String order) {
        Leadership term = Leadership.current();
        term.requireValid();
        saved.put(order, term.fencingToken());
    }

    @Test
    void oneThingAtTheEnd() {
        controlled.grant();
        election.leadership().ifPresent(term -> term.onEnd(reason -> seen.add("paused: " + reason)));

        controlled.resign();

        assertThat(seen).containsExactly("paused: RESIGNED");
    }

    @Test
    void onceThisMemberLeads() {
        election.awaitLeadership().thenAccept(term -> migrate(term));

        Leadership term = controlled.grant();

        assertThat(seen).containsExactly("migrated by " + term.fencingToken());
    }

    @Test
    void aListener() {
        election.addListener(new LeadershipListener() {
            @Override
            public void onGranted(LeaderChanged change) {
                seen.add("start");
            }

            @Override
            public void onRevoked(LeaderChanged change) {
                seen.add("stop"); // the successor begins when this has returned
            }
        });

        controlled.grant();
        controlled.revoke();
        controlled.report("watch", "no answer");

        assertThat(seen).containsExactly("start", "stop");
    }

    private void migrate(Leadership term) {
        seen.add("migrated by " + term.fencingToken());
    }

    private void untilSaved() {
        while (saved.isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
