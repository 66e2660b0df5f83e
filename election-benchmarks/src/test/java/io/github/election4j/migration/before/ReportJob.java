package io.github.election4j.migration.before;

import java.util.function.Consumer;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class ReportJob {
    private final Consumer<String> reports;

    ReportJob(Consumer<String> reports) {
        this.reports = reports;
    }

    @Scheduled(cron = "0 * * * * *")
    @SchedulerLock(name = "report", lockAtMostFor = "10m", lockAtLeastFor = "30s")
    public void report() {
        reports.accept("the report");
    }
}
