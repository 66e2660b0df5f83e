package io.github.election4j.examples;

// tag::unit[]
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.embedded.testing.ControllableElection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportJobTests {
    private final ControllableElection election = new ControllableElection();
    private final List<Long> reports = new ArrayList<>();
    private final ReportJob job = new ReportJob(election, reports::add);

    @Test
    void reportsOnlyWhileThisMemberLeads() {
        job.report();
        assertThat(reports).isEmpty();

        long token = election.grant().fencingToken();
        job.report();
        assertThat(reports).containsExactly(token);

        election.revoke(); // Listeners have heard of it when this returns.
        job.report();
        assertThat(reports).containsExactly(token);
    }
}
// end::unit[]
