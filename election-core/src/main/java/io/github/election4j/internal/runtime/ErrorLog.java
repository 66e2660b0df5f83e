package io.github.election4j.internal.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** L2: failures that are retried, said in the log ever more seldom while they last. Confined to the loop. */
final class ErrorLog {
    private static final Logger log = LoggerFactory.getLogger(ErrorLog.class);

    private final String subject;
    private final Map<String, String> present = new LinkedHashMap<>();

    ErrorLog(String subject) {
        this.subject = subject;
    }

    void failed(String operation, String message, int attempt) {
        present.remove(operation);
        present.put(operation, message);
        // The 1st, 2nd, 4th, 8th ... in a row: an outage of hours fills no disk.
        if (Integer.bitCount(attempt) == 1) {
            log.warn("{}: {} failed ({} in a row), trying again: {}", subject, operation, attempt, message);
        }
    }

    /** It succeeds again, or is not wanted any more. */
    void recovered(String operation) {
        if (present.remove(operation) != null) {
            log.info("{}: {} fails no more", subject, operation);
        }
    }

    /** The last failure of what still fails. */
    @Nullable
    String last() {
        String last = null;
        for (Map.Entry<String, String> each : present.entrySet()) {
            last = each.getKey() + ": " + each.getValue();
        }
        return last;
    }
}
