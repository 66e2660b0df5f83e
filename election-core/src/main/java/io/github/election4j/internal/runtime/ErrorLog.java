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
    private final Map<String, Failure> present = new LinkedHashMap<>();

    ErrorLog(String subject) {
        this.subject = subject;
    }

    private record Failure(String message, boolean logged) {}

    /** The 1st, 2nd, 4th, 8th ... in a row: an outage of hours fills no disk, and floods no listener. */
    static boolean isWorthTelling(int attempt) {
        return Integer.bitCount(attempt) == 1;
    }

    void failed(String operation, String message, int attempt) {
        put(operation, new Failure(message, true));
        if (isWorthTelling(attempt)) {
            log.warn("{}: {} failed ({} in a row), trying again: {}", subject, operation, attempt, message);
        }
    }

    /** It failed, which somebody else has said in the log. */
    void noted(String operation, String message) {
        put(operation, new Failure(message, false));
    }

    /** It succeeds again, or is not wanted any more. */
    void recovered(String operation) {
        Failure last = present.remove(operation);
        if (last != null && last.logged()) {
            log.info("{}: {} fails no more", subject, operation);
        }
    }

    /** The last failure of what still fails. */
    @Nullable
    String last() {
        String last = null;
        for (Map.Entry<String, Failure> each : present.entrySet()) {
            last = each.getKey() + ": " + each.getValue().message();
        }
        return last;
    }

    private void put(String operation, Failure failure) {
        present.remove(operation);
        present.put(operation, failure);
    }
}
