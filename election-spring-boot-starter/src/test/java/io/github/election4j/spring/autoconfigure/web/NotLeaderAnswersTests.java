package io.github.election4j.spring.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.spring.NotLeaderException;
import io.github.election4j.spring.autoconfigure.web.ElectionWebProperties.OnFollower;
import io.github.election4j.spring.web.ElectionHeaders;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

class NotLeaderAnswersTests {
    private static final RequestedPath ORDERS = new RequestedPath("/orders", "", null);

    private final NotLeaderAnswers rejecting = new NotLeaderAnswers(OnFollower.REJECT);
    private final NotLeaderAnswers redirecting = new NotLeaderAnswers(OnFollower.REDIRECT);

    @Test
    void saysWhoLeads() {
        ResponseEntity<ProblemDetail> answer = rejecting.to(leads("http://host:8080"), ORDERS);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getHeaders().toSingleValueMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        HttpHeaders.RETRY_AFTER, "1",
                        ElectionHeaders.LEADER, "http://host:8080",
                        HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE));
        ProblemDetail problem = Objects.requireNonNull(answer.getBody());
        assertThat(problem.getStatus()).isEqualTo(503);
        assertThat(problem.getTitle()).isEqualTo("Not the leader");
        assertThat(problem.getDetail()).contains("default", "m1");
        assertThat(problem.getProperties())
                .isEqualTo(Map.of("election", "default", "leader", Map.of("id", "m1", "address", "http://host:8080")));
    }

    @Test
    void saysThatNobodyLeads() {
        ResponseEntity<ProblemDetail> answer = redirecting.to(new NotLeaderException("default", null), ORDERS);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getHeaders().headerNames()).doesNotContain(ElectionHeaders.LEADER);
        assertThat(Objects.requireNonNull(answer.getBody()).getProperties()).isEqualTo(Map.of("election", "default"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "javascript:alert(1)", "http://user@host", "http://host/\r\nSet-Cookie: a=b"})
    void putsNoAddressIntoAHeaderThatIsNone(String address) {
        ResponseEntity<ProblemDetail> answer = redirecting.to(leads(address), ORDERS);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getHeaders().headerNames()).doesNotContain(ElectionHeaders.LEADER, HttpHeaders.LOCATION);
    }

    @ParameterizedTest
    @CsvSource({
        "http://host:80, /orders, '', , http://host:80/orders?election-redirected=true",
        "http://host:80/, /orders/, '', '', http://host:80/orders/?election-redirected=true",
        "http://host:80, /a%2Fb/%C3%A4, '', c=%26, http://host:80/a%2Fb/%C3%A4?c=%26&election-redirected=true",
        "http://host:80, /shop/orders, /shop, , http://host:80/shop/orders?election-redirected=true",
        "http://host:80/shop, /shop/orders, /shop, , http://host:80/shop/orders?election-redirected=true",
        "https://gate/eu/shop/, /shop/orders, /shop, , https://gate/eu/shop/orders?election-redirected=true",
        "https://gate/eu, /shop/orders, /shop, , https://gate/eu/shop/orders?election-redirected=true",
        "http://host, //other/orders, '', , http://host//other/orders?election-redirected=true"
    })
    void redirectsToTheSameWithTheLeader(
            String address, String path, String contextPath, @Nullable String query, String location) {
        ResponseEntity<ProblemDetail> answer =
                redirecting.to(leads(address), new RequestedPath(path, contextPath, query));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.TEMPORARY_REDIRECT);
        assertThat(answer.getHeaders().toSingleValueMap()).isEqualTo(Map.of(HttpHeaders.LOCATION, location));
        assertThat(answer.getBody()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "election-redirected=true",
                "election-redirected",
                "a=b&election-redirected=true",
                "election-redirected=false&a=b"
            })
    void redirectsOnce(String query) {
        ResponseEntity<ProblemDetail> answer =
                redirecting.to(leads("http://host"), new RequestedPath("/orders", "", query));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

    @Test
    void redirectsNothingThatIsNoUri() {
        assertThat(redirecting
                        .to(leads("http://host"), new RequestedPath("/orders", "", "a=b|c"))
                        .getStatusCode())
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** It would go to the same member. */
    @Test
    void redirectsNothingThatMeansAnotherTermOfThisMember() {
        OtherTermException other = new OtherTermException("default", candidate("http://host"), 6);

        ResponseEntity<ProblemDetail> answer = redirecting.to(other, ORDERS);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(Objects.requireNonNull(answer.getBody()).getDetail()).contains("fencing token 6");
    }

    private static NotLeaderException leads(String address) {
        return new NotLeaderException("default", candidate(address));
    }

    private static Candidate candidate(String address) {
        return new Candidate("m1", address, "/e/7", 7);
    }
}
