package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.spring.NotLeaderException;
import io.github.election4j.spring.autoconfigure.web.ElectionWebProperties.OnFollower;
import io.github.election4j.spring.web.ElectionHeaders;
import io.github.election4j.spring.web.LeaderAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * What is answered to a request that only the leader may answer, of servlets and of WebFlux alike. What a leader says
 * of itself is put into JSON, where it is escaped, and into a header only once it was found to be an address.
 */
final class NotLeaderAnswers {
    /** Seconds; a hand-over in order takes less. */
    static final String RETRY_AFTER = "1";

    private final OnFollower onFollower;

    NotLeaderAnswers(OnFollower onFollower) {
        this.onFollower = onFollower;
    }

    ResponseEntity<ProblemDetail> to(NotLeaderException refused, RequestedPath requested) {
        Optional<LeaderAddress> leader = refused.leaderAddress().flatMap(LeaderAddress::parse);
        boolean mayRedirect = onFollower == OnFollower.REDIRECT
                && !requested.isRedirected()
                && !(refused instanceof OtherTermException);
        Optional<URI> elsewhere = mayRedirect ? leader.flatMap(requested::at) : Optional.empty();
        return elsewhere.isPresent()
                ? ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                        .location(elsewhere.get())
                        .build()
                : unavailable(refused, leader);
    }

    ResponseEntity<ProblemDetail> to(UnusableTermException refused) {
        return ResponseEntity.status(refused.getStatusCode())
                .headers(refused.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(refused.getBody());
    }

    private static ResponseEntity<ProblemDetail> unavailable(
            NotLeaderException refused, Optional<LeaderAddress> leader) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, refused.getMessage());
        problem.setTitle("Not the leader");
        problem.setProperty("election", refused.election());
        refused.leaderId().ifPresent(id -> {
            Map<String, String> shown = new LinkedHashMap<>();
            shown.put("id", id);
            shown.put("address", refused.leaderAddress().orElse(""));
            problem.setProperty("leader", shown);
        });
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        leader.ifPresent(address -> answer.header(ElectionHeaders.LEADER, address.toString()));
        return answer.body(problem);
    }
}
