package io.github.election4j.sample;

import io.github.election4j.Election;
import io.github.election4j.spring.LeaderChangedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Runs on every copy, works on the leader only. */
@Component
class ReportJob {
    private static final Logger log = LoggerFactory.getLogger(ReportJob.class);

    private final Election election;
    private final ReportStore reports;

    ReportJob(Election election, ReportStore reports) {
        this.election = election;
        this.reports = reports;
    }

    @Scheduled(fixedRate = 1_000)
    void report() {
        election.leadership().ifPresent(term -> reports.write(term.fencingToken(), election.id()));
    }

    @EventListener(LeaderChangedEvent.class)
    void leaderChanged(LeaderChangedEvent event) {
        log.info("{}: {} leads now ({})", event.getState(), event.getLeader(), event.getReason());
    }
}
