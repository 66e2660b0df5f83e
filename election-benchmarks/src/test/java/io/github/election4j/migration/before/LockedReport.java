package io.github.election4j.migration.before;

import java.time.Duration;
import java.time.Instant;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockingTaskExecutor;

final class LockedReport {
    private final LockingTaskExecutor locks;

    LockedReport(LockingTaskExecutor locks) {
        this.locks = locks;
    }

    void report(Runnable write) {
        locks.executeWithLock(
                write, new LockConfiguration(Instant.now(), "report", Duration.ofMinutes(10), Duration.ofSeconds(30)));
    }
}
