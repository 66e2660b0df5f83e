package io.github.election4j.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What the job changes. It remembers the highest token it has seen and refuses an older one, so a leader that was
 * paused between the check and the write changes nothing. A table does the same by {@code UPDATE report SET ..., token
 * = ? WHERE id = ? AND token <= ?}.
 */
@Component
class ReportStore {
    private static final Logger log = LoggerFactory.getLogger(ReportStore.class);

    private long highestToken;
    private long reports;

    /** Writes a report, unless somebody with a later term has written; returns whether it was written. */
    synchronized boolean write(long token, String author) {
        if (token < highestToken) {
            log.warn("Refused a report of term {}: term {} has begun", token, highestToken);
            return false;
        }
        highestToken = token;
        reports++;
        log.info("Report {} by {} in term {}", reports, author, token);
        return true;
    }
}
