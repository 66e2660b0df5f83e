package io.github.election4j.migration.during;

import io.github.election4j.Election;
import java.time.Duration;
import java.time.Instant;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockingTaskExecutor;

final class LockedReport {
    private final Election election;
    private final LockingTaskExecutor locks;

    LockedReport(Election election, LockingTaskExecutor locks) {
        this.election = election;
        this.locks = locks;
    }

    void report(Runnable write) {
        if (election.isLeader()) { // first, or followers would take the lock and do nothing
            locks.executeWithLock(
                    write,
                    new LockConfiguration(Instant.now(), "report", Duration.ofMinutes(10), Duration.ofSeconds(30)));
        }
    }
}
