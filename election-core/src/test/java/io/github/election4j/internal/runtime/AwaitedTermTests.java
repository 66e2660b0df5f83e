package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AwaitedTermTests {
    private final Bench bench = new Bench();
    private final Election election = bench.lead("a").get(0);

    @Test
    void isThereWhileThisMemberLeads() {
        assertThat(election.awaitLeadership())
                .isCompletedWithValue(election.leadership().orElseThrow());
    }

    @Test
    void comesOnceThisMemberLeads() {
        election.evict();
        bench.settle();
        CompletableFuture<Leadership> awaited = election.awaitLeadership();
        CompletableFuture<Leadership> canceled = election.awaitLeadership();
        bench.settle();
        assertThat(awaited).isNotDone();
        canceled.cancel(true);

        election.cancelEvict();
        bench.settle();

        Leadership term = election.leadership().orElseThrow();
        assertThat(awaited).isCompletedWithValue(term);
        assertThat(canceled).isCancelled();
        bench.observed().clear();
        election.resign();
        bench.settle();
        assertThat(bench.observed()).as("nobody listens any more").noneMatch(each -> each.startsWith("listener"));
    }

    @Test
    void neverComesOnceTheElectionIsClosed() {
        election.evict();
        bench.settle();
        CompletableFuture<Leadership> awaited = election.awaitLeadership();

        election.closeAsync();
        bench.settle();

        assertThat(awaited.handle((term, failure) -> failure))
                .isCompletedWithValueMatching(failure -> failure instanceof ElectionException closed
                        && closed.kind() == ElectionException.Kind.CLOSED
                        && "Election 'a' is closed".equals(closed.getMessage()));
    }
}
