package io.github.election4j.sample;

import io.github.election4j.Leadership;
import io.github.election4j.spring.LeaderChangedEvent;
import io.github.election4j.spring.LeaderOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Runs on every copy, works on the leader only. */
@Component
class ReportJob {
    private static final Logger log = LoggerFactory.getLogger(ReportJob.class);

    private final ReportStore reports;

    ReportJob(ReportStore reports) {
        this.reports = reports;
    }

    @LeaderOnly
    @Scheduled(fixedRate = 1_000)
    void report() {
        Leadership term = Leadership.current();
        reports.write(term.fencingToken(), term.leader().id());
    }

    @EventListener(LeaderChangedEvent.class)
    void leaderChanged(LeaderChangedEvent event) {
        log.info("{}: {} leads now ({})", event.getState(), event.getLeader(), event.getReason());
    }
}
