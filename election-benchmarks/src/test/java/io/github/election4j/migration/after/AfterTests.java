package io.github.election4j.migration.after;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.LeaderWork;
import io.github.election4j.embedded.testing.ControllableElection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What docs/migrating.md ends with works. */
class AfterTests {
    private final ControllableElection election = new ControllableElection();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void theLatchOpensReportsAndCloses() {
        LatchedReports reports = new LatchedReports(election, () -> seen.add("open"), () -> seen.add("close"));
        reports.report(token -> seen.add("too early"));

        long token = election.grant().fencingToken();
        reports.report(each -> seen.add("report " + each));
        reports.close();
        reports.report(each -> seen.add("too late"));

        assertThat(seen).containsExactly("open", "report " + token, "close");
    }

    @Test
    void theSelectorWorksInEachTerm() throws Exception {
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        LeaderWork work = new OrderWork(orders, seen::add).start(election);

        for (String order : List.of("first", "second")) {
            election.grant();
            orders.put(order);
            await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains(order));
            election.revoke();
            assertThat(work.isRunning()).isFalse();
        }

        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void theJobRunsOnTheLeader() {
        LockedReport job = new LockedReport(election);
        job.report(() -> seen.add("too early"));

        election.grant();
        job.report(() -> seen.add("report"));

        assertThat(seen).containsExactly("report");
    }
}
