package io.github.election4j.migration.after;

import io.github.election4j.Leadership;
import io.github.election4j.spring.LeaderOnly;
import java.util.function.BiConsumer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class ReportJob {
    private final BiConsumer<String, Long> reports;

    ReportJob(BiConsumer<String, Long> reports) {
        this.reports = reports;
    }

    @Scheduled(cron = "0 * * * * *")
    @LeaderOnly
    public void report() {
        reports.accept("the report", Leadership.current().fencingToken());
    }
}
