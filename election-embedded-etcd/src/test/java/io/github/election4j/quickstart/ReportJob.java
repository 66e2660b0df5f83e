package io.github.election4j.quickstart;

import io.github.election4j.Leadership;
import io.github.election4j.spring.LeaderChangedEvent;
import io.github.election4j.spring.LeaderOnly;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class ReportJob {
    private static final Logger log = LoggerFactory.getLogger(ReportJob.class);
    private static final String WRITE = "UPDATE report SET body = ?, token = ? WHERE id = 1 AND token <= ?";

    private final JdbcTemplate jdbc;

    ReportJob(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @LeaderOnly
    @Scheduled(fixedRate = 60_000)
    void report() {
        long token = Leadership.current().fencingToken();
        jdbc.update(WRITE, "as of " + Instant.now(), token, token);
    }

    @EventListener(LeaderChangedEvent.class)
    void leaderChanged(LeaderChangedEvent event) {
        log.info("{}: {} leads now ({})", event.getState(), event.getLeader(), event.getReason());
    }
}
