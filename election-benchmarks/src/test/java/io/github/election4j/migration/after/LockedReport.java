package io.github.election4j.migration.after;

import io.github.election4j.Election;

final class LockedReport {
    private final Election election;

    LockedReport(Election election) {
        this.election = election;
    }

    void report(Runnable write) {
        if (election.isLeader()) {
            write.run();
        }
    }
}
