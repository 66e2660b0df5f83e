package io.github.election4j.examples;

import io.github.election4j.Election;
import java.util.function.LongConsumer;

/** Work that only the leader does. */
class ReportJob {
    private final Election election;
    private final LongConsumer reports;

    ReportJob(Election election, LongConsumer reports) {
        this.election = election;
        this.reports = reports;
    }

    void report() {
        election.leadership().ifPresent(term -> reports.accept(term.fencingToken()));
    }
}
