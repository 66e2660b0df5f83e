package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.spring.web.ElectionHeaders;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request names a term that this member can say nothing of. What it names is not repeated to it. */
class UnusableTermException extends ErrorResponseException {
    private static final long serialVersionUID = 1L;

    private UnusableTermException(HttpStatus status, String title, String detail) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
        setTitle(title);
    }

    static UnusableTermException unreadable() {
        return new UnusableTermException(
                HttpStatus.BAD_REQUEST,
                "Unreadable term",
                "A request for a leader has both headers, " + ElectionHeaders.NAME
                        + " with the percent-encoded name of an election, and " + ElectionHeaders.TOKEN
                        + " with the fencing token of its leader, a number.");
    }

    static UnusableTermException unknownElection() {
        UnusableTermException unknown = new UnusableTermException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Not the leader",
                "This member takes no part in the election that " + ElectionHeaders.NAME + " names.");
        unknown.getHeaders().set(HttpHeaders.RETRY_AFTER, NotLeaderAnswers.RETRY_AFTER);
        return unknown;
    }
}
