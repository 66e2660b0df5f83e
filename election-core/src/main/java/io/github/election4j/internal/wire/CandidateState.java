package io.github.election4j.internal.wire;

import java.util.Locale;

/** What a candidate's value says of itself. */
public enum CandidateState {
    /** Nothing: the value of a foreign member (Go, etcdctl), which leads as soon as it heads the queue. */
    UNSTATED,
    /** In the queue, not leading. */
    WAITING,
    /** Leading: every earlier leader is known to have stopped. */
    LEADING,
    /** The writer has stopped and could have led: every earlier leader has stopped too. */
    RELEASED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CandidateState of(String text) {
        return switch (text) {
            case "waiting" -> WAITING;
            case "leading" -> LEADING;
            case "released" -> RELEASED;
            default -> UNSTATED;
        };
    }
}
